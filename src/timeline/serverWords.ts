import type { ReceivedMessage } from '../trace/sessionTrace.ts';
import type { TimedWord } from '../trace/transcriptEvent.ts';

/** The words a server gave times for: of each unit its last report, units as they first appeared. */
export function serverWords(received: readonly ReceivedMessage[]): TimedWord[] {
  const wordsOfUnit = new Map<string, TimedWord[]>();
  for (const { events } of received) {
    for (const event of events) {
      if (event.type === 'words') wordsOfUnit.set(event.unit, event.words);
      else if (event.type === 'text' || event.type === 'final') {
        if (!wordsOfUnit.has(event.unit)) wordsOfUnit.set(event.unit, []);
      }
    }
  }
  return [...wordsOfUnit.values()].flat();
}
