import { problems, type TimelineProblem } from '../../src/timeline/problems.ts';
import { countBelow, countUpTo } from '../../src/timeline/sortedNumbers.ts';
import {
  deltaKinds,
  type Stretch,
  type TimelineSession,
} from '../../src/timeline/timelineSession.ts';
import { fullRange, showTime } from '../../src/timeline/viewport.ts';
import type { TimelineState } from './timelineState.ts';
import { deltaFocus } from './trackItems.ts';

/**
 * Where the keys lead: each takes the state and says what changes, nothing where there is nothing
 * further.
 */
export type Move = (state: TimelineState) => Partial<TimelineState>;

const finalKind = deltaKinds.indexOf('final');

/** Times closer than this are one place. */
const samePlaceMs = 0.01;

/** The lane that keys and details are about. */
export function selectedLane({ lanes, selection }: TimelineState): TimelineSession | undefined {
  return lanes.find(({ key }) => key === selection.lane) ?? lanes[0];
}

/** What can be played: everything that is in any lane, without the room around it. */
export function playableRange(lanes: readonly TimelineSession[]): Stretch {
  if (lanes.length === 0) return { startMs: 0, endMs: 0 };
  return {
    startMs: Math.min(...lanes.map(({ range }) => range.startMs)),
    endMs: Math.max(...lanes.map(({ range }) => range.endMs)),
  };
}

/** Moves the playhead, and the view as little as that needs. */
export function goTo(state: TimelineState, ms: number): Partial<TimelineState> {
  return { playheadMs: ms, view: showTime(state.view, ms, fullRange(state.lanes)) };
}

/** Whether two times on the axis are one place. */
export function isSamePlace(oneMs: number, otherMs: number): boolean {
  return Math.abs(oneMs - otherMs) <= samePlaceMs;
}

/** Chooses a delta and goes to its arrival; the arrow keys go on from there. */
export function goToDelta(
  state: TimelineState,
  lane: TimelineSession,
  delta: number,
): Partial<TimelineState> {
  const atMs = lane.deltas.atMs[delta];
  if (atMs === undefined) return {};
  const selection = { ...state.selection, lane: lane.key, delta };
  return { ...goTo(state, atMs), selection, focus: deltaFocus };
}

/** @param step 1 or -1; without a chosen delta, from the playhead on */
export function deltaStep(step: 1 | -1): Move {
  return (state) => {
    const lane = selectedLane(state);
    if (!lane) return {};
    return goToDelta(state, lane, deltaBeside(state, lane, step));
  };
}

export function finalStep(step: 1 | -1): Move {
  return (state) => {
    const lane = selectedLane(state);
    if (!lane) return {};
    const { kinds } = lane.deltas;
    for (
      let place = deltaBeside(state, lane, step);
      place >= 0 && place < kinds.length;
      place += step
    ) {
      if (kinds[place] === finalKind) return goToDelta(state, lane, place);
    }
    return {};
  };
}

/** A word where it was spoken. */
export interface SpokenWord extends Stretch {
  text: string;
}

export function wordBeside(state: TimelineState, step: 1 | -1): SpokenWord | null {
  return beside(spokenWords(state), ({ startMs }) => startMs, state.playheadMs, step) ?? null;
}

/** The next error, failure, stall or wrong word. */
export function problemBeside(state: TimelineState, step: 1 | -1): TimelineProblem | null {
  const lane = selectedLane(state);
  if (!lane) return null;
  return beside(problems(lane), ({ atMs }) => atMs, state.playheadMs, step) ?? null;
}

export function laneStep(step: 1 | -1): Move {
  return (state) => {
    const lane = selectedLane(state);
    const next = lane && state.lanes[state.lanes.indexOf(lane) + step];
    if (!next) return {};
    return {
      selection: { ...state.selection, lane: next.key, delta: null },
      focus: { ...state.focus, item: null },
    };
  };
}

export const goToStart: Move = (state) => goTo(state, playableRange(state.lanes).startMs);
export const goToEnd: Move = (state) => goTo(state, playableRange(state.lanes).endMs);

export const startAreaHere: Move = ({ lanes, playheadMs, selection }) => {
  const { endMs } = selection.area ?? playableRange(lanes);
  const end = endMs > playheadMs ? endMs : playableRange(lanes).endMs;
  if (end <= playheadMs) return {};
  return { selection: { ...selection, area: { startMs: playheadMs, endMs: end } } };
};

export const endAreaHere: Move = ({ lanes, playheadMs, selection }) => {
  const { startMs } = selection.area ?? playableRange(lanes);
  const start = startMs < playheadMs ? startMs : playableRange(lanes).startMs;
  if (start >= playheadMs) return {};
  return { selection: { ...selection, area: { startMs: start, endMs: playheadMs } } };
};

/** The word that is being said at the playhead, else the next one. */
export const selectWord: Move = (state) => {
  const word = spokenWords(state).find(({ endMs }) => endMs > state.playheadMs + samePlaceMs);
  if (!word) return {};
  const { startMs, endMs } = word;
  return { selection: { ...state.selection, area: { startMs, endMs } } };
};

/** Where words were spoken: by the reference, else by the server. In order. */
function spokenWords(state: TimelineState): SpokenWord[] {
  const lane = selectedLane(state);
  if (!lane) return [];
  if (lane.referenceWords) return lane.referenceWords;
  return lane.words
    .flatMap(({ text, startMs, endMs }) =>
      startMs === null || endMs === null ? [] : [{ text, startMs, endMs }],
    )
    .sort((a, b) => a.startMs - b.startMs);
}

function deltaBeside(
  { selection, playheadMs }: TimelineState,
  lane: TimelineSession,
  step: 1 | -1,
): number {
  return placeBeside(lane.deltas.atMs, selection.delta, playheadMs, step);
}

/**
 * The place beside the chosen one where the playhead is at it, else beside the playhead.
 *
 * @param atMs ascending
 */
export function placeBeside(
  atMs: Float64Array,
  chosen: number | null,
  playheadMs: number,
  step: 1 | -1,
): number {
  if (chosen !== null && isSamePlace(atMs[chosen] ?? Infinity, playheadMs)) return chosen + step;
  // What is at the playhead but was not chosen is not passed over.
  return step > 0
    ? countBelow(atMs, playheadMs - samePlaceMs)
    : countUpTo(atMs, playheadMs + samePlaceMs) - 1;
}

function beside<Item>(
  items: readonly Item[],
  timeOf: (item: Item) => number,
  atMs: number,
  step: 1 | -1,
): Item | undefined {
  return step > 0
    ? items.find((item) => timeOf(item) > atMs + samePlaceMs)
    : items.findLast((item) => timeOf(item) < atMs - samePlaceMs);
}
