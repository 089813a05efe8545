import type { Place } from '../remarks/place.ts';

/** A session in the text of a run file. */
export interface SessionPlace extends Place {
  /** As far as it says so; else empty. */
  id: string;
  endpointId: string;
  utteranceId: string;
}

/** Where the sessions of a run file are in its text. */
export interface RunOutline {
  /** Between the brackets of the list; null where the text has none. */
  list: Place | null;
  /** In the order of the text. */
  sessions: SessionPlace[];
}

const quote = 0x22;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** How deep the run's own properties are, and those of a session. */
const runDepth = 1;
const sessionDepth = 3;

/**
 * Finds the sessions of a run without parsing them, whatever the layout: linear in the text. In a
 * text that is not JSON it finds what it can.
 */
export function outlineRun(text: string): RunOutline {
  const scan = new Scan(text);
  scan.read(0, text.length);
  const { listStart, listEnd, sessions } = scan;
  if (listStart === null) return { list: null, sessions: [] };
  return { list: { offset: listStart, length: (listEnd ?? text.length) - listStart }, sessions };
}

/** A text and its outline. */
export interface OutlinedText extends RunOutline {
  text: string;
}

/**
 * As {@link outlineRun}, for a text that was changed: only what lies between the sessions that are
 * as they were is read again, so that megabytes can be outlined at every letter typed.
 */
export function outlineChanged(text: string, before: OutlinedText): RunOutline {
  return outlineBetween(text, before) ?? outlineRun(text);
}

/** Null where the change is not within the sessions. */
function outlineBetween(
  text: string,
  { text: old, list, sessions }: OutlinedText,
): RunOutline | null {
  if (!list) return null;
  const listEnd = list.offset + list.length;
  const moved = text.length - old.length;
  const isSame = (from: number, to: number, by: number): boolean =>
    // Not startsWith, which compares letter by letter once it is compiled.
    text.slice(from + by, to + by) === old.slice(from, to);
  if (!isSame(0, list.offset, 0) || !isSame(listEnd, old.length, moved)) return null;
  let from = list.offset;
  let kept = 0;
  for (; kept < sessions.length && isSame(from, endOf(sessions[kept]!), 0); kept++) {
    from = endOf(sessions[kept]!);
  }
  let to = listEnd;
  let behind = sessions.length;
  for (; behind > kept && isSame(sessions[behind - 1]!.offset, to, moved); behind--) {
    to = sessions[behind - 1]!.offset;
  }
  const scan = new Scan(text, from);
  scan.read(from, to + moved);
  if (!scan.isBetweenSessions(to + moved)) return null;
  const later = sessions.slice(behind);
  return {
    list: { offset: list.offset, length: list.length + moved },
    sessions: [
      ...sessions.slice(0, kept),
      ...scan.sessions,
      ...later.map((place) => ({ ...place, offset: place.offset + moved })),
    ],
  };
}

function endOf({ offset, length }: Place): number {
  return offset + length;
}

class Scan {
  readonly sessions: SessionPlace[] = [];
  listStart: number | null = null;
  listEnd: number | null = null;
  readonly #text: string;
  #depth = 0;
  /** What was read ends here. */
  #at = 0;
  #key = '';
  #open: SessionPlace | null = null;

  /** @param within a place between two sessions to start from, instead of the text's start */
  constructor(text: string, within: number | null = null) {
    this.#text = text;
    if (within === null) return;
    this.listStart = within;
    this.#depth = runDepth + 1;
  }

  /** Whether others may follow the sessions that were read. */
  isBetweenSessions(at: number): boolean {
    return this.#at === at && this.#depth === runDepth + 1;
  }

  read(from: number, to: number): void {
    const text = this.#text;
    let at = from;
    for (; at < to && this.listEnd === null; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) at = this.#string(at);
      else if (code === openBrace || code === openBracket) this.#opens(at, code);
      else if (code === closeBrace || code === closeBracket) this.#closes(at);
    }
    this.#at = at;
  }

  #opens(at: number, code: number): void {
    this.#depth += 1;
    if (this.listStart === null) {
      const isList = code === openBracket && this.#depth === runDepth + 1;
      if (isList && this.#key === 'sessions') this.listStart = at + 1;
    } else if (this.#depth === sessionDepth && code === openBrace) {
      this.#open = { offset: at, length: 0, id: '', endpointId: '', utteranceId: '' };
    }
  }

  #closes(at: number): void {
    if (this.#open && this.#depth === sessionDepth) {
      this.sessions.push({ ...this.#open, length: at + 1 - this.#open.offset });
      this.#open = null;
    }
    this.#depth -= 1;
    if (this.listStart !== null && this.#depth === runDepth) this.listEnd = at;
  }

  /** Takes the string that starts at a place, and gives its last. */
  #string(start: number): number {
    const end = stringEnd(this.#text, start);
    const isOfRun = this.#depth === runDepth && this.listStart === null;
    const isOfSession = this.#depth === sessionDepth && this.#open !== null;
    if (isOfRun || isOfSession) this.#take(start, end);
    return end;
  }

  #take(start: number, end: number): void {
    if (isKey(this.#text, end)) {
      this.#key = this.#text.slice(start + 1, end);
      return;
    }
    const key = this.#key;
    if (!this.#open || (key !== 'id' && key !== 'endpointId' && key !== 'utteranceId')) return;
    this.#open[key] = unescaped(this.#text.slice(start, end + 1));
  }
}

/** Where a string's closing quote is; the text's end where it has none. */
function stringEnd(text: string, start: number): number {
  let end = start;
  do {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
  } while (isEscaped(text, end));
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charCodeAt(before - 1) === backslash) before -= 1;
  return (at - before) % 2 === 1;
}

function isKey(text: string, end: number): boolean {
  let at = end + 1;
  while (text.charCodeAt(at) <= 0x20) at += 1;
  return text.charCodeAt(at) === colon;
}

function unescaped(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch {
    return written.slice(1, -1);
  }
}
