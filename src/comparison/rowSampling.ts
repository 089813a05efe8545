/** How often a row's utterances are resampled. */
export interface Sampling {
  /** Resamples of each interval. */
  replicates: number;
  /** Sign patterns of a permutation test that does not go through all. */
  draws: number;
}

export interface RowSampling {
  primary: Sampling;
  exploratory: Sampling;
}

const most = 10_000;

/**
 * 10,000 resamples; fewer of many utterances, so that 10,000 of them take seconds. Primary rows
 * keep at least 1,000 resamples and 2,000 draws, so that p reaches 0.0005.
 */
export function rowSampling(items: number): RowSampling {
  const affordable = (values: number, least: number) =>
    Math.min(most, Math.max(least, Math.floor(values / Math.max(1, items))));
  return {
    primary: { replicates: affordable(1e7, 1000), draws: affordable(4e7, 2000) },
    exploratory: { replicates: affordable(5e6, 500), draws: affordable(1e7, 1000) },
  };
}
