import { elapsedOnAxisMs } from './axis.ts';
import type { TimelineSession } from './timelineSession.ts';

/** Something worth jumping to. */
export interface TimelineProblem {
  kind: 'stall' | 'error' | 'failure' | 'word' | 'revision';
  /** Milliseconds on the axis. */
  atMs: number;
  /** What it is, in a few words; holds text from the server. */
  text: string;
}

/** Revisions of fewer words are how revisable partials work. */
const leastRevisedWords = 2;
const mostRevisions = 10;

/** The problems of a session by time. */
export function problems(session: TimelineSession): TimelineProblem[] {
  return [
    ...stallProblems(session),
    ...eventProblems(session),
    ...referenceProblems(session),
    ...insertedWords(session),
    ...revisionProblems(session),
  ].sort((a, b) => a.atMs - b.atMs);
}

function stallProblems(session: TimelineSession): TimelineProblem[] {
  return session.stalls.map(({ startMs, endMs }) => ({
    kind: 'stall',
    atMs: startMs,
    text: `No text for ${(elapsedOnAxisMs(session, startMs, endMs) / 1000).toFixed(2)} s`,
  }));
}

function eventProblems({ events }: TimelineSession): TimelineProblem[] {
  return events.flatMap(({ kind, atMs, label }) =>
    kind === 'error' || kind === 'failure' ? [{ kind, atMs, text: label }] : [],
  );
}

function referenceProblems({ referenceWords }: TimelineSession): TimelineProblem[] {
  return (referenceWords ?? []).flatMap(({ operation, startMs, text, shownAs }) => {
    if (operation === 'delete') {
      return [{ kind: 'word', atMs: startMs, text: `Missing word “${text}”` }];
    }
    if (operation !== 'substitute') return [];
    const instead = shownAs === null ? '' : `, shown as “${shownAs}”`;
    return [{ kind: 'word', atMs: startMs, text: `Wrong word “${text}”${instead}` }];
  });
}

/** Words too many, where they were shown; wrong words too where the reference has no times. */
function insertedWords({ words, referenceWords }: TimelineSession): TimelineProblem[] {
  return words.flatMap(({ operation, text, firstMs }) => {
    if (operation === 'insert') {
      return [{ kind: 'word', atMs: firstMs, text: `Word too many “${text}”` }];
    }
    const isUnplaced = operation === 'substitute' && referenceWords === null;
    return isUnplaced ? [{ kind: 'word', atMs: firstMs, text: `Wrong word “${text}”` }] : [];
  });
}

/** The largest, the earlier first among equals. */
function revisionProblems({ deltas }: TimelineSession): TimelineProblem[] {
  const places: number[] = [];
  deltas.erasedWords.forEach((words, delta) => {
    if (words >= leastRevisedWords) places.push(delta);
  });
  return places
    .sort((a, b) => deltas.erasedWords[b]! - deltas.erasedWords[a]!)
    .slice(0, mostRevisions)
    .map((delta) => ({
      kind: 'revision',
      atMs: deltas.atMs[delta]!,
      text: `${deltas.erasedWords[delta]!} words taken back`,
    }));
}
