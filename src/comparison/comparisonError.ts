import { BenchError } from '../common/benchError.ts';

export type ComparisonErrorReason =
  'too_few_runs' | 'endpoint_unknown' | 'endpoint_ambiguous' | 'metric_unknown' | 'option_invalid';

/** Runs, or options, that cannot be compared as asked. */
export class ComparisonError extends BenchError<ComparisonErrorReason> {}
