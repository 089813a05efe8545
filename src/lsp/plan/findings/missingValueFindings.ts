import { dialectFacts } from '../../../dialects/dialectFacts.ts';
import { dialectList, type DialectId } from '../../../dialects/dialectList.ts';
import type { MetricDefinition } from '../../../metrics/registry/metricDefinition.ts';
import type { Finding, Fix } from '../../remarks/finding.ts';
import { pacingMode, type DatasetEntry, type PlanDocument } from '../planDocument.ts';
import type { DatasetAmount, PlanFacts } from '../planFacts.ts';
import { dialectOf } from '../planEndpoints.ts';
import { metricOf } from '../../../metrics/registry/metricRegistry.ts';
import { isOfSessions } from '../../../metrics/sessionLimit.ts';
import { removalOf } from '../removal.ts';
import { pacingEdit } from '../settingEdit.ts';
import type { Word } from '../writtenThreshold.ts';

/** Metrics of how shown text is taken back, which needs a protocol that can do so. */
const revisionMetric = /^(normalized_erasure|revision_|edit_overhead|stable_prefix)/;

/** Thresholds that no run of the plan can meet, because their figure has no value then. */
export function missingValueFindings(document: PlanDocument, facts: PlanFacts): Finding[] {
  return document.thresholds.flatMap(({ part, metric }) => {
    const definition = metric && metricOf(metric.text);
    if (!definition) return [];
    // With its quotes.
    const whole = { offset: part.offset - 1, length: part.length + 2 };
    const edits = [removalOf(document.text, whole)];
    const subject = { metric, definition, removal: { title: 'Remove the Threshold', edits } };
    return [
      ...pacingFinding(document, subject),
      ...thresholdsFinding(document, subject),
      ...datasetFindings(document, facts, subject),
      ...dialectFindings(document, facts, subject),
    ];
  });
}

interface Subject {
  metric: Word;
  definition: MetricDefinition;
  removal: Fix;
}

function pacingFinding(document: PlanDocument, subject: Subject): Finding[] {
  const { definition } = subject;
  const isBurst = pacingMode(document) === 'burst';
  const { requires } = definition;
  if (requires.includes('burst') && !isBurst) {
    const reason = 'is measured in burst pacing only: set "pacing" to mode "burst"';
    const fix = { title: 'Set the Pacing to "burst"', edits: pacingEdit(document, 'burst') };
    return [missing(subject, reason, fix)];
  }
  const needsPace = requires.includes('paced') || requires.includes('audio_clock');
  if (!needsPace || !isBurst) return [];
  const reason = 'has no value in burst pacing, which does not send at the pace of speech';
  const fix = { title: 'Set the Pacing to "capture"', edits: pacingEdit(document, 'capture') };
  return [missing(subject, reason, fix)];
}

/** Goodput counts sessions by the other thresholds of the plan. */
function thresholdsFinding({ thresholds }: PlanDocument, subject: Subject): Finding[] {
  if (!subject.definition.requires.includes('thresholds')) return [];
  if (thresholds.some(({ metric }) => metric && isOfSessions(metric.text))) return [];
  const reason = 'needs thresholds on metrics of sessions, for example "ttft.p95 <= 1 s"';
  return [missing(subject, reason)];
}

function datasetFindings(document: PlanDocument, facts: PlanFacts, subject: Subject): Finding[] {
  const { definition } = subject;
  const needed = [
    { requirement: 'reference', what: 'reference texts', count: 'withReference' },
    { requirement: 'word_times', what: 'times of its words', count: 'withWordTimes' },
  ] as const;
  const lacking = needed.find(
    ({ requirement, count }) =>
      definition.requires.includes(requirement) &&
      usable(document.datasets, facts).some(({ amount }) => amount[count] === 0),
  );
  if (!lacking) return [];
  const without = usable(document.datasets, facts).find(
    ({ amount }) => amount[lacking.count] === 0,
  );
  const name = `"${without?.entry.path.value ?? ''}"`;
  return [missing(subject, `needs ${lacking.what}, of which the dataset ${name} has none`)];
}

function usable(
  datasets: readonly DatasetEntry[],
  facts: PlanFacts,
): { entry: DatasetEntry; amount: DatasetAmount }[] {
  return datasets.flatMap((entry) => {
    const amount = facts.datasets.get(entry.path.value);
    return amount?.kind === 'usable' ? [{ entry, amount }] : [];
  });
}

function dialectFindings(document: PlanDocument, facts: PlanFacts, subject: Subject): Finding[] {
  for (const endpoint of document.endpoints) {
    const dialect = dialectOf(endpoint, facts.endpoints);
    const reason = dialect && reasonAgainst(dialect, subject);
    if (reason) return [missing(subject, reason)];
  }
  return [];
}

/** Why a protocol cannot have a metric; null where it can. */
function reasonAgainst(dialect: DialectId, { metric, definition }: Subject): string | null {
  const { textModel, commits } = dialectFacts[dialect];
  const label = dialectList.find(({ id }) => id === dialect)?.label ?? dialect;
  if (metric.text === 'ttft_commit' && !commits.includes('start')) {
    return `has no value with ${label}, which sends no commit that starts generation`;
  }
  if (definition.requires.includes('commit') && commits.length === 0) {
    return `has no value with ${label}, which sends no commit`;
  }
  if (textModel.startsWith('append') && revisionMetric.test(metric.text)) {
    return `says nothing about ${label}, which never takes back what it has shown`;
  }
  return null;
}

function missing({ metric, removal }: Subject, reason: string, fix?: Fix): Finding {
  const { offset, length, text } = metric;
  const message = `"${text}" ${reason}.`;
  const fixes = fix ? [fix, removal] : [removal];
  return { offset, length, severity: 'warning', code: 'threshold-no-value', message, fixes };
}
