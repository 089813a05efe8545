import type { Comparison, MetricComparison, PairComparison } from '../comparison/comparison.ts';
import { csvCell } from './csvCell.ts';

interface Row {
  comparison: Comparison;
  pair: PairComparison;
  row: MetricComparison;
}

type Column = readonly [name: string, valueOf: (row: Row) => string | number | null];

const columns: readonly Column[] = [
  ['baseline', ({ comparison, pair }) => comparison.runs[pair.a.run]!.title],
  ['candidate', ({ comparison, pair }) => comparison.runs[pair.b.run]!.title],
  ['endpoint_a', ({ pair }) => pair.a.endpoint],
  ['endpoint_b', ({ pair }) => pair.b.endpoint],
  ['family', ({ row }) => row.family],
  ['metric', ({ row }) => row.key],
  ['label', ({ row }) => row.label],
  ['unit', ({ row }) => row.unit],
  ['design', ({ pair }) => pair.pairing.design],
  ['n_a', ({ row }) => row.n.a],
  ['n_b', ({ row }) => row.n.b],
  ['a', ({ row }) => row.change?.a ?? null],
  ['b', ({ row }) => row.change?.b ?? null],
  ['delta', ({ row }) => row.change?.delta ?? null],
  ['delta_share', ({ row }) => row.change?.deltaShare ?? null],
  ['delta_low', ({ row }) => row.change?.interval?.low ?? null],
  ['delta_high', ({ row }) => row.change?.interval?.high ?? null],
  ['p95_a', ({ row }) => row.tail?.a ?? null],
  ['p95_b', ({ row }) => row.tail?.b ?? null],
  ['p95_delta', ({ row }) => row.tail?.delta ?? null],
  ['p95_delta_low', ({ row }) => row.tail?.interval?.low ?? null],
  ['p95_delta_high', ({ row }) => row.tail?.interval?.high ?? null],
  ['shift', ({ row }) => row.shift],
  ['cliffs_delta', ({ row }) => row.cliffsDelta?.value ?? null],
  ['test', ({ row }) => row.test?.name ?? null],
  ['p', ({ row }) => row.test?.p ?? null],
  ['p_holm', ({ row }) => row.test?.adjustedP ?? null],
  ['noise', ({ row }) => row.noise],
  ['verdict', ({ row }) => row.verdict],
  ['reason', ({ row }) => row.reason],
];

/**
 * One line per metric, endpoint and compared run, with a head line (RFC 4180). Times in the unit
 * that the line names, shares as ratios.
 */
export function csvReport(comparison: Comparison): string {
  const rows = comparison.pairs.flatMap((pair) =>
    pair.metrics.map((row): Row => ({ comparison, pair, row })),
  );
  const lines = [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, valueOf]) => valueOf(row))),
  ];
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}
