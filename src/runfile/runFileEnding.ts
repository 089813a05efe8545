/** How names of run files end. */
export const runFileEnding = '.rtbench.json';
