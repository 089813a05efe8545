/**
 * What an incoming message means, in one vocabulary for every wire protocol.
 * A unit is whatever the protocol names a stretch of text by (item, segment, turn);
 * protocols with one text per connection use {@link soleUnit}.
 */
export type TranscriptEvent =
  | { type: 'ready' }
  /** The unit's place is behind those that came before it, whenever its text comes. */
  | { type: 'unit'; unit: string }
  | { type: 'text'; mode: 'append' | 'replace'; unit: string; text: string; tokens?: number }
  | { type: 'final'; unit: string; text: string }
  | { type: 'words'; unit: string; words: TimedWord[] }
  | {
      type: 'usage';
      outputTokens: number | null;
      inputTokens: number | null;
      /** How much audio the server counted. */
      audioMs?: number;
    }
  | { type: 'speech'; state: 'started' | 'stopped'; audioMs: number | null }
  | { type: 'error'; code: string | null; message: string; fatal: boolean }
  /** No more text will come for this session. */
  | { type: 'done' }
  | { type: 'other'; name: string };

/** A word and the stretch of audio it was spoken in, in milliseconds from the first sample. */
export interface TimedWord {
  text: string;
  startMs: number;
  endMs: number;
}

export const soleUnit = '';
