import type { CompareRow } from '../../../src/compareview/compareView.ts';
import { svg } from '../svg.ts';
import { changeKind } from './utteranceRanks.ts';

/**
 * A change as a bar from the middle: to the right is worse, whichever way the metric counts, and
 * more where neither way is worse. The band in the middle is what does not matter.
 *
 * @param reach the greatest change there is, in either direction
 */
export function deltaBar(
  delta: number,
  metric: Pick<CompareRow, 'direction' | 'noise'>,
  reach: number,
): SVGElement {
  const share = (size: number) => (reach === 0 ? 0 : Math.min(1, size / reach) * 50);
  const length = share(Math.abs(delta));
  const isRight = delta > 0 === (metric.direction !== 'higher');
  const band = share(metric.noise);
  const attributes = { class: `delta-bar change-${changeKind(delta, metric)}` };
  return svg('svg', { ...attributes, 'aria-hidden': 'true' }, [
    svg('rect', {
      class: 'noise',
      x: percent(50 - band),
      width: percent(2 * band),
      y: 0,
      height: '100%',
    }),
    svg('rect', {
      class: 'bar',
      x: percent(isRight ? 50 : 50 - length),
      width: percent(length),
      y: '20%',
      height: '60%',
    }),
    svg('line', { class: 'zero', x1: '50%', x2: '50%', y1: 0, y2: '100%' }),
  ]);
}

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}
