import type { CommitKind } from '../trace/sessionTrace.ts';
import type { OutgoingFrame } from './dialect.ts';

/** A message as a JSON text frame. */
export function jsonFrame(message: object, commit: CommitKind | null = null): OutgoingFrame {
  return { data: JSON.stringify(message), commit };
}
