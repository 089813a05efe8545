import { metricRegistry } from '../metrics/registry/metricRegistry.ts';
import { isCompleted } from '../metrics/sessionStatus.ts';
import { sessionTimeline } from '../metrics/sessionTimeline.ts';
import { elapsedOnAxisMs } from '../timeline/axis.ts';
import type { Scoring, TimelineInput } from '../timeline/buildTimelineSession.ts';
import { sessionWords, type SessionWords } from '../timeline/sessionWords.ts';
import { countUpTo, countWhile } from '../timeline/sortedNumbers.ts';
import { deltaKinds, type TimelineSession } from '../timeline/timelineSession.ts';
import { axisPlaces } from './axisPlaces.ts';
import { missingWords, saidInstead } from './missingWords.ts';
import type { Transcript, TranscriptDelta, TranscriptWord } from './transcript.ts';
import { transcriptLines } from './transcriptLines.ts';
import { writtenPieces, type WrittenPiece } from './writtenPieces.ts';

const final = deltaKinds.indexOf('final');

type TranscriptInput = Pick<TimelineInput, 'trace' | 'utterance' | 'scoring'>;

/**
 * A finished session as a document.
 *
 * @param session what the timeline shows of it: the source of all times and figures
 */
export function buildTranscript(
  session: TimelineSession,
  { trace, utterance, scoring = null }: TranscriptInput,
): Transcript {
  const timeline = sessionTimeline(trace, utterance);
  const { text, unitStarts } = timeline.replay;
  const { status } = session;
  const mayBeCompared = status !== 'live' && isCompleted(status);
  const compared = sessionWords(timeline, mayBeCompared, scoring?.unitsOf ?? null);
  const pieces = writtenPieces(session.deltas);
  const words = transcriptWords(session, compared, pieces);
  const { endpoint, repeat, failure, noLags, clockNote } = session;
  return {
    endpoint,
    utterance: session.utterance,
    repeat,
    status,
    failure,
    figures: firstFigures(session, scoring),
    noLags: session.speed === null ? (noLags ?? clockNote) : noLags,
    clockNote,
    lines: transcriptLines(text, unitStarts, words),
    words,
    deltas: transcriptDeltas(session, text, pieces),
    missing: missingWords(compared),
    isCompared: compared.comparison !== null,
  };
}

/** How wrong, how late, and how soon. */
function firstFigures(
  { figures }: TimelineSession,
  scoring: Scoring | null,
): TimelineSession['figures'] {
  const { ttft, wel } = metricRegistry;
  const labels = [
    ...(scoring ? [metricRegistry[scoring.rate].short] : []),
    `${wel.short} p50`,
    ttft.short,
  ];
  return labels.flatMap((wanted) => figures.filter(({ label }) => label === wanted));
}

function transcriptWords(
  session: TimelineSession,
  compared: SessionWords,
  pieces: readonly WrittenPiece[],
): TranscriptWord[] {
  const { words, deltas } = session;
  const said = saidInstead(compared);
  const places = axisPlaces(words);
  return words.map((word, at): TranscriptWord => {
    const { startChars, endChars } = compared.shown[at]!;
    const firstDelta = deltaAt(deltas.atMs, word.firstMs);
    const stableDelta = deltaAt(deltas.atMs, word.stableMs);
    const makers = [firstDelta, stableDelta, ...writersOf(pieces, startChars, endChars)];
    return {
      ...word,
      startChars,
      endChars,
      atMs: places[at]!,
      said: said[at]!,
      lagMs: lagOf(session, word.endMs, word.firstMs),
      firstDelta,
      deltas: [...new Set(makers)].sort((a, b) => a - b),
    };
  });
}

/** Null where arrivals do not relate to the audio. */
function lagOf(session: TimelineSession, endMs: number | null, firstMs: number): number | null {
  return endMs === null || session.speed === null ? null : elapsedOnAxisMs(session, endMs, firstMs);
}

function deltaAt(atMs: Float64Array, ms: number): number {
  return Math.max(0, countUpTo(atMs, ms) - 1);
}

function writersOf(pieces: readonly WrittenPiece[], start: number, end: number): number[] {
  const from = countWhile(pieces, ({ endChars }) => endChars <= start);
  const to = countWhile(pieces, ({ startChars }) => startChars < end);
  return pieces.slice(from, to).map(({ delta }) => delta);
}

function transcriptDeltas(
  session: TimelineSession,
  text: string,
  pieces: readonly WrittenPiece[],
): TranscriptDelta[] {
  const { deltas } = session;
  const wrote = new Map<number, number>();
  for (const { delta, startChars, endChars } of pieces) {
    const piece = text.slice(startChars, endChars);
    const blankChars = piece.length - piece.trimStart().length;
    if (blankChars < piece.length) wrote.set(delta, startChars + blankChars);
  }
  let textAtMs: number | null = null;
  return Array.from(deltas.messages, (message, at): TranscriptDelta => {
    const atMs = deltas.atMs[at]!;
    const writes = deltas.hasText[at] === 1 || wrote.has(at);
    const gapMs = writes && textAtMs !== null ? elapsedOnAxisMs(session, textAtMs, atMs) : null;
    if (writes) textAtMs = atMs;
    const isFinal = deltas.kinds[at] === final;
    return { atMs, gapMs, message, isFinal, wroteFrom: wrote.get(at) ?? null };
  });
}
