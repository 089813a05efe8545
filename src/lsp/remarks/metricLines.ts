import type { MetricDefinition } from '../../metrics/registry/metricDefinition.ts';

/** What a metric means, in paragraphs of Markdown. */
export function metricLines(id: string, definition: MetricDefinition): string[] {
  return [`**${definition.label}** (\`${id}\`)`, definition.description, metricFacts(definition)];
}

const requirementTexts: Readonly<Record<MetricDefinition['requires'][number], string>> = {
  reference: 'reference texts',
  word_times: 'reference words with times',
  commit: 'a commit',
  final: 'a final text',
  paced: 'audio sent at the pace of speech',
  audio_clock: 'audio sent punctually at the pace of speech',
  burst: 'burst pacing',
  thresholds: 'thresholds on metrics of sessions',
};

const levelTexts: Readonly<Record<MetricDefinition['level'], string>> = {
  session: 'One value for each session',
  pooled: 'Many values in each session, all of a run together',
  run: 'One value for all sessions with an endpoint',
  text: 'One value for all texts of an endpoint',
};

function metricFacts({ level, unit, direction, requires, alsoKnownAs }: MetricDefinition): string {
  const better = direction === 'neutral' ? 'neither way is better' : `${direction} is better`;
  const needs = requires.map((requirement) => requirementTexts[requirement]);
  return [
    `${levelTexts[level]}, in ${unit.replaceAll('_', ' ')}; ${better}.`,
    needs.length > 0 ? `Needs ${needs.join(', ')}.` : '',
    alsoKnownAs.length > 0 ? `Also known as ${alsoKnownAs.join(', ')}.` : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
}
