/** How the name of a plan file ends. */
export const planFileEnding = '.rtplan.json';
