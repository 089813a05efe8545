import type { CompareRow, UtteranceRow } from '../../../src/compareview/compareView.ts';
import { formatDifference, formatFigure } from '../../../src/report/formatFigure.ts';
import { element } from '../../shared/element.ts';
import { onThemeChange } from '../../shared/theme.ts';
import { ValueSlider } from '../../shared/valueSlider.ts';
import { readPalette } from '../../timeline/canvas/palette.ts';
import { Surface } from '../../timeline/canvas/surface.ts';
import { Tooltip } from '../../timeline/canvas/tooltip.ts';
import { isJudged } from '../verdicts.ts';
import { drawScatter, placed, plotBox } from './drawScatter.ts';
import { nearestPoint, scatterPoints, type ScatterPoint } from './scatterPoints.ts';
import { scatterScale, type ScatterScale } from './scatterScale.ts';
import type { UtteranceMetric } from './utteranceTable.ts';

/** How far from a point the pointer still means it, CSS pixels. */
const reachPx = 14;

/** Utterances as points: A to the right, B up. The arrow keys walk through them by rank. */
export class ScatterPlot {
  readonly root: HTMLElement;
  readonly #choose: (row: UtteranceRow) => void;
  readonly #surface = new Surface('scatter-canvas');
  readonly #ring = element('div', { class: 'point-ring', hidden: true });
  readonly #tooltip = new Tooltip();
  readonly #above = element('span', { class: 'scatter-above' });
  readonly #below = element('span', { class: 'scatter-below' });
  readonly #place: HTMLElement;
  readonly #slider: ValueSlider;
  #palette = readPalette();
  #points: readonly ScatterPoint[] = [];
  #spoken: readonly { value: number; spoken: string }[] = [];
  #scale: ScatterScale = scatterScale([], false);
  #metric: UtteranceMetric | null = null;
  #selected: UtteranceRow | null = null;
  #frame = 0;

  constructor(choose: (row: UtteranceRow) => void) {
    this.#choose = choose;
    this.#place = element('div', { class: 'scatter-place' }, [
      this.#surface.canvas,
      this.#ring,
      this.#tooltip.root,
    ]);
    this.root = element('div', { class: 'scatter' }, [this.#above, this.#place, this.#below]);
    this.#slider = new ValueSlider(this.root, this.#sliderOptions());
    new ResizeObserver(() => {
      // At once: what has just come into sight was never drawn.
      this.#draw();
    }).observe(this.#place);
    onThemeChange(() => {
      this.#palette = readPalette();
      this.#drawSoon();
    });
    this.#listen();
  }

  /** @param rows in the order in which the keyboard walks */
  show(rows: readonly UtteranceRow[], metric: UtteranceMetric, isLog: boolean): void {
    this.#metric = metric;
    this.#points = scatterPoints(rows, metric.row);
    this.#spoken = this.#points.map((point, at) => ({
      value: at + 1,
      spoken: pointText(point, metric).join(', '),
    }));
    this.#scale = scatterScale(
      this.#points.flatMap(({ a, b }) => [a, b]),
      isLog,
    );
    const [above, below] = sideTexts(metric);
    this.#above.textContent = above;
    this.#below.textContent = below;
    this.#slider.set(this.#sliderOptions());
    this.#drawSoon();
  }

  select(row: UtteranceRow | null): void {
    if (row === this.#selected) return;
    this.#selected = row;
    this.#slider.set(this.#sliderOptions());
    this.#placeRing();
  }

  #sliderOptions(): ConstructorParameters<typeof ValueSlider>[1] {
    const label = this.#metric ? scatterLabel(this.#metric, this.#points.length) : 'No points';
    return {
      label,
      at: Math.max(0, this.#selectedPlace()),
      values: this.#spoken,
      moved: (at) => {
        const point = at === null ? undefined : this.#points[at];
        if (point) this.#choose(point.row);
        this.#hover(point ?? null);
      },
    };
  }

  #selectedPlace(): number {
    return this.#points.findIndex(({ row }) => row === this.#selected);
  }

  #listen(): void {
    const pointAt = (event: MouseEvent) => {
      const { left, top } = this.#place.getBoundingClientRect();
      const spot = { x: event.clientX - left, y: event.clientY - top };
      const at = nearestPoint(this.#points, this.#placed(), spot, reachPx);
      return this.#points[at] ?? null;
    };
    this.#place.addEventListener('pointermove', (event) => {
      const point = pointAt(event);
      this.#place.classList.toggle('over-point', point !== null);
      this.#hover(point);
    });
    this.#place.addEventListener('pointerleave', () => {
      this.#hover(null);
    });
    this.#place.addEventListener('click', (event) => {
      const point = pointAt(event);
      if (point) this.#choose(point.row);
    });
  }

  #placed() {
    return placed(plotBox(this.#surface), this.#scale);
  }

  #hover(point: ScatterPoint | null): void {
    if (!point || !this.#metric) {
      this.#tooltip.hide();
      return;
    }
    const { x, y } = this.#placed();
    this.#tooltip.show(pointText(point, this.#metric), { x: x(point.a), y: y(point.b) });
  }

  #placeRing(): void {
    const point = this.#points[this.#selectedPlace()];
    this.#ring.hidden = point === undefined;
    if (!point) return;
    const { x, y } = this.#placed();
    this.#ring.style.transform = `translate(${x(point.a)}px, ${y(point.b)}px)`;
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#draw();
    });
  }

  #draw(): void {
    const { clientWidth, clientHeight } = this.#place;
    if (clientWidth === 0 || !this.#metric) return;
    this.#surface.resize(clientWidth, clientHeight, devicePixelRatio);
    const { noise, format, verdict } = this.#metric.row;
    const [points, scale] = [this.#points, this.#scale];
    const picture = { points, scale, noise, format, isJudged: isJudged(verdict) };
    drawScatter(this.#surface, this.#palette, picture);
    this.#placeRing();
  }
}

function pointText({ row, a, b }: ScatterPoint, metric: UtteranceMetric): string[] {
  const { letters, row: of } = metric;
  return [
    row.id,
    `${letters[0]} ${formatFigure(a, of.format)}`,
    `${letters[1]} ${formatFigure(b, of.format)}`,
    `Δ ${formatDifference(b - a, of.format)}`,
  ];
}

/** What lies above and below the diagonal. */
function sideTexts({ row, letters: [, b] }: UtteranceMetric): [string, string] {
  const words: Record<CompareRow['direction'], [string, string]> = {
    lower: ['worse', 'better'],
    higher: ['better', 'worse'],
    neutral: ['more', 'less'],
  };
  const [above, below] = words[row.direction];
  return [`▲ above the line: ${above} in ${b}`, `▼ below the line: ${below} in ${b}`];
}

function scatterLabel({ row, letters: [a, b] }: UtteranceMetric, count: number): string {
  return (
    `${row.label} of ${count} utterances, ${a} against ${b}. ` +
    'Arrow keys go from utterance to utterance in the order of the table.'
  );
}
