import type { Place } from './place.ts';

export type Severity = 'error' | 'warning' | 'information';

/** Something that a document's reader should know, and where. */
export interface Finding extends Place {
  severity: Severity;
  /** Stable name of the kind. */
  code: string;
  /** Repeats no secret. */
  message: string;
  fixes: Fix[];
}

export interface TextEdit extends Place {
  newText: string;
}

/** What can be done about a finding. */
export interface Fix {
  title: string;
  edits: TextEdit[];
  /** For the client to do; it gets the document's address first. */
  command?: { command: string; arguments: unknown[] };
  /** The one to take where somebody asks for no other. */
  isPreferred?: boolean;
}
