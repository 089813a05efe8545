/** A dataset of a plan that stands for the speech that comes with RTBench. */
export const bundledDataset = 'bundled';
