import { BenchError } from '../common/benchError.ts';

/** How a connection can fail; each is also a session's failure reason. */
export type TransportReason =
  | 'dns'
  | 'tls'
  | 'refused'
  | 'unreachable'
  | 'proxy_failed'
  | 'connect_timeout'
  | 'upgrade_refused'
  | 'invalid_message'
  | 'server_error'
  | 'closed_early'
  | 'request_invalid';

/** A connection that could not be opened or broke. */
export class TransportError extends BenchError<TransportReason> {
  /** System error name or HTTP status, where there is one. */
  readonly code: string | null;

  constructor(
    reason: TransportReason,
    code: string | null,
    message: string,
    options?: ErrorOptions,
  ) {
    super(reason, message, options);
    this.code = code;
  }
}
