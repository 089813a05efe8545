import { metricRegistry } from '../../metrics/registry/metricRegistry.ts';
import type { Completion, CompletionKind } from './completion.ts';
import type { Place } from '../remarks/place.ts';
import { metricOf } from '../../metrics/registry/metricRegistry.ts';
import { isDistribution, limitedMetricIds, statistics, unitsOf } from './thresholdTerms.ts';

interface ThresholdCaret {
  value: string;
  caret: number;
  replace: Place;
}

/** What may stand at the caret within a threshold. */
export function thresholdCompletions({ value, caret, replace }: ThresholdCaret): Completion[] {
  const before = value.slice(0, caret);
  const word = (pattern: RegExp): Place => {
    const start = caret - (pattern.exec(before)?.[0].length ?? 0);
    const behind = /^\w*/.exec(value.slice(caret))?.[0].length ?? 0;
    return { offset: replace.offset + start, length: caret - start + behind };
  };
  if (/^\s*\w*$/.test(before)) return metrics(word(/\w*$/), value.slice(caret).trim() === '');
  const [, id] = /^\s*(\w+)\.\w*$/.exec(before) ?? [];
  if (id !== undefined) {
    const metric = metricOf(id);
    return metric && isDistribution(metric) ? statisticsAt(word(/\w*$/)) : [];
  }
  if (/^\s*\w+(\.\w+)?\s+$/.test(before)) return comparisons(before.trim(), word(/$/));
  const [, limited] = /^\s*(\w+)(?:\.\w+)?\s*[<>]=\s*\d+(?:\.\d+)?\s*\w*$/.exec(before) ?? [];
  return limited === undefined ? [] : units(limited, word(/(?<=\d\s*)[a-z]*$/));
}

function metrics(replace: Place, isLast: boolean): Completion[] {
  return limitedMetricIds.map((id) => {
    const { label, unit, description, alsoKnownAs, headline } = metricRegistry[id];
    const names = alsoKnownAs.length > 0 ? ` Also known as ${alsoKnownAs.join(', ')}.` : '';
    const needsStatistic = isDistribution(metricRegistry[id]);
    const statistic = needsStatistic && isLast ? `.${headline.at(-1) ?? 'p95'}` : '';
    return item('metric', id, `${label}, ${unit}`, description + names, {
      replace,
      newText: id + statistic,
    });
  });
}

function statisticsAt(replace: Place): Completion[] {
  return Object.entries(statistics).map(([id, meaning]) =>
    item('statistic', id, meaning, '', { replace, newText: id }),
  );
}

/** The comparison that says "at least as good" comes first. */
function comparisons(written: string, replace: Place): Completion[] {
  const direction = metricOf(written.split('.')[0] ?? '')?.direction;
  const most = item('value', '<=', 'at most', '', { replace, newText: '<= ' });
  const least = item('value', '>=', 'at least', '', { replace, newText: '>= ' });
  return direction === 'higher' ? [least, most] : [most, least];
}

function units(id: string, replace: Place): Completion[] {
  const metric = metricOf(id);
  const names: Record<string, string> = { ms: 'milliseconds', s: 'seconds', '%': 'percent' };
  return (metric ? unitsOf(metric) : []).map((unit) =>
    item('value', unit, names[unit] ?? '', '', { replace, newText: unit }),
  );
}

function item(
  kind: CompletionKind,
  label: string,
  detail: string,
  documentation: string,
  { replace, newText }: Pick<Completion, 'replace' | 'newText'>,
): Completion {
  return { kind, label, detail, documentation, replace, newText };
}
