/** How a caller follows and ends a long computation. */
export interface StatisticsControl {
  /** Asked now and then; true ends the computation with `StatisticsStopped`. */
  shouldStop?: () => boolean;
  /** Told now and then which share of the work is done, 0..1. */
  onProgress?: (share: number) => void;
}

/** Thrown when `shouldStop` said so. */
export class StatisticsStopped extends Error {
  override readonly name = 'StatisticsStopped';

  constructor() {
    super('The statistics were stopped before they were finished.');
  }
}

/** Steps between two questions: some ten milliseconds for 10,000 items. */
const stepsBetween = 128;

/** Reports progress and ends the computation if it should stop; call it with every step's number. */
export function throwIfStopped(control: StatisticsControl, share: number, step: number): void {
  if (step % stepsBetween !== 0) return;
  if (control.shouldStop?.() === true) throw new StatisticsStopped();
  control.onProgress?.(share);
}
