import { errorText } from '../../../common/benchError.ts';
import { parseThreshold } from '../../../plan/threshold.ts';
import type { MetricDefinition } from '../../../metrics/registry/metricDefinition.ts';
import type { Finding, Fix } from '../../remarks/finding.ts';
import type { PlanDocument } from '../planDocument.ts';
import { metricOf } from '../../../metrics/registry/metricRegistry.ts';
import { isDistribution, nearestMetricId, statistics, unitsOf } from '../thresholdTerms.ts';
import type { Place } from '../../remarks/place.ts';
import type { Word, WrittenThreshold } from '../writtenThreshold.ts';

/** What people write for what is meant. */
const meantComparison = new Map([
  ['<', '<='],
  ['>', '>='],
  ['=<', '<='],
  ['=>', '>='],
  ['≤', '<='],
  ['≥', '>='],
]);

/** What is wrong with how thresholds are written. */
export function thresholdFindings({ thresholds }: PlanDocument): Finding[] {
  return thresholds.flatMap(findingsOf);
}

function findingsOf(threshold: WrittenThreshold): Finding[] {
  const { metric } = threshold;
  const definition = metric && metricOf(metric.text);
  if (metric && !definition) return [unknownMetric(metric)];
  const notUnderstood = formFinding(threshold);
  if (notUnderstood) return [unitOfForm(threshold) ?? notUnderstood];
  if (!metric || !definition) return [];
  if (definition.aggregation === 'counts') {
    const message = `"${metric.text}" is a word, not a number: it can have no limit.`;
    return [finding(metric, 'threshold-metric', message, [])];
  }
  const statistic = statisticFinding(threshold, metric, definition);
  const unit = unitFinding(threshold, metric, definition);
  return [statistic ?? [], unit ?? [], shareFinding(threshold, definition) ?? []].flat();
}

/** What is wrong with a text that is a threshold but for a unit that there is not. */
function unitOfForm(threshold: WrittenThreshold): Finding | null {
  const { part, metric, unit } = threshold;
  const definition = metric && metricOf(metric.text);
  if (!definition || !unit) return null;
  const withoutUnit = part.value.slice(0, part.value.lastIndexOf(unit.text));
  return isUnderstood(withoutUnit) ? unitFinding(threshold, metric, definition) : null;
}

function isUnderstood(text: string): boolean {
  try {
    parseThreshold(text);
    return true;
  } catch {
    return false;
  }
}

/** `wer <= 8` is 800 %, which hardly anybody means. */
function shareFinding(
  { limit, unit }: WrittenThreshold,
  definition: MetricDefinition,
): Finding | null {
  if (!limit || unit || Number(limit.text) <= 1 || !unitsOf(definition).includes('%')) return null;
  const percent = `${limit.text} %`;
  const message = `This is ${Number(limit.text) * 100} %: write "${percent}" or a number from 0 to 1.`;
  const fixes = [replaceFix(limit, percent, `Change to "${percent}"`)];
  return { ...finding(limit, 'threshold-share', message, fixes), severity: 'warning' };
}

function unknownMetric(metric: Word): Finding {
  const nearest = nearestMetricId(metric.text);
  const fixes = nearest === null ? [] : [replaceFix(metric, nearest, `Change to "${nearest}"`)];
  const message = `There is no metric "${metric.text}".`;
  return finding(metric, 'threshold-metric', message, fixes);
}

/** What {@link parseThreshold} refuses; its statistics are looked at elsewhere. */
function formFinding({ part, comparison, statistic }: WrittenThreshold): Finding | null {
  try {
    parseThreshold(part.value);
    return null;
  } catch (error) {
    const better = comparison ? meantComparison.get(comparison.text) : undefined;
    if (comparison && better !== undefined) {
      const message = `A threshold has "<=" or ">=", not "${comparison.text}".`;
      const fixes = [replaceFix(comparison, better, `Change to "${better}"`)];
      return finding(comparison, 'threshold-form', message, fixes);
    }
    if (statistic && !Object.hasOwn(statistics, statistic.text)) {
      const known = Object.keys(statistics);
      const message = `There is no statistic "${statistic.text}": write one of ${known.join(', ')}.`;
      const fixes = known.map((id) => replaceFix(statistic, id, `Change to "${id}"`));
      return finding(statistic, 'threshold-statistic', message, fixes);
    }
    // An empty text is marked with its quotes: there is nothing else to see.
    const marked = part.length > 0 ? part : { offset: part.offset - 1, length: 2 };
    return finding(marked, 'threshold-form', errorText(error), []);
  }
}

function statisticFinding(
  { statistic }: WrittenThreshold,
  metric: Word,
  definition: MetricDefinition,
): Finding | null {
  if (isDistribution(definition) === (statistic !== null && statistic.text !== 'value'))
    return null;
  if (statistic !== null && !isDistribution(definition)) {
    if (statistic.text === 'value') return null;
    const dotted = { offset: statistic.offset - 1, length: statistic.length + 1 };
    const message = `"${metric.text}" is one value: leave the statistic out.`;
    const fixes = [replaceFix(dotted, '', `Remove ".${statistic.text}"`)];
    return finding(statistic, 'threshold-statistic', message, fixes);
  }
  const behind = {
    offset: metric.offset + metric.length,
    length: statistic ? statistic.length + 1 : 0,
  };
  const choices = definition.headline.length > 0 ? [...definition.headline].reverse() : ['p95'];
  const fixes = choices.map((id) => replaceFix(behind, `.${id}`, `Add ".${id}"`));
  const known = Object.keys(statistics).join(', .');
  const message = `"${metric.text}" has many values in a run: add which to take, one of .${known}.`;
  return finding(metric, 'threshold-statistic', message, fixes);
}

function unitFinding(
  { unit }: WrittenThreshold,
  metric: Word,
  definition: MetricDefinition,
): Finding | null {
  const units = unitsOf(definition);
  if (!unit || units.includes(unit.text)) return null;
  const counted = definition.unit === 's' ? 'is counted in seconds' : 'is no time and no share';
  const message =
    units.length > 0
      ? `"${metric.text}" cannot be in ${unit.text}: write ${units.join(' or ')}.`
      : `"${metric.text}" ${counted}: write the number alone.`;
  const fixes = units.map((each) => replaceFix(unit, each, `Change to "${each}"`));
  const remove = replaceFix(unit, '', `Remove "${unit.text}"`);
  return finding(unit, 'threshold-unit', message, fixes.length > 0 ? fixes : [remove]);
}

function finding({ offset, length }: Place, code: string, message: string, fixes: Fix[]): Finding {
  return { offset, length, severity: 'error', code, message, fixes };
}

function replaceFix({ offset, length }: Place, newText: string, title: string): Fix {
  return { title, edits: [{ offset, length, newText }], isPreferred: true };
}
