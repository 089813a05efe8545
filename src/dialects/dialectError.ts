import { BenchError } from '../common/benchError.ts';

/** An incoming frame that is not of the expected protocol. */
export class DialectError extends BenchError<'invalid_message'> {
  constructor(message: string, options?: ErrorOptions) {
    super('invalid_message', message, options);
  }
}
