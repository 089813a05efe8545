import type { CompareRow } from '../../src/compareview/compareView.ts';
import { svg } from './svg.ts';
import { verdictClass } from './verdicts.ts';

/**
 * The 95 % interval of a row's change as a line, on a scale of its own: no change is always in
 * the middle, and the band around it is what does not matter. Null without an interval.
 */
export function intervalBar({ change, noise, verdict }: CompareRow): SVGElement | null {
  if (!change?.interval) return null;
  const { low, high } = change.interval;
  const sizes = [low, high, change.delta, noise].map(Math.abs);
  const reach = 1.08 * Math.max(...sizes) || 1;
  const at = (value: number) => `${(50 + (50 * value) / reach).toFixed(2)}%`;
  const band = (50 * noise) / reach;
  return svg('svg', { class: `interval-bar ${verdictClass(verdict)}`, 'aria-hidden': 'true' }, [
    svg('rect', {
      class: 'noise',
      x: `${(50 - band).toFixed(2)}%`,
      width: `${(2 * band).toFixed(2)}%`,
      y: 0,
      height: '100%',
    }),
    svg('line', { class: 'zero', x1: '50%', x2: '50%', y1: 0, y2: '100%' }),
    svg('line', { class: 'range', x1: at(low), x2: at(high), y1: '50%', y2: '50%' }),
    ...[low, high].map((end) =>
      svg('line', { class: 'range', x1: at(end), x2: at(end), y1: '28%', y2: '72%' }),
    ),
    svg('circle', { class: 'effect', cx: at(change.delta), cy: '50%', r: 3 }),
  ]);
}
