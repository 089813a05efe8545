import { elapsedOnAxisMs } from '../../../src/timeline/axis.ts';
import { deltaGapMs } from '../../../src/timeline/deltaGap.ts';
import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { deltaKinds } from '../../../src/timeline/timelineSession.ts';
import { clockTime, duration } from '../../../src/timeline/formatTime.ts';
import type { Hit } from './hitTest.ts';
import { isLateChunk } from './lateChunk.ts';
import { laneColumns } from './laneColumns.ts';

/** Texts from servers are cut here, so that the tooltip stays one. */
const longestText = 120;

const kindWords: Record<(typeof deltaKinds)[number], string> = {
  append: 'Delta',
  replace: 'Delta that replaces text',
  final: 'Final',
  late: 'Late delta',
};

/** Exact numbers of a thing under the pointer, line by line. */
export function tooltipText(session: TimelineSession, hit: NonNullable<Hit>): string[] {
  const { place } = hit;
  switch (hit.kind) {
    case 'delta':
      return deltaLines(session, place);
    case 'word':
      return wordLines(session, place);
    case 'reference': {
      const { text, startMs, endMs, operation } = session.referenceWords![place]!;
      const how = operation && operation !== 'equal' ? [`Reference: ${operation}`] : [];
      return [quoted(text), `Spoken ${clockTime(startMs)} to ${clockTime(endMs)}`, ...how];
    }
    case 'event': {
      const { label, atMs, audioMs } = session.events[place]!;
      const about = audioMs === null ? [] : [`About the audio at ${clockTime(audioMs)}`];
      return [cut(label), `At ${clockTime(atMs)}`, ...about];
    }
    case 'chunk':
      return chunkLines(session, place);
    case 'lag': {
      const { text, endMs, arrivalMs } = session.lags[place]!;
      const spoken = `Spoken until ${clockTime(endMs)}, arrived ${clockTime(arrivalMs)}`;
      return [quoted(text), spoken, `Lag ${duration(elapsedOnAxisMs(session, endMs, arrivalMs))}`];
    }
  }
}

function deltaLines(session: TimelineSession, place: number): string[] {
  const { atMs, kinds, texts, bytes, audioSentMs } = session.deltas;
  const { removed } = laneColumns(session).deltas;
  const kind = kindWords[deltaKinds[kinds[place]!] ?? 'append'];
  const gapMs = deltaGapMs(session, place);
  const gap = gapMs === null ? '' : `, ${duration(gapMs)} after the text before`;
  return [
    `${kind} ${place + 1} of ${atMs.length}`,
    ...(removed.has(place) ? [`Removed ${quoted(removed.get(place)!)}`] : []),
    texts[place] ? quoted(texts[place]) : 'No new text',
    `Arrived ${clockTime(atMs[place]!)}${gap}`,
    `${bytes[place]!} bytes, ${duration(audioSentMs[place]!)} of audio sent`,
  ];
}

function wordLines({ words }: TimelineSession, place: number): string[] {
  const { text, startMs, endMs, source, firstMs, stableMs, revisions, operation } = words[place]!;
  const spoken =
    startMs === null ? [] : [`Spoken ${clockTime(startMs)} to ${clockTime(endMs ?? startMs)}`];
  return [
    quoted(text) + (operation && operation !== 'equal' ? ` (${operation})` : ''),
    ...spoken,
    ...(source ? [source === 'server' ? 'Times by the server' : 'Times by the reference'] : []),
    `First shown ${clockTime(firstMs)}, unchanged since ${clockTime(stableMs)}`,
    ...(revisions > 0 ? [`Replaced ${revisions} ${revisions === 1 ? 'time' : 'times'}`] : []),
  ];
}

function chunkLines(session: TimelineSession, place: number): string[] {
  const { sentMs, dueMs, startMs, endMs, queuedBytes } = session.chunks;
  const late = duration(elapsedOnAxisMs(session, dueMs[place]!, sentMs[place]!));
  return [
    `Chunk ${place + 1} of ${sentMs.length}`,
    `Audio ${clockTime(startMs[place]!)} to ${clockTime(endMs[place]!)}`,
    `Sent ${clockTime(sentMs[place]!)}${isLateChunk(session, place) ? `, ${late} late` : ''}`,
    `${queuedBytes[place]!} bytes in the socket's queue`,
  ];
}

function quoted(text: string): string {
  return `“${cut(text.trim())}”`;
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
