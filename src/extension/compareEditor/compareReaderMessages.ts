import type { CompareView, UtteranceDetail, UtteranceRow } from '../../compareview/compareView.ts';
import type { RunReport } from '../../runfile/runReport.ts';
import type { ToTimeline } from '../../timeline/timelineMessages.ts';
import type { AudioSearch, TimelineNews, WantedAudio } from '../timeline/timelineReaderMessages.ts';

/** A run to read: from disk where `bytes` is null. */
export interface RunSource {
  uri: string;
  /** Path, also of files that only look like one, for messages and for audio beside it. */
  file: string;
  /** Path within the workspace, for people. */
  label: string;
  bytes: Uint8Array | null;
  /** Why VS Code cannot give the file, and the remedy: it is not to be read. Null where it can. */
  problem: string | null;
}

/** What the extension asks the thread behind a comparison; both are built from one source. */
export type CompareRequest =
  /**
   * Reads the runs that changed since the last time and compares them. A newer one stops it: the
   * flag of the older one is set.
   */
  | {
      type: 'compare';
      sources: readonly RunSource[];
      /** By row key, in the metric's unit. */
      noise: Readonly<Record<string, number>>;
      /** Not 0: stop. */
      stop: Int32Array<SharedArrayBuffer>;
    }
  /** Of the comparison made last. */
  | { type: 'utterances'; pair: string; key: string }
  | { type: 'utterance'; pair: string; id: string; repeat: number }
  | { type: 'texts'; pair: string; id: string; repeat: number }
  | { type: 'export'; format: 'markdown' | 'csv' | 'html' }
  /** Prepares audio and tells the news of it, as the timeline's thread does. */
  | ({ type: 'audio'; wanted: WantedAudio; folder: string } & AudioSearch)
  | { type: 'checkAudio'; file: string; sha256: string | null }
  | { type: 'samples'; audioKey: string; fromSample: number; count: number }
  /** Asked by a comparison of a second thread of its own: are the figures those of the traces? */
  | { type: 'check'; source: RunSource }
  /** One word for a list of runs: the primary metrics of each against the first, few resamples. */
  | {
      type: 'verdict';
      baseline: RunSource;
      candidate: RunSource;
      /** By row key, in the metric's unit. */
      noise: Readonly<Record<string, number>>;
    };

/** A run as it was read, or why it could not be. */
export type ReadRunSource =
  { report: RunReport; problem: null } | { report: null; problem: string };

/** What became of a source. */
export interface ReadSource {
  uri: string;
  /** Why it cannot be compared, and the remedy; null where it can. */
  problem: string | null;
}

export interface CompareAnswers {
  /** `view` is null where fewer than two runs can be read; null as a whole when stopped. */
  compare: { view: CompareView | null; sources: ReadSource[]; problem: string | null } | null;
  utterances: UtteranceRow[] | null;
  /** With the audio that both heard. */
  utterance: { detail: UtteranceDetail; audio: WantedAudio[]; sessions: SessionPlace[] } | null;
  texts: { reference: string | null; a: string; b: string } | null;
  export: string | null;
  audio: null;
  checkAudio: string | null;
  samples: Extract<ToTimeline, { type: 'samples' }> | null;
  /** True also where the run cannot be read: that is said elsewhere. */
  check: boolean;
  verdict: RunVerdict;
}

/** A session, to be shown on the timeline. */
export interface SessionPlace {
  run: string;
  sessionId: string;
  /** Of the run. */
  letter: string;
  endpoint: string;
}

export interface RunVerdict {
  verdict: CompareView['pairs'][number]['conclusion']['verdict'];
  /** A sentence. */
  text: string;
  /** Short names of the metrics, for a line in a list: `TTFS`, `WER`. */
  regressed: string[];
  improved: string[];
}

/** What the thread tells unasked. */
export type CompareNews =
  | Extract<TimelineNews, { type: 'peaks' | 'audio' }>
  | { type: 'progress'; label: string; share: number | null }
  /** Figures of a file are not those of its traces: comparing anew computes them. */
  | { type: 'figuresDiffer' };

export type AnyCompareAnswer = CompareAnswers[keyof CompareAnswers];
