import { formatDuration } from '../../../common/formatDuration.ts';
import { dialectFacts } from '../../../dialects/dialectFacts.ts';
import { dialectList } from '../../../dialects/dialectList.ts';
import { bundledDataset } from '../../../planfile/bundledDataset.ts';
import type { Finding, Fix, Severity } from '../../remarks/finding.ts';
import type { DatasetEntry, PlanDocument } from '../planDocument.ts';
import { dialectOf } from '../planEndpoints.ts';
import type { DatasetAmount, PlanFacts } from '../planFacts.ts';

/** Datasets that cannot be used, and what to know of the others. */
export function datasetFindings(document: PlanDocument, facts: PlanFacts): Finding[] {
  return document.datasets.flatMap((entry) => {
    const fact = facts.datasets.get(entry.path.value);
    if (!fact) return [];
    if (fact.kind === 'unusable') return [unusable(entry, fact.reason)];
    return [
      ...problems(entry, fact),
      ...references(entry, fact),
      ...resampling(document, facts, entry, fact),
      ...limit(entry, fact),
    ];
  });
}

function unusable(entry: DatasetEntry, reason: string): Finding {
  const { offset, length } = entry.path;
  const bundled: Fix = {
    title: 'Change to the Speech That Comes with RTBench',
    edits: [{ offset, length, newText: bundledDataset }],
  };
  return { ...found(entry, 'error', 'dataset-unusable', reason), fixes: [bundled] };
}

function problems(entry: DatasetEntry, { problems, problemCount }: DatasetAmount): Finding[] {
  const [first, ...others] = problems;
  if (first === undefined) return [];
  const more = problemCount - 1 - others.length;
  const shown = [first, ...others].join('\n');
  const text = `${shown}${more > 0 ? `\nand ${more} more` : ''}`;
  return [found(entry, 'warning', 'dataset-problems', text)];
}

/** Utterances whose errors cannot be counted. */
function references(entry: DatasetEntry, { utterances, withReference }: DatasetAmount): Finding[] {
  const without = utterances - withReference;
  if (without === 0) return [];
  const message =
    withReference === 0
      ? 'There are no reference texts here, so that runs have no WER.'
      : `${without} of ${utterances} utterances have no reference text and do not count for WER.`;
  return [found(entry, 'information', 'dataset-no-reference', message)];
}

/** Endpoints whose protocol takes another rate than the audio has. */
function resampling(
  { endpoints }: PlanDocument,
  facts: PlanFacts,
  entry: DatasetEntry,
  { formats }: DatasetAmount,
): Finding[] {
  const ratesHz = new Set(formats.map(({ sampleRateHz }) => sampleRateHz));
  const takers = endpoints.flatMap((endpoint) => {
    const dialect = dialectOf(endpoint, facts.endpoints);
    // Options may ask for another rate.
    if (!dialect || endpoint.options) return [];
    const { sampleRateHz } = dialectFacts[dialect];
    return [...ratesHz].some((rateHz) => rateHz !== sampleRateHz)
      ? [{ dialect, sampleRateHz }]
      : [];
  });
  const [taker] = takers;
  if (!taker) return [];
  const from = [...ratesHz].filter((rateHz) => rateHz !== taker.sampleRateHz).map(kilohertz);
  const label = dialectList.find(({ id }) => id === taker.dialect)?.label ?? taker.dialect;
  const message =
    `Audio at ${from.join(', ')} is resampled to the ${kilohertz(taker.sampleRateHz)} ` +
    `that ${label} takes, before anything is measured.`;
  return [found(entry, 'information', 'dataset-resampled', message)];
}

function limit(entry: DatasetEntry, { utterances, durationMs }: DatasetAmount): Finding[] {
  if (entry.limit === null || entry.limit <= utterances) return [];
  const length = durationMs === null ? '' : ` (${formatDuration(durationMs)})`;
  const message = `The dataset has ${utterances} utterances${length}, fewer than the limit.`;
  return [{ ...found(entry, 'information', 'dataset-limit', message), fixes: limitFix(entry) }];
}

function limitFix({ node, path }: DatasetEntry): Fix[] {
  const { offset, length } = node;
  const newText = JSON.stringify(path.value);
  return [{ title: 'Remove the Limit', edits: [{ offset, length, newText }] }];
}

function kilohertz(rateHz: number): string {
  return `${rateHz / 1000} kHz`;
}

function found(entry: DatasetEntry, severity: Severity, code: string, message: string): Finding {
  const { offset, length } = entry.path;
  return { offset, length, severity, code, message, fixes: [] };
}
