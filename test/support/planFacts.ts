import type { DatasetAmount, PlanFacts, PlanResult } from '../../src/lsp/plan/planFacts.ts';
import type { FileSummary } from '../../src/runfile/summarySchema.ts';

/** Facts for tests of what is said of plans. */
export function planFacts(changes: Partial<PlanFacts> = {}): PlanFacts {
  return {
    endpoints: [{ name: 'local', dialect: 'vosk', url: 'ws://localhost:2700' }],
    datasets: new Map([['speech', speech()]]),
    recordings: new Map(),
    results: [],
    ...changes,
  };
}

/** A dataset of twelve short files. */
export function speech(changes: Partial<DatasetAmount> = {}): DatasetAmount {
  return {
    kind: 'usable',
    file: '/plans/speech/manifest.jsonl',
    utterances: 12,
    withReference: 12,
    withWordTimes: 12,
    problems: [],
    problemCount: 0,
    formats: [{ format: 'wav', sampleRateHz: 16_000, channels: 1, files: 12 }],
    durationMs: 65_000,
    ...changes,
  };
}

interface ResultChanges {
  startedAtMs?: number;
  ttftP95?: number | null;
  wer?: number;
  endpoint?: string;
}

/** A saved run of one endpoint with one percentile and one rate. */
export function planResult(
  title: string,
  { startedAtMs = 0, ttftP95 = 900, wer = 0.05, endpoint = 'local' }: ResultChanges = {},
): PlanResult {
  const percentile = { value: ttftP95, enough: true, low: null, high: null };
  const summary = {
    endpoint,
    metrics: { ttft: { p50: percentile, p95: percentile } },
    pooled: {},
    flags: {},
    run: {},
    text: [{ headline: 'wer', rates: { wer } }],
  };
  const file = `/plans/benchmarks/${title}-${startedAtMs}.rtbench.json`;
  return { file, title, seriesOf: null, startedAtMs, summary: [summary as unknown as FileSummary] };
}
