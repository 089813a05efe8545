/** What the commands of the palette and the keybindings do on the compare editor's page. */
export const compareActions = ['nextDifference', 'previousDifference', 'swapSides'] as const;

export type CompareAction = (typeof compareActions)[number];
