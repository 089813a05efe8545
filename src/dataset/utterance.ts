import type { TimedWord } from '../trace/transcriptEvent.ts';

/** One item of a dataset. Pure data: metrics and views read it too. */
export interface Utterance {
  /** Unique within its dataset. */
  id: string;
  /** Absolute path. */
  audioPath: string;
  /** Null: runs without WER. An empty string means "nothing is said here". */
  reference: string | null;
  /** BCP 47, or null where the dataset does not say. */
  language: string | null;
  /** As the dataset declares it; the decoded audio decides. */
  declaredDurationMs: number | null;
  /** Reference words with the time they were spoken, where the dataset has them. */
  words: TimedWord[] | null;
  speaker: string | null;
  tags: string[];
}

export type DatasetFormat =
  'json' | 'jsonl' | 'csv' | 'tsv' | 'folder' | 'librispeech' | 'nemo' | 'audiofolder' | 'file';

/** Something in a dataset that was left out or looks wrong, and where. */
export interface DatasetProblem {
  file: string;
  /** 1-based; null when the whole file is meant. */
  line: number | null;
  message: string;
}

export interface Dataset {
  /** Short name for people: the folder's or manifest's name. */
  name: string;
  /** Absolute path of the folder, manifest or file it was read from. */
  path: string;
  format: DatasetFormat;
  utterances: Utterance[];
  problems: DatasetProblem[];
}
