/** Begins every line that the suite prints, to tell it from what the workbench logs. */
export const testLineMark = '| ';
