import { contentOfAudioKey } from '../../../src/timeline/audioKey.ts';
import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';
import type { TimelineState } from '../timelineState.ts';

export type TrackKind =
  | 'waveform'
  | 'reference'
  | 'header'
  | 'legend'
  | 'chunks'
  | 'deltas'
  | 'words'
  | 'lag'
  | 'gaps'
  | 'events';

/** One of the strips that lie below each other. CSS pixels from the top of all tracks. */
export interface Track {
  kind: TrackKind;
  /** Places of the lanes it is about; several where lanes share it. */
  lanes: readonly number[];
  audioKey: string;
  label: string;
  top: number;
  height: number;
  /** Where its drawing begins: below the label where there is no room beside it. */
  bodyTop: number;
  bodyHeight: number;
}

export interface TrackLayout {
  tracks: readonly Track[];
  height: number;
  /** Width for labels left of the plot; 0 where they lie above their tracks. */
  gutter: number;
}

/** Narrower than this, labels lie above their tracks. */
const leastWidthForGutter = 560;
const gutterPx = 92;
const labelLinePx = 15;
const trackGapPx = 3;

/** Heights of one lane's part, CSS pixels. */
const bodyHeights: Readonly<Record<TrackKind, number>> = {
  waveform: 64,
  reference: 22,
  header: 24,
  legend: 20,
  chunks: 14,
  deltas: 30,
  words: 24,
  lag: 44,
  gaps: 26,
  events: 20,
};

/** Those whose lanes lie upon each other when they share the track; in others each has a row. */
const superimposed: ReadonlySet<TrackKind> = new Set(['lag', 'waveform', 'reference', 'legend']);

export const trackLabels: Readonly<Record<TrackKind, string>> = {
  waveform: 'Audio',
  reference: 'Reference',
  header: '',
  legend: '',
  chunks: 'Sent',
  deltas: 'Deltas',
  words: 'Words',
  lag: 'Lag',
  gaps: 'Gaps',
  events: 'Events',
};

/** Those that say more the higher they are, and how they share room that is left over. */
const shares: Readonly<Partial<Record<TrackKind, number>>> = { waveform: 3, lag: 2, gaps: 1 };

type LayoutState = Pick<TimelineState, 'lanes' | 'layout' | 'showsConnectors' | 'showsSpectrogram'>;

/**
 * What lies where: audio and reference once per audio, then its lanes. Fills the room, or takes
 * what it needs where that is more.
 *
 * @param room in sight, CSS pixels
 */
export function layoutTracks(
  state: LayoutState,
  room: { width: number; height: number },
): TrackLayout {
  return filled(neededLayout(state, room.width), state.lanes, room.height);
}

function neededLayout(state: LayoutState, width: number): TrackLayout {
  const gutter = width >= leastWidthForGutter ? gutterPx : 0;
  const tracks: Track[] = [];
  let top = 0;
  const add = (kind: TrackKind, lanes: readonly number[], audioKey: string) => {
    const label = kind === 'waveform' && state.showsSpectrogram ? 'Spectrogram' : trackLabels[kind];
    const labelHeight = gutter === 0 && label !== '' ? labelLinePx : 0;
    const bodyHeight = heightOf(kind, lanes.length, state);
    const height = labelHeight + bodyHeight + trackGapPx;
    const bodyTop = top + labelHeight;
    tracks.push({ kind, lanes, audioKey, label, top, height, bodyTop, bodyHeight });
    top += height;
  };
  for (const lanes of lanesByAudio(state.lanes)) {
    const { audioKey } = state.lanes[lanes[0]!]!;
    const of = (which: (lane: TimelineSession) => boolean) =>
      lanes.filter((lane) => which(state.lanes[lane]!));
    add('waveform', lanes, audioKey);
    if (of(({ referenceWords }) => referenceWords !== null).length > 0) {
      add('reference', lanes, audioKey);
    }
    const groups = state.layout === 'overlaid' ? [lanes] : lanes.map((lane) => [lane]);
    for (const group of groups) {
      // The page's head names a lane that is alone.
      if (state.lanes.length > 1) {
        add(state.layout === 'overlaid' ? 'legend' : 'header', group, audioKey);
      }
      for (const kind of ['chunks', 'deltas', 'words', 'lag', 'gaps', 'events'] as const) {
        add(kind, group, audioKey);
      }
    }
  }
  return { tracks, height: top, gutter };
}

