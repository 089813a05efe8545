import { BenchError } from '../../common/benchError.ts';

/** `code` values of vLLM's realtime protocol. */
export type ProtocolErrorCode =
  | 'invalid_json'
  | 'unknown_event'
  | 'invalid_event'
  | 'model_not_found'
  | 'model_not_validated'
  | 'invalid_audio'
  | 'processing_error';

/** A client's message that is answered with an `error` event; the connection goes on. */
export class ProtocolError extends BenchError<ProtocolErrorCode> {}
