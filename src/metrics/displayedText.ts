import type { Micros } from '../trace/sessionTrace.ts';

/**
 * One change of the displayed text H: it keeps its first `keptChars` UTF-16 units and goes on
 * with `addedText`. Edits instead of whole texts keep a session of 50,000 deltas linear.
 */
export interface TextEdit {
  atUs: Micros;
  keptChars: number;
  addedText: string;
  /** Text of an append-only unit was continued: what was shown stays, the last word may grow. */
  appends: boolean;
  /** The change began with a final event, not with a delta. */
  byFinal: boolean;
}

/** What a user saw at `atUs`, all events of that instant applied; empty before the first. */
export function displayedTextAt(edits: readonly TextEdit[], atUs: Micros): string {
  let text = '';
  for (const edit of edits) {
    if (edit.atUs > atUs) break;
    text = applyEdit(text, edit);
  }
  return text;
}

export function applyEdit(text: string, edit: TextEdit): string {
  const kept = edit.keptChars >= text.length ? text : text.slice(0, edit.keptChars);
  return kept + edit.addedText;
}

/** One edit that does what `first` and then `second` do: a message is shown as a whole. */
export function joinEdits(first: TextEdit, second: TextEdit): TextEdit {
  const keptOfAdded = second.keptChars - first.keptChars;
  return {
    ...first,
    keptChars: Math.min(first.keptChars, second.keptChars),
    addedText: first.addedText.slice(0, Math.max(0, keptOfAdded)) + second.addedText,
    appends: first.appends && second.appends,
  };
}
