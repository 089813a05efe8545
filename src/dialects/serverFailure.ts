import type { TranscriptEvent } from '../trace/transcriptEvent.ts';
import type { ConnectionEnd } from './dialect.ts';

export const serverFailureCode = 1011;

/**
 * What went wrong in a protocol that has no message for errors: its servers close with 1011 when
 * they fail. Empty for other ends.
 */
export function serverFailure({ code, reason }: ConnectionEnd): TranscriptEvent[] {
  if (code !== serverFailureCode) return [];
  const message = reason === '' ? 'it failed and closed the connection' : reason;
  return [{ type: 'error', code: String(code), message, fatal: true }];
}
