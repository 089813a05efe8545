import { BenchError, errorText } from '../common/benchError.ts';

/** Why a task of the measuring process came to nothing, or broke off. */
export class RunnerError extends BenchError {
  /** The run file with what finished before; null where there is none. */
  readonly file: string | null;
  /** The journal that holds what finished before; null where there is none. */
  readonly journal: string | null;

  constructor(
    reason: string,
    message: string,
    { file = null, journal = null }: Partial<Pick<RunnerError, 'file' | 'journal'>> = {},
  ) {
    super(reason, message);
    this.file = file;
    this.journal = journal;
  }
}

/** Why a run left no run file; null where it left one. */
export function unsavedBecause(error: unknown): string | null {
  return error instanceof RunnerError && error.file !== null ? null : errorText(error);
}
