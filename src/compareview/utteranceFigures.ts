import type { Measure } from '../comparison/measure.ts';
import { measureShort } from '../comparison/measure.ts';
import type { PreparedPair } from '../comparison/preparePair.ts';
import { primaryRows } from '../comparison/primaryRows.ts';
import { sessionValues, type SessionValue } from '../comparison/sessionValues.ts';
import { unitText } from '../metrics/registry/formatMetric.ts';
import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import { figureFormat, formatDifference, formatFigure } from '../report/formatFigure.ts';
import type { ComparedUtterance, UtteranceSide } from './comparedUtterance.ts';
import type { UtteranceDetail } from './compareView.ts';
import { errorRateOf } from './sideTimeline.ts';

type UtteranceFigure = UtteranceDetail['figures'][number];

/**
 * What the two sessions of an utterance measured, as far as either did: its errors, then the
 * primary metrics, then the others.
 */
export function utteranceFigures(
  pair: PreparedPair,
  { a, b, choice }: ComparedUtterance,
): UtteranceFigure[] {
  const primary = primaryRows(pair);
  const measures = pair.measures.toSorted(
    (one, other) => Number(primary.has(other.key)) - Number(primary.has(one.key)),
  );
  const { short } = metricRegistry[choice.headline];
  const rateA = errorRateOf(a, choice)?.value ?? null;
  const rateB = errorRateOf(b, choice)?.value ?? null;
  const valuesA = valuesOf(a, measures);
  const valuesB = valuesOf(b, measures);
  return [
    ...figure(short, choice.headline, [rateA, rateB]),
    ...measures.flatMap((measure, place) =>
      figure(measureShort(measure), measure.metric, [
        numberOf(valuesA[place]),
        numberOf(valuesB[place]),
      ]),
    ),
  ];
}

function valuesOf(
  { session, utterance, side }: UtteranceSide,
  measures: readonly Measure[],
): SessionValue[] {
  return session ? sessionValues(session, utterance, side, measures) : [];
}

function numberOf(value: SessionValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** None where neither side has a value. */
function figure(
  label: string,
  metric: MetricId,
  [a, b]: readonly [number | null, number | null],
): UtteranceFigure[] {
  if (a === null && b === null) return [];
  const largest = Math.max(Math.abs(a ?? 0), Math.abs(b ?? 0));
  const format = figureFormat(metric, unitText[metricRegistry[metric].unit], largest);
  const delta = a === null || b === null ? null : b - a;
  return [
    {
      label,
      a: formatFigure(a, format),
      b: formatFigure(b, format),
      delta: formatDifference(delta, format),
    },
  ];
}
