import type { RunProblemKind } from '../../runview/runEditorMessages.ts';
import type { RunView, SessionDetail } from '../../runview/runView.ts';

/** What the extension asks the thread that reads run files; both are built from one source. */
export type ReaderRequest =
  | { type: 'read'; text: string; file: string }
  /** Of the run read last. */
  | { type: 'detail'; sessionId: string }
  | { type: 'edit'; text: string; field: RunTextField; value: string };

/** What a reader may change. */
export type RunTextField = 'title' | 'notes';

export type ReadResult =
  | { view: RunView; problem: null }
  | { view: null; problem: { kind: RunProblemKind; message: string } };

/** A replacement of part of a text, in UTF-16 units. */
export interface ReplacedText {
  offset: number;
  length: number;
  content: string;
}

/** The answer to each kind of request. */
export interface ReaderAnswers {
  read: ReadResult;
  /** Null where the run has no such session. */
  detail: SessionDetail | null;
  /** Empty where the text has no such field. */
  edit: ReplacedText[];
}
