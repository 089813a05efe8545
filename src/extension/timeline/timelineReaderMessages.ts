import type { Plan } from '../../plan/plan.ts';
import type { SessionStatusName } from '../../runview/runView.ts';
import type { TracePiece } from '../../runner/liveTrace.ts';
import type { ToTimeline } from '../../timeline/timelineMessages.ts';
import type { TimelineSession } from '../../timeline/timelineSession.ts';
import type { Transcript } from '../../transcript/transcript.ts';

/** What the extension asks the thread behind a timeline; both are built from one source. */
export type TimelineRequest =
  /** Reads a run file, anew where it was read before. */
  | { type: 'read'; run: string; file: string; bytes: Uint8Array }
  | { type: 'lane'; run: string; sessionId: string }
  | { type: 'frame'; key: string; message: number }
  /** The text of a saved session as a document. */
  | { type: 'transcript'; run: string; sessionId: string }
  /** Prepares audio and tells the news of it; tells all anew where it is prepared already. */
  | ({ type: 'audio'; wanted: WantedAudio; folder: string } & AudioSearch)
  /** Whether a file is the audio that was measured. */
  | { type: 'checkAudio'; file: string; sha256: string | null }
  | { type: 'samples'; audioKey: string; fromSample: number; count: number }
  | { type: 'spectrogram'; audioKey: string; fromMs: number; toMs: number; columns: number }
  | { type: 'live'; piece: TracePiece; run: LiveRunFacts }
  /** The run has ended and cannot be read. */
  | { type: 'breakOff'; run: string; because: string }
  /** Forgets all runs, lanes and audio but these. */
  | { type: 'keep'; keys: readonly string[]; audioKeys: readonly string[] };

export interface AudioSearch {
  /** Where the file may be, the likeliest first. */
  places: readonly string[];
  /** Decodes a fifth of the time only: a session is measured meanwhile. */
  gently: boolean;
}

/** What a session that runs does not say of its run. */
export interface LiveRunFacts {
  /** As in the other requests. */
  run: string;
  title: string;
  pacing: Plan['pacing'];
}

/** A session as it is offered. */
export interface SessionChoice {
  id: string;
  endpointId: string;
  utteranceId: string;
  /** 0-based. */
  repeat: number;
  status: SessionStatusName;
  failure: string | null;
  durationMs: number;
  ttftMs: number | null;
  /** A ratio with its name, for example `WER`. */
  errorRate: { label: string; value: number } | null;
  sha256: string | null;
  /** False where the file holds no trace: there is nothing to draw. */
  hasTrace: boolean;
}

export type ReadRun =
  | { title: string; sessions: SessionChoice[]; problem: null }
  /** Names the file, what is wrong and the remedy. */
  | { title: null; sessions: null; problem: string };

/** Audio as a session heard it. */
export interface WantedAudio {
  audioKey: string;
  /** Where it was when it was measured. */
  audioPath: string;
  /** Null where it could not be read. */
  sha256: string | null;
  sampleRateHz: number;
  totalSamples: number;
}

export interface Lane {
  session: TimelineSession;
  audio: WantedAudio;
}

type Message<Type extends ToTimeline['type']> = Extract<ToTimeline, { type: Type }>;

/** The answer to each kind of request. */
export interface TimelineAnswers {
  read: ReadRun;
  /** Null where there is no such session, or no trace of it. */
  lane: Lane | null;
  frame: Message<'frame'> | null;
  /** Null where there is no such session, or no trace of it. */
  transcript: Transcript | null;
  audio: null;
  /** What is wrong; null where nothing is. */
  checkAudio: string | null;
  /** Null where the audio cannot be had. */
  samples: Message<'samples'> | null;
  spectrogram: Message<'spectrogram'> | null;
  live: null;
  breakOff: null;
  keep: null;
}

/** What the thread tells unasked. */
export type TimelineNews =
  | { type: 'lane'; lane: Lane }
  | { type: 'peaks'; peaks: Message<'peaks'> }
  | {
      type: 'audio';
      audioKey: string;
      /** To be played; null while it is prepared and where it cannot be. */
      file: string | null;
      sampleRateHz: number;
      totalSamples: number;
      problem: string | null;
    };

export type AnyTimelineAnswer = TimelineAnswers[keyof TimelineAnswers];

/** Names a session among all runs. */
export function laneKey(run: string, sessionId: string): string {
  return `${run}#${sessionId}`;
}
