/** Of the documents that show a session's text. package.json names it in `when` clauses. */
export const transcriptScheme = 'rtbench-session';
