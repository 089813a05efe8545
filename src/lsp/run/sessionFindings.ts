import { sessionTimeline } from '../../metrics/sessionTimeline.ts';
import { formatMetric } from '../../metrics/registry/formatMetric.ts';
import { metricOf } from '../../metrics/registry/metricRegistry.ts';
import { formatThreshold, type Threshold } from '../../plan/threshold.ts';
import { evaluateSession } from '../../runfile/evaluateRun.ts';
import type { FileSession } from '../../runfile/runSchema.ts';
import { sessionFigures } from '../../runfile/sessionToFile.ts';
import { timelineAxis } from '../../timeline/axis.ts';
import { duration } from '../../timeline/formatTime.ts';
import { stalls } from '../../timeline/stalls.ts';
import { traceProblems, type TraceProblem } from '../../trace/traceProblems.ts';
import { sanitiseText } from '../../transport/sanitiseText.ts';
import type { ReadSession, TracedSession } from './readSession.ts';
import type { RunHead } from './runHead.ts';
import { messagePath, type SessionFinding, type SessionPath } from './sessionFinding.ts';

/** What is wrong with a session, and what went wrong in it. */
export function sessionFindings(
  { file, traced, problems }: ReadSession,
  head: RunHead,
): SessionFinding[] {
  if (!file) return problems;
  return [
    ...problems,
    ...failureFindings(file),
    ...limitFindings(file, head.plan.thresholds),
    ...(traced ? [...brokenFindings(traced), ...stallFindings(traced)] : []),
    ...(traced && head.isOfThisSpec ? figureFindings(file, traced, head) : []),
  ];
}

function failureFindings({ trace }: FileSession): SessionFinding[] {
  if (!trace?.failure) return [];
  const message = `The session failed: ${sanitiseText(trace.failure.message)}`;
  const path = ['trace', 'failure', 'message'];
  return [{ path, severity: 'warning', code: 'session-failed', message }];
}

/** Figures that are worse than a threshold asks of a statistic of them. */
function limitFindings(
  { figures }: FileSession,
  thresholds: readonly Threshold[],
): SessionFinding[] {
  return thresholds.flatMap((threshold): SessionFinding[] => {
    const { metric, comparison, limit } = threshold;
    const definition = metricOf(metric);
    const value = figures.metrics[metric];
    if (definition?.level !== 'session' || typeof value !== 'number') return [];
    if (comparison === '<=' ? value <= limit : value >= limit) return [];
    const side = comparison === '<=' ? 'over' : 'under';
    const shown = formatMetric(definition, value);
    const message = `${definition.short} ${shown} is ${side} the limit of the run’s threshold ${formatThreshold(threshold)}.`;
    const path = ['figures', 'metrics', metric];
    return [{ path, severity: 'information', code: 'over-limit', message }];
  });
}

const partPaths: Readonly<Record<TraceProblem['part'], SessionPath>> = {
  connection: ['trace', 'connection'],
  audio: ['trace', 'audio'],
  chunks: ['trace', 'chunks', 'lateUs'],
  controls: ['trace', 'controls'],
  received: ['trace', 'received', 'atUs'],
};

function brokenFindings({ session }: TracedSession): SessionFinding[] {
  return traceProblems(session.trace).map(({ part, index, message }) => ({
    path: index === null ? partPaths[part].slice(0, 2) : [...partPaths[part], index],
    severity: 'error',
    code: 'trace-broken',
    message: `The trace is broken: ${message}`,
  }));
}

function stallFindings({ session, utterance }: TracedSession): SessionFinding[] {
  const { trace } = session;
  const axis = timelineAxis(trace);
  return stalls(sessionTimeline(trace, utterance), axis).map(({ startMs, endMs }) => {
    // Where speech ends before the next text comes, so does the stall.
    const next = trace.received.findIndex(({ atUs }) => axis.toMs(atUs) >= endMs);
    const length = duration((endMs - startMs) / (axis.speed ?? 1));
    return {
      path: next < 0 ? ['trace', 'received'] : messagePath(next),
      severity: 'warning',
      code: 'stall',
      message: `Stall: no text for ${length} ${next < 0 ? 'at the end' : 'before this'}.`,
    };
  });
}

/** Stored figures that are not those of the trace, which is the truth. */
function figureFindings(
  { figures }: FileSession,
  { session, utterance }: TracedSession,
  head: RunHead,
): SessionFinding[] {
  const profile = head.profileOf(utterance);
  if (profile === null) return [];
  const own = sessionFigures(evaluateSession(session, utterance, profile));
  const findings: SessionFinding[] = [];
  const differs = (path: SessionPath, given: string): void => {
    const message = `Not what the trace gives: ${given}.`;
    findings.push({ path, severity: 'warning', code: 'figures-differ', message });
  };
  for (const id of new Set([...Object.keys(own.metrics), ...Object.keys(figures.metrics)])) {
    const definition = metricOf(id);
    // A metric that another version added or left out differs from nothing.
    if (!definition || !head.metricIds.has(id)) continue;
    const value = own.metrics[id];
    if (value === figures.metrics[id]) continue;
    const given = value === undefined ? 'no value' : String(value);
    differs(['figures', 'metrics', id], `${definition.short}: ${given}`);
  }
  if (own.status !== figures.status) differs(['figures', 'status'], own.status);
  if (own.text !== figures.text) differs(['figures', 'text'], 'another text');
  if (own.words?.wer !== figures.words?.wer) {
    differs(['figures', 'words', 'wer'], String(own.words?.wer ?? 'no value'));
  }
  return findings;
}
