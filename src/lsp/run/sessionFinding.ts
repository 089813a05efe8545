import type { Severity } from '../remarks/finding.ts';

/** Where something is within a session. */
export type SessionPath = readonly (string | number)[];

/** Something that a reader of a run should know of a session. */
export interface SessionFinding {
  path: SessionPath;
  severity: Severity;
  /** Stable name of the kind. */
  code: string;
  message: string;
}

/** A received message's text in a session. */
export function messagePath(message: number): SessionPath {
  return ['trace', 'received', 'text', message];
}
