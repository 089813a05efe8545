import type { ReceivedMessage } from '../trace/sessionTrace.ts';

export interface RawFrame {
  raw: string;
  /** Traces leave out frames that their events say all of. */
  isRebuilt: boolean;
}

/** A received message as it came, else as JSON of its events. */
export function rawFrame({ raw, events }: ReceivedMessage): RawFrame {
  if (raw !== null) return { raw, isRebuilt: false };
  const [event] = events;
  return { raw: JSON.stringify(events.length === 1 ? event : events), isRebuilt: true };
}
