import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import type { AreaFigures, TimeFigures } from './areaFigures.ts';
import type { TimelineSession } from './timelineSession.ts';

type Figure = TimelineSession['figures'][number];

/** The statistics of an area as labels and values, in the order to show them. */
export function areaFigureRows(area: AreaFigures): Figure[] {
  const { deltas, deltasWithText, characters, words, gaps, lags, reference } = area;
  return [
    {
      label: 'Deltas',
      value: deltas === deltasWithText ? String(deltas) : `${deltas}, ${deltasWithText} with text`,
      description: 'Messages with text that arrived here. Blank, late and final ones count too.',
    },
    {
      label: 'Words shown',
      value: `${words} (${characters} characters)`,
      description: 'Words of the text first shown here; characters that its deltas added.',
    },
    ...timeRow('idl', gaps, ['p50', 'p95', 'max']),
    ...timeRow('wel', lags, ['p50', 'p90', 'max']),
    ...(reference === null ? [] : [referenceRow(reference)]),
    {
      label: 'Audio sent',
      value: `${(area.audioSentMs / 1000).toFixed(2)} s`,
      description: 'Length of the chunks of audio sent here.',
    },
    countRow('stall_count', area.stalls),
    countRow('revision_events', area.revisions),
  ];
}

function timeRow(
  id: MetricId,
  times: TimeFigures | null,
  shown: readonly (keyof TimeFigures)[],
): Figure[] {
  if (times === null) return [];
  const { short, label, description } = metricRegistry[id];
  const values = shown.map((name) => `${name} ${formatMs(times[name])}`);
  return [
    {
      label: short,
      value: values.join(' · '),
      description: `${label}, of ${times.count}. ${description}`,
    },
  ];
}

function referenceRow(reference: NonNullable<AreaFigures['reference']>): Figure {
  const { words, equal, substituted, deleted } = reference;
  const isCompared = equal + substituted + deleted > 0;
  return {
    label: 'Words spoken',
    value: isCompared
      ? `${words}: ${equal} right, ${substituted} wrong, ${deleted} missing`
      : String(words),
    description: 'Words of the reference that end here, and what became of them.',
  };
}

function countRow(id: MetricId, count: number): Figure {
  const { label, description } = metricRegistry[id];
  return { label, value: String(count), description };
}

/** Below 10 ms whole milliseconds say nothing. */
function formatMs(ms: number): string {
  return `${ms.toFixed(Math.abs(ms) < 10 ? 2 : 0)} ms`;
}
