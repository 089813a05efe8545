import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { clockTime, duration } from '../../timeline/formatTime.ts';
import { sanitiseText } from '../../transport/sanitiseText.ts';
import type { Hint } from '../remarks/hint.ts';
import type { SessionFacts, SessionTimings } from './sessionFacts.ts';
import { messagePath } from './sessionFinding.ts';

/** A session's figures, behind its id. Offsets are within the session. */
export function sessionHint({ tree, file, timings }: SessionFacts): Hint[] {
  const id = findNodeAtLocation(tree, ['id']);
  if (!id) return [];
  const { status } = file.figures;
  const figures = timings?.timeline.figures ?? [];
  const said = [
    ...(status === 'success' ? [] : [status]),
    ...figures.map(({ label, value }) => `${label} ${value}`),
  ];
  const lines = figures.map(({ label, value, description }) => `${label} ${value}: ${description}`);
  const failure = timings?.timeline.failure ?? null;
  if (failure !== null) lines.unshift(sanitiseText(failure));
  if (!timings) said.push('no trace');
  if (said.length === 0) return [];
  return [{ offset: endOf(id), label: unbroken(said), tooltip: lines.join('\n') }];
}

/** When each message came, behind its text. Offsets are within the session. */
export function messageHints({ tree, timings }: SessionFacts): Hint[] {
  if (!timings) return [];
  const texts = findNodeAtLocation(tree, [...messagePath(0)].slice(0, -1))?.children ?? [];
  return timings.trace.received.flatMap((_, message) => {
    const node = texts[message];
    if (!node) return [];
    return [{ offset: endOf(node), ...messageHint(timings, message) }];
  });
}

function messageHint(timings: SessionTimings, message: number): Pick<Hint, 'label' | 'tooltip'> {
  const { axis, trace, deltas } = timings;
  const at = clockTime(axis.toMs(trace.received[message]!.atUs));
  const { gapMs = null, lagMs = null } = deltas.get(message) ?? {};
  const label = [
    at,
    ...(gapMs === null ? [] : [`+${duration(Math.round(gapMs))}`]),
    ...(lagMs === null ? [] : [`lag ${duration(Math.round(lagMs))}`]),
  ];
  const lines = [
    `Arrived at ${at} of the audio.`,
    ...(gapMs === null ? [] : [`${duration(gapMs)} after the text before.`]),
    ...(lagMs === null ? [] : [`${duration(lagMs)} after the end of the last word it completed.`]),
  ];
  return { label: unbroken(label), tooltip: lines.join('\n') };
}

/** Facts that stay on one line where editors wrap lines. */
function unbroken(facts: readonly string[]): string {
  return facts.join(' · ').replaceAll(' ', '\u00a0');
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}
