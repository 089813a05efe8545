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

/** A session of a document. Reading it costs milliseconds, so that it is done when it is asked for. */
export class SessionEntry {
  readonly place: SessionPlace;
  readonly text: string;
  readonly #head: RunHead;
  #findings: SessionFinding[] | null = null;
  #facts: SessionFacts | null | undefined;

  constructor(place: SessionPlace, text: string, head: RunHead) {
    this.place = place;
    this.text = text;
    this.#head = head;
  }

  get findings(): SessionFinding[] {
    return (this.#findings ??= sessionFindings(readSession(this.text, this.#head), this.#head));
  }

  /** Null where the text is no session. */
  get facts(): SessionFacts | null {
    if (this.#facts === undefined) this.#facts = readSessionFacts(this.text, this.#head);
    return this.#facts;
  }

  forgetFacts(): void {
    this.#facts = undefined;
  }

  /** The same session where it is in a later text. */
  movedTo(place: SessionPlace, text: string): SessionEntry {
    const moved = new SessionEntry(place, text, this.#head);
    moved.#findings = this.#findings;
    moved.#facts = this.#facts;
    return moved;
  }
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
  const known = isSameHead ? bySessionId(before.sessions) : new Map<string, SessionEntry>();
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

function bySessionId(sessions: readonly SessionEntry[]): ReadonlyMap<string, SessionEntry> {
  return new Map(sessions.map((entry) => [entry.place.id, entry]));
}

function entryAt(
  place: SessionPlace,
  text: string,
  head: RunHead,
  known: ReadonlyMap<string, SessionEntry>,
): SessionEntry {
  const own = text.slice(place.offset, place.offset + place.length);
  const entry = known.get(place.id);
  return entry?.text === own ? entry.movedTo(place, own) : new SessionEntry(place, own, head);
}
