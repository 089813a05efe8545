import type { TimelineActionId } from '../../src/timeline/timelineActions.ts';
import { spokenTime } from '../../src/timeline/spokenSummary.ts';
import { fitStretch, fullRange, panBy, spanOf, zoomAbout } from '../../src/timeline/viewport.ts';
import * as navigation from './navigation.ts';
import { speeds, type Playback } from './playback.ts';
import { spokenItem, spokenTrack } from './speaker.ts';
import type { TimelineState, TimelineStore } from './timelineState.ts';
import { deltaFocus } from './trackItems.ts';
import { focusedItem, itemStep, trackStep } from './trackSteps.ts';

export interface CommandParts {
  store: TimelineStore;
  playback: Playback;
  openShortcuts: () => void;
  /** Closes what is open above the page; false where nothing is. */
  closePopup: () => boolean;
  /** Takes the focus out of the timeline; false where it is not there. */
  leave: () => boolean;
  /** Compares the run of the lane in focus. */
  compare: () => void;
  /** Speaks to screen readers. */
  say: (text: string) => void;
}

/** Each does what its action says, and tells whether there was anything to do. */
export type TimelineCommands = Readonly<Record<TimelineActionId, () => boolean>>;

/** How much one press shows more or less of. */
const zoomStep = 1.5;
/** The share of what is in sight that one press moves. */
const panShare = 0.2;
/** How much is heard before a delta that the playhead has passed. */
const leadInMs = 3000;

export function timelineCommands(parts: CommandParts): TimelineCommands {
  const { store, openShortcuts } = parts;
  const change = (move: navigation.Move) => () => {
    store.update(move(store.state));
    return true;
  };
  const done = (act: () => void) => () => {
    act();
    return true;
  };
  return {
    ...playCommands(parts),
    previousDelta: () => goToItem(parts, -1),
    nextDelta: () => goToItem(parts, 1),
    previousWord: () => goToWord(parts, -1),
    nextWord: () => goToWord(parts, 1),
    previousTrack: () => goToTrack(parts, -1),
    nextTrack: () => goToTrack(parts, 1),
    previousLane: change(navigation.laneStep(-1)),
    nextLane: change(navigation.laneStep(1)),
    previousFinal: () => moveOrSay(parts, navigation.finalStep(-1), noneBeside(-1, 'final')),
    nextFinal: () => moveOrSay(parts, navigation.finalStep(1), noneBeside(1, 'final')),
    previousProblem: () => goToProblem(parts, -1),
    nextProblem: () => goToProblem(parts, 1),
    start: change(navigation.goToStart),
    end: change(navigation.goToEnd),
    selectionStart: change(navigation.startAreaHere),
    selectionEnd: change(navigation.endAreaHere),
    selectWord: change(navigation.selectWord),
    escape: () => escape(parts),
    zoomIn: change((state) => zoomed(state, zoomStep)),
    zoomOut: change((state) => zoomed(state, 1 / zoomStep)),
    panLeft: change((state) => panned(state, -panShare)),
    panRight: change((state) => panned(state, panShare)),
    zoomAll: change(({ lanes }) => ({ view: fullRange(lanes) })),
    zoomSelection: change(fitted),
    toggleTable: change(({ showsTable }) => ({ showsTable: !showsTable })),
    toggleOverlay: change(({ layout }) => ({
      layout: layout === 'stacked' ? 'overlaid' : 'stacked',
    })),
    toggleConnectors: change(({ showsConnectors }) => ({ showsConnectors: !showsConnectors })),
    toggleSpectrogram: change(({ showsSpectrogram }) => ({
      showsSpectrogram: !showsSpectrogram,
    })),
    compare: done(parts.compare),
    shortcuts: done(openShortcuts),
  };
}

/** Moves there and says what is there: the picture says it to others. */
function goToNamed({ store, say }: CommandParts, atMs: number, name: string): void {
  store.update(navigation.goTo(store.state, atMs));
  say(`${name}, at ${spokenTime(atMs)}.`);
}

function goToWord(parts: CommandParts, step: 1 | -1): boolean {
  const word = navigation.wordBeside(parts.store.state, step);
  if (word) goToNamed(parts, word.startMs, `“${word.text}”`);
  else parts.say(noneBeside(step, 'word'));
  return true;
}

/** A key that does nothing says why: who cannot see the picture would take it for broken. */
function moveOrSay({ store, say }: CommandParts, move: navigation.Move, none: string): boolean {
  const change = move(store.state);
  if (Object.keys(change).length === 0) say(none);
  else store.update(change);
  return true;
}

function noneBeside(step: 1 | -1, thing: string): string {
  return `No ${step > 0 ? 'further' : 'earlier'} ${thing}.`;
}

