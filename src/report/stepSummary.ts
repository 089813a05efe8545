import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import { formatMetric } from '../metrics/registry/formatMetric.ts';
import { formatPercent } from '../common/formatPercent.ts';
import { formatThreshold } from '../plan/threshold.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';
import { markdownCode as code } from './escapeMarkdown.ts';
import type { JudgedRun } from './junitReport.ts';
import { thresholdFigure } from './thresholdFigure.ts';

const columns = [
  ['ttft', 'p50'],
  ['ttft', 'p95'],
  ['ttfs', 'p95'],
] as const;

/**
 * Runs as GitHub-flavoured Markdown: figures by endpoint, and how the thresholds fared.
 *
 * @param series what series of runs found out, in words
 */
export function stepSummary(runs: readonly JudgedRun[], series: readonly string[]): string {
  const found = series.map((text) => `> ${code(text)}`);
  return `${[...runs.flatMap(runBlocks), ...found].join('\n\n')}\n`;
}

function runBlocks({ report, thresholds }: JudgedRun): string[] {
  const { info } = report.run;
  const missed = thresholds.filter(({ met }) => !met).length;
  const verdict =
    thresholds.length === 0
      ? ''
      : missed === 0
        ? ': every threshold met'
        : `: ${missed} of ${thresholds.length} thresholds missed`;
  return [
    `## RTBench: ${code(info.title)}${verdict}`,
    table(
      [
        'Endpoint',
        'Sessions',
        ...columns.map(([id, at]) => `${metricRegistry[id].short} ${at}`),
        'WER',
      ],
      report.summary.map(endpointRow),
    ),
    ...(thresholds.length === 0
      ? []
      : [
          table(
            ['', 'Threshold', 'Endpoint', 'Limit', 'Measured'],
            thresholds.map((result) => [
              result.met ? '✅' : '❌',
              code(formatThreshold(result.threshold)),
              code(result.endpoint),
              `${result.threshold.comparison === '<=' ? '≤' : '≥'} ${thresholdFigure(result, result.threshold.limit)}`,
              thresholdFigure(result, result.value),
            ]),
          ),
        ]),
    ...report.warnings.map((warning) => `⚠ ${code(warning)}`),
  ];
}

function endpointRow(summary: FileSummary): string[] {
  const [text] = summary.text;
  const wer = text?.rates.wer ?? null;
  return [
    code(summary.endpoint),
    String(summary.sessions.total ?? 0),
    ...columns.map(([id, at]) => figure(id, summary.metrics[id]?.[at].value ?? null)),
    wer === null ? '–' : formatPercent(wer),
  ];
}

function figure(id: MetricId, value: number | null): string {
  return value === null ? '–' : formatMetric(metricRegistry[id], value);
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
