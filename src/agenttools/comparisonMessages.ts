/** A run file that is to be compared. */
export interface ComparedFile {
  /** Path within the workspace, for people. */
  label: string;
  /** Absolute path. */
  file: string;
  /** Its content, where it is on no disk; null: it is read from there. */
  bytes: Uint8Array | null;
}

/** What the thread is to compare. */
export interface ComparisonTask {
  /** The baseline first. */
  files: readonly ComparedFile[];
  /** By row key, in the metric's unit. */
  noise: Readonly<Record<string, number>>;
}

/** What the thread says, once. Both sides are of one source. */
export type ComparisonAnswer = { text: string } | { reason: string; message: string };
