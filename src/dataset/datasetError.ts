import { BenchError } from '../common/benchError.ts';

export type DatasetErrorReason =
  | 'not-found'
  | 'unreadable'
  | 'unknown-layout'
  | 'encoding'
  | 'invalid-json'
  | 'missing-column'
  | 'too-large'
  | 'no-utterances';

/** A dataset that cannot be used at all. What is wrong with single entries is a `DatasetProblem`. */
export class DatasetError extends BenchError<DatasetErrorReason> {}

/** The sentence that tells a user what a dataset may look like. */
export const acceptedLayouts =
  'A dataset is a JSON, JSONL, CSV or TSV manifest (plain or NeMo), an audio file, or a folder that ' +
  'holds a manifest.jsonl/.json/.csv/.tsv, a Hugging Face metadata.jsonl/.csv, LibriSpeech *.trans.txt ' +
  'files, or audio with same-named .txt files (docs/datasets.md).';
