import { formatDuration } from '../common/formatDuration.ts';
import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import { exactLoadText } from '../plan/loadText.ts';
import { seriesText } from '../plan/seriesText.ts';
import { formatThreshold } from '../plan/threshold.ts';
import type { ThresholdResult } from '../runfile/checkThresholds.ts';
import { errorCounts } from '../runfile/errorCounts.ts';
import { proxyFact } from '../runfile/proxyFact.ts';
import type { Environment, Run } from '../runfile/run.ts';
import type { RunReport } from '../runfile/runReport.ts';
import { unscoredBecause } from '../metrics/text/unknownProfile.ts';
import { goodputText, saturationText } from '../runfile/loadFigures.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';
import { formatPercent } from '../common/formatPercent.ts';
import { shownMetrics } from '../report/shownMetrics.ts';
import { textTable } from './textTable.ts';

type Distribution = FileSummary['metrics'][string];

/** A run for people to read in a terminal. */
export function reportText(report: RunReport): string {
  const { run, warnings } = report;
  const blocks = [
    headText(report),
    ...report.summary.map((summary) => endpointText(summary, run.plan)),
  ];
  if (run.sessions.length === 0 && report.sessions.length === 0)
    blocks.push('No session has ended.');
  if (warnings.length > 0) blocks.push(warnings.map((warning) => `! ${warning}`).join('\n'));
  return blocks.join('\n\n');
}

/** One line per threshold: met or missed, and by what figure. */
export function thresholdText(results: readonly ThresholdResult[]): string {
  return results
    .map(({ threshold, endpoint, value, met }) => {
      const found = value === null ? 'no value' : String(Math.round(value * 10_000) / 10_000);
      return `${met ? 'met   ' : 'MISSED'}  ${formatThreshold(threshold)}  (${endpoint}: ${found})`;
    })
    .join('\n');
}

function headText({ run }: RunReport): string {
  const { info, plan, utterances, environment } = run;
  const audioMs = utterances.reduce((sum, utterance) => sum + utterance.durationMs, 0);
  const { mode, speed, chunkMs } = plan.pacing;
  const rows = [
    ['Run', `${info.title}, ${info.startedAt}, took ${formatDuration(info.durationUs / 1000)}`],
    ...run.endpoints.map(({ id, url, model, metadata }) => {
      const facts = Object.entries(metadata)
        .filter(([name]) => !['model', 'modelSha256', 'language'].includes(name))
        .map(([name, value]) => `${name} ${value}`);
      const address = url === id ? '' : url;
      return ['Endpoint', [id, address, model ?? '', ...facts].filter(Boolean).join(', ')];
    }),
    [
      'Dataset',
      `${run.dataset.name}: ${utterances.length} utterances, ${formatDuration(audioMs)} of audio`,
    ],
    [
      'Pacing',
      `${mode}${mode === 'burst' ? '' : ` at ${speed}× real time`}, chunks of ${chunkMs} ms, ` +
        exactLoadText(plan.load),
    ],
    ...(info.series ? [['Series', seriesText(info.series)]] : []),
    ...proxyRows(run),
    [
      'Machine',
      `${environment.cpuCores} × ${environment.cpuModel}; event loop ${latenessText(environment)}`,
    ],
  ];
  return rows.map(([name, text]) => `${name!.padEnd(9)} ${text}`).join('\n');
}

function proxyRows(run: Run): string[][] {
  const proxy = proxyFact(run);
  return proxy === null ? [] : [['Proxy', proxy]];
}

function latenessText({ clock }: Environment): string {
  return clock ? `late by p99 ${(clock.eventLoopDelayP99Us / 1000).toFixed(1)} ms` : 'not watched';
}

function endpointText(summary: FileSummary, plan: Run['plan']): string {
  const rows = shownMetrics(plan.load).flatMap((id) => {
    const distribution = summary.metrics[id] ?? summary.pooled[id]?.pooled;
    return distribution && distribution.n > 0 ? [metricRow(id, distribution)] : [];
  });
  const lines = [`${summary.endpoint}: ${sessionsText(summary)}`];
  if (rows.length > 0) {
    lines.push('', textTable(['metric', 'unit', 'p50', 'p90', 'p95', 'p99', 'max', 'n'], rows));
    if (rows.some((row) => row.some((cell) => cell.endsWith('*')))) {
      lines.push('* too few values for a 95 % interval');
    }
  }
  lines.push('', ...textQuality(summary, plan), ...loadLines(summary));
  return lines.join('\n');
}

function sessionsText(summary: FileSummary): string {
  const { sessions, failures, pacingQuality } = summary;
  const statuses = Object.entries(sessions)
    .filter(([status, count]) => status !== 'total' && count > 0)
    .map(([status, count]) => `${count} ${status}`);
  const reasons = failures.map(({ reason, count }) => `${reason} ${count}`).join(', ');
  const parts = [
    `${sessions.total ?? 0} sessions: ${statuses.join(', ') || 'none'}${reasons && ` (${reasons})`}`,
    rateText('error rate', summary.errorRate),
    rateText('broke off', summary.partialRate),
    pacingQuality === null ? '' : `pacing ${pacingQuality}`,
  ];
  return parts.filter(Boolean).join('; ');
}

/** Nothing where nothing happened. */
function rateText(name: string, { value, low, high }: FileSummary['errorRate']): string {
  if (value === null || value === 0) return '';
  return `${name} ${formatPercent(value)} (95 % ${formatPercent(low!)}–${formatPercent(high!)})`;
}

function metricRow(id: MetricId, distribution: Distribution): string[] {
  const { short, label, unit, decimals } = metricRegistry[id];
  const digits = unit === 'ms' && (distribution.max ?? 0) < 10 ? 2 : decimals;
  const name = short === label ? label : `${label} (${short})`;
  const number = (value: number | null) => (value === null ? '–' : value.toFixed(digits));
  const percentiles = [distribution.p50, distribution.p90, distribution.p95, distribution.p99].map(
    ({ value, enough }) => `${number(value)}${enough ? '' : '*'}`,
  );
  return [name, unit, ...percentiles, number(distribution.max), String(distribution.n)];
}

function textQuality({ text }: FileSummary, plan: Run['plan']): string[] {
  if (text.length === 0) return [`WER       –  (${unscoredBecause(plan)})`];
  return text.map((quality) => {
    const { headline, rates, utterances, profileId, hallucinatedWords } = quality;
    const rate = rates[headline] ?? null;
    const value = rate === null ? '–' : formatPercent(rate);
    const invented = hallucinatedWords > 0 ? `, ${hallucinatedWords} words in silence` : '';
    const { short } = metricRegistry[headline];
    return (
      `${short.padEnd(9)} ${value}  (${errorCounts(quality)} in ${utterances} utterances` +
      `${invented}; ${profileId})`
    );
  });
}

function loadLines(summary: FileSummary): string[] {
  const { audio_throughput: throughput, concurrency_mean: concurrency } = summary.run;
  const isKnown = typeof throughput === 'number' && typeof concurrency === 'number';
  const load = isKnown
    ? `${throughput.toFixed(2)} s of audio per second, ${concurrency.toFixed(2)} sessions at once on average`
    : null;
  const saturation = saturationText(summary);
  const parts = [load, saturation].filter((part) => part !== null);
  const goodput = goodputText(summary);
  return [
    ...(parts.length === 0 ? [] : [`Load      ${parts.join('; ')}`]),
    ...(goodput === null ? [] : [`Goodput   ${goodput}`]),
  ];
}
