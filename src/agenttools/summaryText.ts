import { formatDuration } from '../common/formatDuration.ts';
import { formatPercent } from '../common/formatPercent.ts';
import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import { unknownProfileProblem, unscoredBecause } from '../metrics/text/unknownProfile.ts';
import { loadText } from '../plan/loadText.ts';
import { seriesText } from '../plan/seriesText.ts';
import { shownMetrics } from '../report/shownMetrics.ts';
import { goodputText, saturationText } from '../runfile/loadFigures.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';
import type { RunPlace } from './agentWorkspace.ts';
import { dataNotice, pipeTable, plainText } from './plainText.ts';
import type { RunHead } from './runHead.ts';
import { verdictLines, verdictsOf, verdictText } from './verdictText.ts';

type Distribution = FileSummary['metrics'][string];

/** The figures of a run for an agent. */
export function summaryText(head: RunHead, place: RunPlace): string {
  const verdicts = verdictsOf(head);
  const judged = verdicts.length === 0 ? [] : [verdictText(verdicts), ...verdictLines(verdicts)];
  return [...summaryLines(head, place), ...judged, dataNotice].join('\n');
}

/** The same without verdicts, which stand elsewhere where several runs are told of. */
export function summaryLines(head: RunHead, { label, uri }: RunPlace): string[] {
  return [
    `Run file: ${label} (${uri})`,
    ...factLines(head),
    ...warningLines(head),
    ...head.summary.flatMap((summary) => endpointLines(summary, head.plan)),
  ];
}

function factLines({ run, plan, dataset, endpoints }: RunHead): string[] {
  const { mode, speed, chunkMs } = plan.pacing;
  const pace = mode === 'burst' ? mode : `${mode} at ${speed} × real time`;
  const repeats = plan.repeats === 1 ? '' : `, each utterance ${plan.repeats} times`;
  return [
    `Title: ${plainText(run.title)}. Started ${plainText(run.startedAt)}, took ` +
      `${formatDuration(run.durationUs / 1000)} (min:s).`,
    `Dataset: ${plainText(dataset.name)}. Sent: ${pace}, chunks of ${chunkMs} ms, ` +
      `${loadText(plan.load)}${repeats}.`,
    ...(run.series ? [`Series: ${plainText(seriesText(run.series))}.`] : []),
    ...endpoints.map(
      ({ id, url, model }) =>
        `Endpoint: ${plainText(id)}, ${plainText(url)}, model ${plainText(model ?? 'not known')}.`,
    ),
  ];
}

function warningLines({ run, plan, dataset }: RunHead): string[] {
  const partial =
    run.partialBecause === null
      ? []
      : [`! The run is not complete (${run.partialBecause}); ${run.plannedSessions} were planned.`];
  const problems = dataset.problems.slice(0, 3).map(({ message }) => {
    return `! Dataset: ${plainText(message, 200)}`;
  });
  const unknown = unknownProfileProblem(plan);
  const profile = unknown === null ? [] : [`! ${plainText(unknown, 600)}`];
  return [...partial, ...profile, ...problems];
}

function endpointLines(summary: FileSummary, plan: RunHead['plan']): string[] {
  const rows = shownMetrics(plan.load).flatMap((id) => {
    const distribution = summary.metrics[id] ?? summary.pooled[id]?.pooled;
    return distribution && distribution.n > 0 ? [metricRow(id, distribution)] : [];
  });
  const table =
    rows.length === 0
      ? []
      : [pipeTable(['metric', 'unit', 'p50', 'p90', 'p95', 'p99', 'max', 'n'], rows)];
  return [
    '',
    `${plainText(summary.endpoint)}: ${sessionsText(summary)}`,
    ...textQualityLines(summary, plan),
    ...loadLines(summary),
    ...table,
  ];
}

function sessionsText({ sessions, failures, pacingQuality }: FileSummary): string {
  const statuses = Object.entries(sessions)
    .filter(([status, count]) => status !== 'total' && count > 0)
    .map(([status, count]) => `${count} ${plainText(status)}`);
  const reasons = failures.map(({ reason, count }) => `${plainText(reason)} ${count}`).join(', ');
  const pacing = pacingQuality === null ? '' : `; pacing ${pacingQuality}`;
  return `${sessions.total ?? 0} sessions: ${statuses.join(', ') || 'none'}${reasons && ` (${reasons})`}${pacing}`;
}

function textQualityLines({ text }: FileSummary, plan: RunHead['plan']): string[] {
  if (text.length === 0) return [`WER: none, ${unscoredBecause(plan)}.`];
  return text.map(({ headline, rates, utterances, profileId }) => {
    const rate = rates[headline] ?? null;
    const value = rate === null ? 'none' : formatPercent(rate);
    return `${metricRegistry[headline].short}: ${value} over ${utterances} utterances (${plainText(profileId)}).`;
  });
}

function loadLines(summary: FileSummary): string[] {
  const goodput = goodputText(summary);
  const saturation = saturationText(summary);
  return [
    ...(goodput === null ? [] : [`Goodput: ${goodput}.`]),
    ...(saturation === null ? [] : [`! The server was ${saturation}.`]),
  ];
}

function metricRow(id: MetricId, distribution: Distribution): string[] {
  const { short, label, unit, decimals } = metricRegistry[id];
  const digits = unit === 'ms' && (distribution.max ?? 0) < 10 ? 2 : decimals;
  const number = (value: number | null): string => (value === null ? '–' : value.toFixed(digits));
  const { p50, p90, p95, p99, max, n } = distribution;
  const percentiles = [p50, p90, p95, p99].map(
    ({ value, enough }) => `${number(value)}${enough ? '' : '*'}`,
  );
  const name = short === label ? label : `${label} (${short})`;
  return [name, unit, ...percentiles, number(max), String(n)];
}