/** To the delta beside; on another track, to what is beside there. */
function goToItem(parts: CommandParts, step: 1 | -1): boolean {
  const { store, say } = parts;
  if (store.state.focus.track === 'deltas') {
    return moveOrSay(parts, navigation.deltaStep(step), noneBeside(step, 'delta'));
  }
  const before = store.state.focus;
  moveOrSay(parts, itemStep(step), noneBeside(step, 'item on this track'));
  const found = focusedItem(store.state);
  if (found && store.state.focus !== before) say(spokenItem(found));
  return true;
}

function goToTrack(parts: CommandParts, step: 1 | -1): boolean {
  const { store, say } = parts;
  const before = store.state.focus;
  moveOrSay(parts, trackStep(step), `No track ${step > 0 ? 'below' : 'above'}.`);
  if (store.state.focus !== before) say(spokenTrack(store.state));
  return true;
}

function goToProblem(parts: CommandParts, step: 1 | -1): boolean {
  const problem = navigation.problemBeside(parts.store.state, step);
  if (problem) goToNamed(parts, problem.atMs, problem.text);
  else parts.say(noneBeside(step, 'problem'));
  return true;
}

type PlayActionId = 'playPause' | 'playSelection' | 'playToDelta' | 'loop' | 'slower' | 'faster';

function playCommands(parts: CommandParts): Pick<TimelineCommands, PlayActionId> {
  const { store, playback, say } = parts;
  return {
    playPause: () => {
      playback.toggle();
      return true;
    },
    playSelection: () => {
      const { selection, isLooping } = store.state;
      const { area } = selection;
      if (!area) {
        say('Select a stretch of time first.');
        return true;
      }
      store.update(navigation.goTo(store.state, area.startMs));
      playback.play(isLooping ? null : area.endMs);
      return true;
    },
    playToDelta: () => {
      playToDelta(parts);
      return true;
    },
    loop: () => {
      store.update({ isLooping: !store.state.isLooping });
      return true;
    },
    slower: () => stepSpeed(parts, -1),
    faster: () => stepSpeed(parts, 1),
  };
}

/** From the playhead where it is before the delta, else from a little before the delta. */
function playToDelta({ store, playback, say }: CommandParts): void {
  const { state } = store;
  const lane = navigation.selectedLane(state);
  const atMs = lane?.deltas.atMs[state.selection.delta ?? -1];
  if (atMs === undefined) {
    say('Choose a delta first.');
    return;
  }
  const { startMs } = navigation.playableRange(state.lanes);
  const isBefore = state.playheadMs < atMs;
  if (!isBefore) store.update(navigation.goTo(state, Math.max(startMs, atMs - leadInMs)));
  playback.play(atMs);
}

function stepSpeed({ store, say }: CommandParts, step: 1 | -1): boolean {
  const { speed } = store.state;
  const next = step > 0 ? speeds.find((one) => one > speed) : speeds.findLast((one) => one < speed);
  if (next !== undefined) store.update({ speed: next });
  say(`Speed ${store.state.speed}`);
  return true;
}

/** One rung of the ladder: popup, track, selection, zoom, and then the focus leaves. */
function escape({ store, closePopup, leave, say }: CommandParts): boolean {
  if (closePopup()) return true;
  const { selection, lanes, view, focus } = store.state;
  if (focus.track !== 'deltas') {
    store.update({ focus: deltaFocus });
    say(spokenTrack(store.state));
    return true;
  }
  if (selection.area !== null) {
    store.update({ selection: { ...selection, area: null } });
    return true;
  }
  if (selection.delta !== null) {
    store.update({ selection: { ...selection, delta: null } });
    return true;
  }
  const all = fullRange(lanes);
  if (spanOf(view) < spanOf(all) * 0.999) {
    store.update({ view: all });
    return true;
  }
  return leave();
}

/** About the playhead where it is in sight, else about the middle. */
function zoomed(
  { view, playheadMs, lanes }: TimelineState,
  factor: number,
): Partial<TimelineState> {
  const isInSight = playheadMs >= view.startMs && playheadMs <= view.endMs;
  const anchorMs = isInSight ? playheadMs : (view.startMs + view.endMs) / 2;
  return { view: zoomAbout(view, factor, anchorMs, fullRange(lanes)) };
}

function panned({ view, lanes }: TimelineState, share: number): Partial<TimelineState> {
  return { view: panBy(view, spanOf(view) * share, fullRange(lanes)) };
}

/** The stretch that is selected; else the chosen delta with what came just before and after. */
function fitted(state: TimelineState): Partial<TimelineState> {
  const { selection, lanes } = state;
  const range = fullRange(lanes);
  if (selection.area) return { view: fitStretch(selection.area, range) };
  const lane = navigation.selectedLane(state);
  if (!lane || selection.delta === null) return {};
  const { atMs } = lane.deltas;
  const at = atMs[selection.delta];
  if (at === undefined) return {};
  const startMs = atMs[selection.delta - 1] ?? at - 500;
  const endMs = atMs[selection.delta + 1] ?? at + 500;
  return { view: fitStretch({ startMs, endMs }, range) };
}
