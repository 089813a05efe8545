import {
  deltaKinds,
  type ReferenceWord,
  type TimelineDeltas,
  type TimelineSession,
} from '../../../src/timeline/timelineSession.ts';

export const appendKind = deltaKinds.indexOf('append');
export const replaceKind = deltaKinds.indexOf('replace');
export const finalKind = deltaKinds.indexOf('final');
export const lateKind = deltaKinds.indexOf('late');

/** What drawing and hit testing need of a lane's deltas beyond what came. */
export interface DeltaColumns {
  /** 1 where the message changed nothing and is no final. */
  isBlank: Uint8Array;
  /** Arrival of the next one that is not blank: boxes end there at the latest. */
  nextMs: Float64Array;
  /** Text that was taken away, by place, where some was. */
  removed: ReadonlyMap<number, string>;
}

/** Stretches sorted by start, for words and other things with a start and an end. */
export interface StretchColumns {
  /** Places in the list they come from. */
  places: Uint32Array;
  startMs: Float64Array;
  endMs: Float64Array;
  /** No stretch is longer: how far before a view one can start and still reach into it. */
  longestMs: number;
}

/** Values over time, in its order. */
export interface ValueColumns {
  atMs: Float64Array;
  values: Float64Array;
  least: number;
  most: number;
}

export interface LaneColumns {
  deltas: DeltaColumns;
  words: StretchColumns;
  /** Each text's wait for it since the one before, ms, at its arrival. */
  gaps: ValueColumns;
  /** Each word's lag behind its end in the audio, ms, at its arrival. */
  lags: ValueColumns;
  eventMs: Float64Array;
}

const columnsOfSessions = new WeakMap<TimelineSession, LaneColumns>();
const columnsOfReferences = new WeakMap<readonly ReferenceWord[], StretchColumns>();

/** Computed once per session as it came: sessions are never changed. */
export function laneColumns(session: TimelineSession): LaneColumns {
  const known = columnsOfSessions.get(session);
  if (known) return known;
  const deltas = deltaColumns(session.deltas);
  const made = {
    deltas,
    words: stretchColumns(session.words),
    gaps: gapColumns(session.deltas),
    lags: valueColumns(
      session.lags.map(({ arrivalMs }) => arrivalMs),
      session.lags.map(({ arrivalMs, endMs }) => arrivalMs - endMs),
    ),
    eventMs: Float64Array.from(session.events, ({ atMs }) => atMs),
  };
  columnsOfSessions.set(session, made);
  return made;
}

export function referenceColumns(words: readonly ReferenceWord[]): StretchColumns {
  const known = columnsOfReferences.get(words);
  if (known) return known;
  const made = stretchColumns(words);
  columnsOfReferences.set(words, made);
  return made;
}

/** The texts as a stack of pieces: each is put on and taken off at most once or split. */
class Pieces {
  readonly #pieces: string[] = [];
  #length = 0;

  push(text: string): void {
    if (text === '') return;
    this.#pieces.push(text);
    this.#length += text.length;
  }

  /** Takes off and returns what lies beyond a length. */
  cutTo(length: number): string {
    let removed = '';
    while (this.#length > length) {
      const last = this.#pieces.pop()!;
      this.#length -= last.length;
      const kept = Math.max(0, length - this.#length);
      removed = last.slice(kept) + removed;
      this.push(last.slice(0, kept));
      if (kept > 0) break;
    }
    return removed;
  }
}

function deltaColumns({ atMs, kinds, keptChars, texts }: TimelineDeltas): DeltaColumns {
  const isBlank = new Uint8Array(atMs.length);
  const removed = new Map<number, string>();
  const shown = new Pieces();
  for (let i = 0; i < atMs.length; i += 1) {
    if (kinds[i] === lateKind) continue;
    const cut = shown.cutTo(keptChars[i]!);
    if (cut) removed.set(i, cut);
    shown.push(texts[i]!);
    if (!cut && texts[i] === '' && kinds[i] !== finalKind) isBlank[i] = 1;
  }
  return { isBlank, nextMs: nextTexts(atMs, isBlank), removed };
}

function nextTexts(atMs: Float64Array, isBlank: Uint8Array): Float64Array {
  const nextMs = new Float64Array(atMs.length);
  let next = Infinity;
  for (let i = atMs.length - 1; i >= 0; i -= 1) {
    nextMs[i] = next;
    if (!isBlank[i]) next = atMs[i]!;
  }
  return nextMs;
}

function stretchColumns(
  items: readonly { startMs: number | null; endMs: number | null }[],
): StretchColumns {
  const known = items
    .map(({ startMs, endMs }, place) => ({ place, startMs, endMs: endMs ?? startMs }))
    .filter((item): item is { place: number; startMs: number; endMs: number } => {
      return item.startMs !== null;
    })
    .sort((a, b) => a.startMs - b.startMs);
  return {
    places: Uint32Array.from(known, ({ place }) => place),
    startMs: Float64Array.from(known, ({ startMs }) => startMs),
    endMs: Float64Array.from(known, ({ endMs }) => endMs),
    longestMs: known.reduce((most, { startMs, endMs }) => Math.max(most, endMs - startMs), 0),
  };
}

function gapColumns({ atMs, hasText }: TimelineDeltas): ValueColumns {
  const at: number[] = [];
  const gaps: number[] = [];
  let before: number | null = null;
  for (let i = 0; i < atMs.length; i += 1) {
    if (!hasText[i]) continue;
    const now = atMs[i]!;
    if (before !== null) {
      at.push(now);
      gaps.push(now - before);
    }
    before = now;
  }
  return valueColumns(at, gaps);
}

function valueColumns(atMs: readonly number[], values: readonly number[]): ValueColumns {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { atMs: Float64Array.from(atMs), values: Float64Array.from(values), least, most };
}
