import type { Place } from '../remarks/place.ts';
import { headText, readRunHead, type RunHead } from './runHead.ts';
import { outlineChanged, outlineRun, type OutlinedText, type SessionPlace } from './runOutline.ts';
import { readSession } from './readSession.ts';
import { readSessionFacts, type SessionFacts } from './sessionFacts.ts';
import type { SessionFinding } from './sessionFinding.ts';
import { sessionFindings } from './sessionFindings.ts';

/** A run file's text, and what was found out about it so far. */
export interface RunDocument {
  text: string;
  /** Between the brackets of the sessions; null where the text has none. */
  list: Place | null;
  /** Null where the text is no run. */
  head: RunHead | null;
  headText: string;
  /** Why it is none. */
  problem: string | null;
  sessions: SessionEntry[];
}

/** A session of a document. */
export interface SessionEntry {
  place: SessionPlace;
  reading: SessionReading;
}

/**
 * What a session's text says, in whichever texts of the document it is. Reading it costs
 * milliseconds, so that it is done when it is asked for.
 */
export class SessionReading {
  /** The session's own. */
  text: string;
  readonly #head: RunHead;
  #findings: SessionFinding[] | null = null;
  #facts: SessionFacts | null | undefined;

  constructor(text: string, head: RunHead) {
    this.text = text;
    this.#head = head;
  }

  get findings(): SessionFinding[] {
    return (this.#findings ??= sessionFindings(readSession(this.text, this.#head), this.#head));
  }

  /** Null where the text is no session. */
  get facts(): SessionFacts | null {
    if (this.#facts === undefined) this.#facts = readSessionFacts(ownCopy(this.text), this.#head);
    return this.#facts;
  }

  forgetFacts(): void {
    this.#facts = undefined;
  }
}

/** Parts of a string keep all of it in memory: here, a whole document of an earlier version. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/**
 * Reads a run's text as far as every reader needs it.
 *
 * @param name of the file, for what is said of it
 * @param before what an earlier text said: of its sessions that are unchanged nothing is read again
 */
export function readRunDocument(
  text: string,
  name: string,
  before: RunDocument | null,
): RunDocument {
  const { list, sessions } = before ? outlineChanged(text, outlinedText(before)) : outlineRun(text);
  if (!list) {
    const { problem } = readRunHead(text, name);
    return { text, list, head: null, headText: text, problem, sessions: [] };
  }
  const ownHead = headText(text, list);
  const isSameHead = before !== null && before.headText === ownHead;
  const { head, problem } = isSameHead ? before : readRunHead(ownHead, name);
  const known = isSameHead ? bySessionId(before.sessions) : new Map<string, SessionReading>();
  return {
    text,
    list,
    head,
    headText: ownHead,
    problem,
    sessions: head ? sessions.map((place) => entryAt(place, text, head, known)) : [],
  };
}

function outlinedText({ text, list, sessions }: RunDocument): OutlinedText {
  return { text, list, sessions: sessions.map(({ place }) => place) };
}

function bySessionId(sessions: readonly SessionEntry[]): ReadonlyMap<string, SessionReading> {
  return new Map(sessions.map(({ place, reading }) => [place.id, reading]));
}

function entryAt(
  place: SessionPlace,
  text: string,
  head: RunHead,
  known: ReadonlyMap<string, SessionReading>,
): SessionEntry {
  const own = text.slice(place.offset, place.offset + place.length);
  const reading = known.get(place.id);
  if (reading?.text !== own) return { place, reading: new SessionReading(own, head) };
  // The same letters, but part of the present text instead of an earlier one.
  reading.text = own;
  return { place, reading };
}
