import { areaFigures } from '../../src/timeline/areaFigures.ts';
import {
  spokenArea,
  spokenDelta,
  spokenLane,
  spokenTime,
} from '../../src/timeline/spokenSummary.ts';
import { trackLabels } from './canvas/layout.ts';
import { tooltipText } from './canvas/tooltipText.ts';
import { displayedTextsOf } from './displayedTextsOf.ts';
import { selectedLane } from './navigation.ts';
import type { TimelineState } from './timelineState.ts';
import { trackItems } from './trackItems.ts';
import type { FocusedItem } from './trackSteps.ts';

/** What to say of a change of the page; null where it needs no words. */
export function spokenChange(state: TimelineState, before: TimelineState): string | null {
  if (state.isPlaying !== before.isPlaying) {
    return state.isPlaying ? 'Playing.' : `Paused at ${spokenTime(state.playheadMs)}.`;
  }
  const session = selectedLane(state);
  if (!session) return null;
  const { selection } = state;
  if (selection !== before.selection) return spokenSelection(state, before);
  if (state.playheadMs !== before.playheadMs && !state.isPlaying) {
    return `At ${spokenTime(state.playheadMs)}.`;
  }
  return spokenSwitch(state, before);
}

/** The track that the arrow keys are on, for example `Events of cloud: 7`. */
export function spokenTrack(state: TimelineState): string {
  const session = selectedLane(state);
  const { track } = state.focus;
  if (!session) return '';
  const owner = state.lanes.length > 1 ? ` of ${session.endpoint}` : '';
  return `${trackLabels[track]}${owner}: ${trackItems(session, track).atMs.length || 'none'}.`;
}

/** What the arrow keys came to, in the words of its tooltip. */
export function spokenItem({ session, hit, item, count }: FocusedItem): string {
  return `${tooltipText(session, hit).join(', ')}; ${item + 1} of ${count}.`;
}

function spokenSelection(state: TimelineState, before: TimelineState): string | null {
  const session = selectedLane(state)!;
  const { lane, delta, area } = state.selection;
  if (delta !== null && (delta !== before.selection.delta || lane !== before.selection.lane)) {
    return spokenDelta(session, displayedTextsOf(session.deltas), delta);
  }
  if (lane !== before.selection.lane) return spokenLane(session);
  if (area === before.selection.area) return delta === null ? 'No delta is chosen.' : null;
  return area === null ? 'No stretch of time is selected.' : spokenArea(areaFigures(session, area));
}

const switches = [
  ['isLooping', 'Looping.', 'Not looping.'],
  ['showsTable', 'Table.', 'Timeline.'],
  ['showsConnectors', 'Lines from words to arrivals.', 'No lines from words to arrivals.'],
  ['showsSpectrogram', 'Spectrogram.', 'Waveform.'],
] as const;

function spokenSwitch(state: TimelineState, before: TimelineState): string | null {
  for (const [name, on, off] of switches) {
    if (state[name] !== before[name]) return state[name] ? on : off;
  }
  if (state.layout === before.layout) return null;
  return state.layout === 'overlaid' ? 'Lanes laid over each other.' : 'Lanes below each other.';
}
