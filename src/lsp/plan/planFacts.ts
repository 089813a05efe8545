import type { FileSummary } from '../../runfile/summarySchema.ts';

/** What is known beyond a plan's text. Whoever asks for a feature gathers it. */
export interface PlanFacts {
  /** The endpoints that may be used by name. */
  endpoints: readonly KnownEndpoint[];
  /** What is at the datasets' places, by path as written. What is not looked at is absent. */
  datasets: ReadonlyMap<string, DatasetFact>;
  /** What is at the places of recorded starts, in the same way. */
  recordings: ReadonlyMap<string, RecordingFact>;
  /** Saved runs of this plan, newest first. */
  results: readonly PlanResult[];
}

export interface KnownEndpoint {
  name: string;
  dialect: string;
  /** Without secrets. */
  url: string;
}

export type DatasetFact = { kind: 'unusable'; reason: string } | DatasetAmount;

export type RecordingFact =
  { kind: 'unusable'; reason: string } | { kind: 'usable'; starts: number; durationMs: number };

/** What a dataset holds. */
export interface DatasetAmount {
  kind: 'usable';
  /** Absolute path of what to open: a manifest, else the dataset itself. */
  file: string;
  utterances: number;
  withReference: number;
  withWordTimes: number;
  /** What is wrong with entries, the first few. */
  problems: string[];
  problemCount: number;
  /** The kinds of audio that were looked at. */
  formats: AudioKind[];
  /** Null where the length of some is not known. */
  durationMs: number | null;
}

export interface AudioKind {
  /** For example `wav`. */
  format: string;
  sampleRateHz: number;
  channels: number;
  files: number;
}

/** The figures of a saved run; of a series those of the run that it is judged by. */
export interface PlanResult {
  /** Absolute path. */
  file: string;
  /** Of the run or the series. */
  title: string;
  /** The endpoint that a series was gone through with; null for a run. */
  seriesOf: string | null;
  startedAtMs: number;
  summary: readonly FileSummary[];
}

export const noFacts: PlanFacts = {
  endpoints: [],
  datasets: new Map(),
  recordings: new Map(),
  results: [],
};