/** Gives the tracks that gain by it what room is left over. */
function filled(
  { tracks, height, gutter }: TrackLayout,
  lanes: readonly TimelineSession[],
  room: number,
): TrackLayout {
  const shareOf = (track: Track) => (saysSomething(track, lanes) ? (shares[track.kind] ?? 0) : 0);
  const left = Math.floor(room - height);
  const all = tracks.reduce((sum, track) => sum + shareOf(track), 0);
  if (left <= 0 || all === 0) return { tracks, height, gutter };
  let shared = 0;
  let moved = 0;
  const higher = tracks.map((track) => {
    shared += shareOf(track);
    const top = track.top + moved;
    // Rounded so that all together are what is left.
    const more = Math.round((left * shared) / all) - moved;
    moved += more;
    return {
      ...track,
      top,
      height: track.height + more,
      bodyTop: top + track.bodyTop - track.top,
      bodyHeight: track.bodyHeight + more,
    };
  });
  return { tracks: higher, height: height + moved, gutter };
}

/** Whether there are values for its height, or may be soon. */
function saysSomething({ kind, lanes }: Track, sessions: readonly TimelineSession[]): boolean {
  return lanes.some((lane) => {
    const { status, lags, deltas } = sessions[lane]!;
    if (status === 'live') return true;
    return kind === 'lag' ? lags.length > 0 : kind !== 'gaps' || deltas.atMs.length > 1;
  });
}

/** Whether lanes lie upon each other in the track. */
export function isShared({ kind }: Track): boolean {
  return superimposed.has(kind);
}

/** Top of a lane's part of a track, and its height. */
export function rowOf(track: Track, lane: number): { top: number; height: number } {
  const row = track.lanes.indexOf(lane);
  if (superimposed.has(track.kind) || track.lanes.length < 2 || row < 0) {
    return { top: track.bodyTop, height: track.bodyHeight };
  }
  const height = track.bodyHeight / track.lanes.length;
  return { top: track.bodyTop + row * height, height };
}

/** The lane whose part of a track lies at a height; the first where lanes lie upon each other. */
export function laneAt(track: Track, y: number): number | null {
  const first = track.lanes[0] ?? null;
  if (superimposed.has(track.kind) || track.lanes.length < 2) return first;
  const row = Math.floor(((y - track.bodyTop) / track.bodyHeight) * track.lanes.length);
  return track.lanes[Math.min(Math.max(row, 0), track.lanes.length - 1)] ?? first;
}

/** The track at a height; null between and below them. */
export function trackAt(tracks: readonly Track[], y: number): Track | null {
  return tracks.find(({ top, height }) => y >= top && y < top + height) ?? null;
}

function heightOf(kind: TrackKind, lanes: number, state: LayoutState): number {
  const height = bodyHeights[kind];
  if (kind === 'waveform' && state.showsSpectrogram) return 96;
  // The lines from words to arrivals need room to be told apart.
  if (kind === 'words' && state.showsConnectors) return (height + 22) * lanes;
  return superimposed.has(kind) ? height : height * lanes;
}

/** Places of the lanes that heard the same, at whatever rate it was sent. */
function lanesByAudio(lanes: readonly TimelineSession[]): number[][] {
  const byContent = new Map<string, number[]>();
  for (const [place, { audioKey }] of lanes.entries()) {
    const content = contentOfAudioKey(audioKey);
    const known = byContent.get(content);
    if (known) known.push(place);
    else byContent.set(content, [place]);
  }
  return [...byContent.values()];
}
