import { BenchError } from '../../common/benchError.ts';

/** Why a task of the measuring process came to nothing, or broke off. */
export class RunnerError extends BenchError {
  /** The run file with what finished before; null where there is none. */
  readonly file: string | null;

  constructor(reason: string, message: string, file: string | null = null) {
    super(reason, message);
    this.file = file;
  }
}
