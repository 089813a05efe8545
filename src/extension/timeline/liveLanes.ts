import { buildTimelineSession } from '../../timeline/buildTimelineSession.ts';
import type { TracePiece } from '../../runner/liveTrace.ts';
import { GrowingTrace } from './growingTrace.ts';
import { laneKey, type Lane, type LiveRunFacts } from './timelineReaderMessages.ts';
import { wantedAudio } from './wantedAudio.ts';

/** At most 30 updates a second. */
const leastPauseMs = 33;
/** Building takes no more than a fifth of the time. */
const pausePerBuild = 4;

interface LiveLane {
  run: LiveRunFacts;
  growing: GrowingTrace;
}

/** Sessions that run, built anew as their traces grow, as often as is worth it. */
export class LiveLanes {
  readonly #tell: (lane: Lane) => void;
  readonly #lanes = new Map<string, LiveLane>();
  /** Those with news, the oldest first. */
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: (lane: Lane) => void) {
    this.#tell = tell;
  }

  add(piece: TracePiece, run: LiveRunFacts): void {
    const key = laneKey(run.run, piece.session.id);
    const known = this.#lanes.get(key);
    if (piece.utterance) {
      const growing = new GrowingTrace(piece, piece.utterance, run.pacing);
      this.#lanes.set(key, { run, growing });
    } else if (known?.growing.add(piece) !== true) {
      return;
    }
    this.#changed.add(key);
    if (this.#timer === undefined) this.#rest(0);
  }

  /** Null where no such session is known to run. */
  lane(key: string): Lane | null {
    const lane = this.#lanes.get(key);
    return lane ? laneOf(key, lane) : null;
  }

  growing(key: string): GrowingTrace | null {
    return this.#lanes.get(key)?.growing ?? null;
  }

  keep(keys: ReadonlySet<string>): void {
    for (const key of this.#lanes.keys()) {
      if (!keys.has(key)) this.#drop(key);
    }
  }

  /** The run has ended without being saved: its sessions go no further. */
  breakOff(run: string, because: string): void {
    for (const lane of this.#lanes.values()) {
      if (lane.run.run === run) lane.growing.breakOff(because);
    }
  }

  /** The run has ended, and what is saved of it takes over. */
  forget(run: string): void {
    for (const [key, lane] of this.#lanes) {
      if (lane.run.run === run) this.#drop(key);
    }
  }

  #drop(key: string): void {
    this.#lanes.delete(key);
    this.#changed.delete(key);
  }

  #rest(pauseMs: number): void {
    this.#timer = setTimeout(() => {
      const startMs = performance.now();
      for (const key of this.#changed) {
        const lane = this.lane(key);
        if (lane) this.#tell(lane);
      }
      const wasIdle = this.#changed.size === 0;
      this.#changed.clear();
      const builtMs = performance.now() - startMs;
      this.#timer = undefined;
      if (!wasIdle) this.#rest(Math.max(leastPauseMs, pausePerBuild * builtMs));
    }, pauseMs);
  }
}

function laneOf(key: string, { run, growing }: LiveLane): Lane {
  const { session, utterance, trace, ended } = growing;
  const audio = wantedAudio(utterance, trace);
  const built = buildTimelineSession({
    identity: {
      key,
      endpoint: session.endpointId,
      utterance: session.utteranceId,
      repeat: session.repeat,
      run: run.title,
      audioKey: audio.audioKey,
    },
    trace,
    utterance,
    durationMs: utterance.durationMs,
    live: !ended,
  });
  return { session: built, audio };
}
