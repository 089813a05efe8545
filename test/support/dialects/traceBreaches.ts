import * as z from 'zod';
import type { ReceivedMessage, SessionTrace } from '../../../src/trace/sessionTrace.ts';
import type { TranscriptEvent } from '../../../src/trace/transcriptEvent.ts';
import { segmentBreaches } from './segmentBreaches.ts';

/** What a session lacks that ended before its text was complete. */
export const noTerminalEvent = 'no terminal event';

/**
 * What a server did that none should do, by the trace of a session with it, in words: whoever
 * writes a scripted server wants none of it, unless it is what the test is about.
 */
export function traceBreaches(trace: SessionTrace): string[] {
  const events = trace.received.flatMap((message) => message.events);
  return [
    ...new Set([
      ...eventBreaches(events),
      ...unfinished(events),
      ...(events.some(({ type }) => type === 'done') ? [] : [noTerminalEvent]),
      ...indexBreaches(trace.received),
      ...segmentBreaches(trace.received),
    ]),
  ];
}

function eventBreaches(events: readonly TranscriptEvent[]): string[] {
  const finals = new Set<string>();
  let isDone = false;
  return events.flatMap((event) => {
    const breaches: string[] = [];
    if (event.type === 'text' || event.type === 'final') {
      if (isDone) breaches.push('text after the terminal event');
      const what = event.type === 'text' ? 'text after the final of' : 'two finals of';
      if (finals.has(event.unit)) breaches.push(`${what} "${event.unit}"`);
    }
    if (event.type === 'done' && isDone) breaches.push('two terminal events');
    if (event.type === 'final') finals.add(event.unit);
    isDone ||= event.type === 'done';
    return breaches;
  });
}

/** Text that never became final. After an error that may be so. */
function unfinished(events: readonly TranscriptEvent[]): string[] {
  const endAt = events.findIndex(({ type }) => type === 'done');
  if (endAt < 0 || events.some(({ type }) => type === 'error')) return [];
  const shown = new Map<string, boolean>();
  const finals = new Set<string>();
  for (const event of events.slice(0, endAt)) {
    if (event.type === 'final') finals.add(event.unit);
    if (event.type !== 'text') continue;
    const had = event.mode === 'append' && shown.get(event.unit) === true;
    shown.set(event.unit, had || event.text.trim() !== '');
  }
  const open = [...shown].filter(([unit, hasText]) => hasText && !finals.has(unit));
  return open.map(([unit]) => `no final of "${unit}"`);
}

const indexed = z.looseObject({
  event_index: z.number().optional(),
  seq: z.number().optional(),
  sequence_id: z.number().optional(),
});

/** Messages that some protocols number do not come in the order of their numbers. */
function indexBreaches(received: readonly ReceivedMessage[]): string[] {
  let last = -Infinity;
  return received.flatMap(({ raw }) => {
    const index = indexIn(raw);
    if (index === null) return [];
    const breaches = index > last ? [] : [`the index ${index} after ${last}`];
    last = index;
    return breaches;
  });
}

function indexIn(raw: string | null): number | null {
  try {
    const { event_index, seq, sequence_id } = indexed.parse(JSON.parse(raw ?? ''));
    return event_index ?? seq ?? sequence_id ?? null;
  } catch {
    return null;
  }
}
