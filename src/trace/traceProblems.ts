import type { SessionTrace } from './sessionTrace.ts';

/** Something in a trace that no session can have done, so that its figures mean nothing. */
export interface TraceProblem {
  part: 'connection' | 'audio' | 'chunks' | 'controls' | 'received';
  /** Place in that part; null for all of it. */
  index: number | null;
  message: string;
}

/** What contradicts itself in a trace: empty for every trace that was recorded. */
export function traceProblems(trace: SessionTrace): TraceProblem[] {
  const { chunks, controls, received } = trace;
  return [
    ...connectionProblems(trace),
    ...backwards('chunks', 'This chunk was sent', times(chunks, 'sentUs')),
    ...backwards('controls', 'This message was sent', times(controls, 'sentUs')),
    ...backwards('received', 'This message arrived', times(received, 'atUs')),
    ...audioProblems(trace),
    ...endProblems(trace),
  ];
}

function times<Key extends string>(
  events: readonly Readonly<Record<Key, number>>[],
  key: Key,
): number[] {
  return events.map((event) => event[key]);
}

function backwards(
  part: 'chunks' | 'controls' | 'received',
  what: string,
  atUs: readonly number[],
): TraceProblem[] {
  return atUs.flatMap((at, index) => {
    const before = atUs[index - 1];
    if (before === undefined || at >= before) return [];
    return [{ part, index, message: `${what} ${before - at} µs before the one it follows.` }];
  });
}

function connectionProblems({ connection }: SessionTrace): TraceProblem[] {
  const { startUs, openUs, readyUs, closeUs } = connection;
  const known = [startUs, openUs, readyUs, closeUs].filter((step) => step !== null);
  const isAscending = known.every((step, at) => step >= (known[at - 1] ?? -Infinity));
  if (isAscending) return [];
  const message = 'The connection was not opened, ready and closed in this order.';
  return [{ part: 'connection', index: null, message }];
}

function audioProblems({ audio, chunks }: SessionTrace): TraceProblem[] {
  const sent = chunks.at(-1)?.endSample ?? 0;
  if (sent <= audio.totalSamples) return [];
  const message = `${sent} samples were sent of audio that has ${audio.totalSamples}.`;
  return [{ part: 'audio', index: null, message }];
}

/** A session that did not fail sent all of its audio and was told that its text is complete. */
function endProblems({ audio, chunks, received, failure }: SessionTrace): TraceProblem[] {
  if (failure) return [];
  const problems: TraceProblem[] = [];
  const sent = chunks.at(-1)?.endSample ?? 0;
  if (sent < audio.totalSamples) {
    const message = `Only ${sent} of ${audio.totalSamples} samples were sent, but no failure is recorded.`;
    problems.push({ part: 'audio', index: null, message });
  }
  const isDone = received.some(({ events }) => events.some(({ type }) => type === 'done'));
  if (!isDone) {
    const message = 'No message ended the text, but no failure is recorded.';
    problems.push({ part: 'received', index: null, message });
  }
  return problems;
}
