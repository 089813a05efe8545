import { findNodeAtOffset, getNodePath } from 'jsonc-parser';
import { formatDuration } from '../../common/formatDuration.ts';
import { dialectFacts } from '../../dialects/dialectFacts.ts';
import { dialectList, type DialectId } from '../../dialects/dialectList.ts';
import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import type { Hover } from '../remarks/hover.ts';
import { contains, type Place } from '../remarks/place.ts';
import { metricLines } from '../remarks/metricLines.ts';
import { quoted } from '../remarks/safeMarkdown.ts';
import { valueOf, type EndpointEntry, type PlanDocument } from './planDocument.ts';
import { configuredEndpoint, dialectOf } from './planEndpoints.ts';
import type { DatasetFact, PlanFacts } from './planFacts.ts';
import { schemaParts } from './schemaParts.ts';
import { stringPart } from './stringPart.ts';
import { figureText, newestResults, thresholdOutcome } from './thresholdResults.ts';
import { metricOf } from '../../metrics/registry/metricRegistry.ts';
import { isDistribution, statistics } from './thresholdTerms.ts';
import type { WrittenThreshold } from './writtenThreshold.ts';

/** What is known of what is under the mouse. */
export function planHover(document: PlanDocument, offset: number, facts: PlanFacts): Hover | null {
  return (
    thresholdHover(document, offset, facts) ??
    endpointHover(document, offset, facts) ??
    datasetHover(document, offset, facts) ??
    recordingHover(document, offset, facts) ??
    nameHover(document, offset, facts)
  );
}

/** What the schema says of the key that is under the mouse. */
export function keyHover({ tree }: PlanDocument, offset: number): Hover | null {
  const node = tree && findNodeAtOffset(tree, offset);
  const property = node?.parent;
  if (!node || property?.type !== 'property' || property.children?.[0] !== node) return null;
  const owner = property.parent ? getNodePath(property.parent) : [];
  const [part] = schemaParts([...owner, String(node.value)], tree);
  return part?.description === undefined ? null : hover(node, [part.description]);
}

function thresholdHover(
  { thresholds }: PlanDocument,
  offset: number,
  facts: PlanFacts,
): Hover | null {
  const threshold = thresholds.find(({ part }) => contains(part, offset));
  const definition = threshold?.metric && metricOf(threshold.metric.text);
  if (!threshold?.metric || !definition) return null;
  const { text: id } = threshold.metric;
  const lines = [
    ...metricLines(id, definition),
    statisticText(threshold),
    resultText(threshold, id, facts),
  ];
  return hover(threshold.part, lines);
}

function statisticText({ statistic, metric }: WrittenThreshold): string {
  const definition = metric && metricOf(metric.text);
  if (!statistic || !definition || !isDistribution(definition)) return '';
  const meaning = Object.hasOwn(statistics, statistic.text)
    ? statistics[statistic.text]
    : undefined;
  return meaning === undefined ? '' : `\`${statistic.text}\`: ${meaning}.`;
}

function resultText({ part }: WrittenThreshold, metric: string, { results }: PlanFacts): string {
  const outcome = thresholdOutcome(part.value, results);
  if (!outcome) return '';
  const figure = figureText(metric, outcome.worst);
  const which = outcome.count > 1 ? ` at worst, with ${quoted(outcome.endpoint, 60)}` : '';
  return `Last run: ${outcome.met ? 'met' : 'missed'}, ${figure}${which}.`;
}

function endpointHover(document: PlanDocument, offset: number, facts: PlanFacts): Hover | null {
  const entry = document.endpoints.find(({ node }) => contains(node, offset));
  if (!entry) return null;
  if (entry.dialect && contains(entry.dialect, offset)) return dialectHover(entry, entry.dialect);
  if (!entry.id || !contains(entry.id, offset)) return null;
  const configured = configuredEndpoint(entry, facts.endpoints);
  const dialect = dialectOf(entry, facts.endpoints);
  const isEmbedded = entry.id.value === embeddedUrl && !configured && !entry.isInline;
  const lines = [
    `**${quoted(entry.id.value, 60)}**`,
    isEmbedded ? 'The recogniser that comes with RTBench, on this computer.' : '',
    configured ? `Configured: ${quoted(configured.url)}` : '',
    dialect ? dialectText(dialect) : 'Not configured.',
    ...lastFigures(facts, entry.id.value),
  ];
  return hover(entry.id, lines);
}

function dialectHover(entry: EndpointEntry, part: Place): Hover | null {
  const dialect = dialectOf(entry, []);
  return dialect && hover(part, [dialectText(dialect)]);
}

