/** As package.json names it. */
export const timelineViewType = 'rtbench.timeline';
