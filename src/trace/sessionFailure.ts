import type { Micros } from './sessionTrace.ts';

/** The classes in which failures are counted; docs/dialects.md. */
export type FailureClass =
  | 'connect'
  | 'handshake'
  | 'protocol'
  | 'server_error'
  | 'timeout'
  | 'closed'
  | 'client_invalid'
  | 'cancelled';

const classOfReason = {
  dns: 'connect',
  tls: 'connect',
  refused: 'connect',
  unreachable: 'connect',
  proxy_failed: 'connect',
  connect_timeout: 'timeout',
  upgrade_refused: 'handshake',
  ready_timeout: 'timeout',
  idle_timeout: 'timeout',
  final_timeout: 'timeout',
  invalid_message: 'protocol',
  server_error: 'server_error',
  closed_early: 'closed',
  audio_unusable: 'client_invalid',
  request_invalid: 'client_invalid',
  cancelled: 'cancelled',
  process_ended: 'cancelled',
} as const satisfies Record<string, FailureClass>;

export type FailureReason = keyof typeof classOfReason;

/** Every reason a session can fail for. */
export const failureReasons = Object.keys(classOfReason) as [FailureReason, ...FailureReason[]];

/** Why a session ended before its text was complete. */
export interface SessionFailure {
  atUs: Micros;
  reason: FailureReason;
  /** The server's own code, HTTP status or system error name, where there is one. */
  code: string | null;
  /** Names the thing that went wrong and the remedy; safe to show and save. */
  message: string;
}

/** The class under which a failure is counted. */
export function failureClass(reason: FailureReason): FailureClass {
  return classOfReason[reason];
}
