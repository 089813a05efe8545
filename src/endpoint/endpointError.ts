import { BenchError } from '../common/benchError.ts';

export const endpointErrorReasons = [
  'options_invalid',
  'model_missing',
  'model_damaged',
  'model_load_failed',
  'runtime_missing',
  'listen_failed',
  'start_failed',
  'start_timeout',
  'cancelled',
  'recogniser_failed',
] as const;

export type EndpointErrorReason = (typeof endpointErrorReasons)[number];

/** The embedded endpoint cannot start or go on. */
export class EndpointError extends BenchError<EndpointErrorReason> {}
