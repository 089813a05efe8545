import type { SessionTrace } from '../trace/sessionTrace.ts';
import type { DeltaRow } from './runView.ts';

/** Every text that a session received, with when it came and how long after the text before. */
export function deltaRows({ chunks, connection, received }: SessionTrace): DeltaRow[] {
  const zeroUs = chunks.at(0)?.sentUs ?? connection.startUs;
  const rows: DeltaRow[] = [];
  let textUs: number | null = null;
  for (const [message, { atUs, events }] of received.entries()) {
    for (const event of events) {
      if (event.type !== 'text' && event.type !== 'final') continue;
      const blank = event.text.trim() === '';
      rows.push({
        atMs: (atUs - zeroUs) / 1000,
        gapMs: blank || textUs === null ? null : (atUs - textUs) / 1000,
        kind: event.type === 'final' ? 'final' : event.mode,
        text: event.text,
        blank,
        message,
      });
      if (!blank) textUs = atUs;
    }
  }
  return rows;
}