const textModels: Readonly<Record<string, string>> = {
  append: 'Text is appended and never taken back',
  'append-words': 'Words are appended and never taken back',
  'replace-turn': 'The text of a turn is replaced until it is final',
  'replace-segment': 'The text of a segment is replaced until it is final',
  tokens: 'Tokens are final or not, each',
  'whole-document': 'The whole text comes anew each time',
  'final-only': 'All text comes at the end',
};

function dialectText(id: DialectId): string {
  const { textModel, wordTimes, usage, speech, sampleRateHz, encoding } = dialectFacts[id];
  const described = dialectList.find((each) => each.id === id);
  const tells = [
    ...(wordTimes ? ['times of words'] : []),
    ...(usage ? ['counts of tokens'] : []),
    ...(speech ? ['where speech begins and ends'] : []),
  ];
  const told = tells.length > 0 ? ` Tells ${tells.join(', ')}.` : '';
  return (
    `${described?.label ?? id} (\`${id}\`): ${textModels[textModel] ?? textModel}.${told} ` +
    `Audio: ${encoding} at ${sampleRateHz / 1000} kHz. ` +
    `For example \`${described?.exampleUrl ?? ''}\`.`
  );
}

function datasetHover(document: PlanDocument, offset: number, facts: PlanFacts): Hover | null {
  const entry = document.datasets.find(({ path }) => contains(path, offset));
  const fact = entry && facts.datasets.get(entry.path.value);
  return fact ? hover(entry.path, datasetLines(fact)) : null;
}

function datasetLines(fact: DatasetFact): string[] {
  if (fact.kind === 'unusable') return [quoted(fact.reason, 400)];
  const { utterances, durationMs, formats, withReference, withWordTimes } = fact;
  const length = durationMs === null ? '' : `, ${formatDuration(durationMs)} of audio`;
  const kinds = formats.map(({ format, sampleRateHz, channels, files }) => {
    const shape = channels === 1 ? 'mono' : `${channels} channels`;
    return `${files} × ${format}, ${sampleRateHz / 1000} kHz, ${shape}`;
  });
  return [
    `**${utterances} ${utterances === 1 ? 'utterance' : 'utterances'}**${length}`,
    `With reference text: ${withReference}; with times of words: ${withWordTimes}.`,
    kinds.join('; '),
  ];
}

function recordingHover({ recordings }: PlanDocument, offset: number, facts: PlanFacts) {
  const part = recordings.find((each) => contains(each, offset));
  const fact = part && facts.recordings.get(part.value);
  if (!fact) return null;
  if (fact.kind === 'unusable') return hover(part, [quoted(fact.reason, 400)]);
  const { starts, durationMs } = fact;
  const perSecond = ((starts - 1) / (durationMs / 1000)).toFixed(2);
  const rate = durationMs === 0 ? '' : `, ${perSecond} per second`;
  return hover(part, [`**${starts} starts** in ${formatDuration(durationMs)}${rate}`]);
}

function nameHover(document: PlanDocument, offset: number, facts: PlanFacts): Hover | null {
  const part = stringPart(document.text, valueOf(document, 'name'));
  const [last] = facts.results;
  if (!part || !contains(part, offset) || !last) return null;
  const runs = newestResults(facts.results).map(({ startedAtMs, title }) => {
    return `${quoted(title, 100)}, ${new Date(startedAtMs).toISOString().slice(0, 16).replace('T', ' ')}`;
  });
  return hover(part, ['**Last runs** (UTC)', ...runs.slice(0, 10)]);
}

/** Headline figures of an endpoint in the last runs. */
function lastFigures({ results }: PlanFacts, endpoint: string): string[] {
  return newestResults(results).flatMap(({ title, summary }) => {
    const found = summary.find((each) => each.endpoint === endpoint);
    if (!found) return [];
    const ttft = figureText('ttft', found.metrics.ttft?.p50.value ?? null);
    const [text] = found.text;
    const rate = text ? `, ${text.headline.toUpperCase()} ${rateText(text)}` : '';
    return [`Last in ${quoted(title, 60)}: TTFT p50 ${ttft}${rate}.`];
  });
}

function rateText({ headline, rates }: { headline: string; rates: Record<string, number | null> }) {
  return figureText(headline, rates[headline] ?? null);
}

function hover({ offset, length }: Place, lines: readonly string[]): Hover {
  const markdown = lines.filter((line) => line !== '').join('\n\n');
  return { offset, length, markdown };
}
