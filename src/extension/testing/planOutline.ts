import { BenchError } from '../../common/benchError.ts';
import { readPlanDocument, type PlanDocument } from '../../lsp/plan/planDocument.ts';
import { exactLoadText } from '../../plan/loadText.ts';
import { placeOf } from '../../planfile/nodePlace.ts';
import type { PlanFile } from '../../planfile/planFileSchema.ts';
import { runTitles } from '../../planfile/runTitles.ts';
import { parseThreshold, type Threshold } from '../../plan/threshold.ts';
import { requireKnownMetrics } from '../../runfile/checkThresholds.ts';
import { sanitiseText } from '../../transport/sanitiseText.ts';
import { rangeIn, type TextRange } from './textPlace.ts';

/** A plan as tests. */
export type PlanOutline = UnreadablePlan | TestablePlan;

export interface UnreadablePlan {
  kind: 'unreadable';
  /** What is wrong, with its place. */
  problem: string;
  range: TextRange;
}

export interface TestablePlan {
  kind: 'plan';
  plan: PlanFile;
  range: TextRange;
  /** Another one where results are no longer this plan's. */
  conditions: string;
  thresholds: ThresholdOutline[];
  /** What each threshold is held against. */
  cells: Cell[];
}

export interface ThresholdOutline {
  /** Another one where results are no longer this threshold's. */
  id: string;
  label: string;
  range: TextRange;
  threshold: Threshold | null;
  /** Why it cannot be understood; null where it can. */
  problem: string | null;
}

/** An endpoint in one of a plan's runs. */
export interface Cell {
  id: string;
  label: string;
  /** Which of the plan's runs. */
  run: number;
  /** Of that run. */
  title: string;
  endpoint: string;
}

const longestLabel = 200;

/** What of a plan can pass or fail, and where it is written. Never throws. */
export function planOutline(text: string): PlanOutline {
  const document = readPlanDocument(text);
  const { plan, tree } = document;
  if (!plan || !tree) return unreadable(document);
  const { thresholds, ...conditions } = plan;
  const name = placeOf(tree, ['name']);
  return {
    kind: 'plan',
    plan,
    range: rangeIn(text, name.offset, name.length),
    conditions: JSON.stringify(conditions),
    thresholds: thresholds.length === 0 ? [] : thresholdsOf(document),
    cells: cellsOf(plan),
  };
}

function unreadable({ text, problems: [problem] }: PlanDocument): UnreadablePlan {
  const { offset, length, message } = problem ?? { offset: 0, length: 0, message: 'It is empty.' };
  const range = rangeIn(text, offset, length);
  const place = `line ${range.start.line + 1}, column ${range.start.character + 1}`;
  return {
    kind: 'unreadable',
    problem: `This plan cannot be read (${place}). ${sanitiseText(message)} Correct it to run it.`,
    range,
  };
}

function thresholdsOf({ text, thresholds }: PlanDocument): ThresholdOutline[] {
  const seen = new Map<string, number>();
  return thresholds.map(({ part }) => {
    const written = part.value.trim();
    const count = (seen.get(written) ?? 0) + 1;
    seen.set(written, count);
    return {
      id: count === 1 ? written : `${written} (${count})`,
      label: sanitiseText(written, longestLabel),
      range: rangeIn(text, part.offset, part.length),
      ...understood(written),
    };
  });
}

function understood(written: string): Pick<ThresholdOutline, 'threshold' | 'problem'> {
  try {
    const threshold = parseThreshold(written);
    requireKnownMetrics([threshold]);
    return { threshold, problem: null };
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    return { threshold: null, problem: error.message };
  }
}

/** Runs are in the order in which they are made. */
function cellsOf(plan: PlanFile): Cell[] {
  const titles = runTitles(plan);
  const endpoints = plan.endpoints.map((each) => (typeof each === 'string' ? each : each.id));
  const runs = plan.datasets.flatMap((dataset) =>
    plan.profiles.map((profile) => {
      const place = typeof dataset === 'string' ? dataset : dataset.path;
      return [
        ...(plan.datasets.length > 1 ? [place] : []),
        ...(plan.profiles.length > 1 ? [exactLoadText(profile)] : []),
      ];
    }),
  );
  const seen = new Map<string, number>();
  return runs.flatMap((where, run) =>
    endpoints.map((endpoint) => {
      const written = [endpoint, ...where].join(', ');
      const count = (seen.get(written) ?? 0) + 1;
      seen.set(written, count);
      const id = count === 1 ? written : `${written} (${count})`;
      const label = sanitiseText(id, longestLabel);
      return { id, label, run, title: titles[run]!, endpoint };
    }),
  );
}
