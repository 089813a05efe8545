import { fullRange, showTime } from '../../../src/timeline/viewport.ts';
import { element } from '../../shared/element.ts';
import { onThemeChange } from '../../shared/theme.ts';
import { ValueSlider } from '../../shared/valueSlider.ts';
import type { AudioPictures } from '../../timeline/canvas/audioPictures.ts';
import { Overlays } from '../../timeline/canvas/overlays.ts';
import { readPalette } from '../../timeline/canvas/palette.ts';
import { PixelBins } from '../../timeline/canvas/pixelBins.ts';
import { Plot } from '../../timeline/canvas/plot.ts';
import { PointerGestures, type Point } from '../../timeline/canvas/pointerGestures.ts';
import { Surface } from '../../timeline/canvas/surface.ts';
import { Tooltip } from '../../timeline/canvas/tooltip.ts';
import type { TimelineStore } from '../../timeline/timelineState.ts';
import { axisHeight, drawAxis } from '../../timeline/tracks/drawAxis.ts';
import type { Scene } from '../../timeline/tracks/scene.ts';
import { TextPen } from '../../timeline/tracks/textPen.ts';
import { differenceText } from './differenceText.ts';
import { drawDifference, type DifferenceModel } from './drawDifference.ts';

export interface DifferencePlotOptions {
  store: TimelineStore;
  audio: AudioPictures;
  seek: (ms: number) => void;
}

/** As the timeline has it, so that times stay where they are when the mode changes. */
const gutterPx = 92;
const leastWidthForGutter = 560;
/** How far beside a bar the pointer still means it, CSS pixels. */
const barReachPx = 2;

/** B − A over the time of the audio. To the keyboard a slider that reads word by word. */
export class DifferencePlot {
  readonly root: HTMLElement;
  readonly #options: DifferencePlotOptions;
  readonly #axis = new Surface('timeline-axis');
  readonly #drawing = new Surface('difference-drawing');
  readonly #overlays = new Overlays();
  readonly #tooltip = new Tooltip();
  readonly #body: HTMLElement;
  readonly #slider: ValueSlider;
  readonly #bins = new PixelBins();
  #palette = readPalette();
  #plot: Plot;
  #model: DifferenceModel | null = null;
  #frame = 0;
  #isStale = true;

  constructor(options: DifferencePlotOptions) {
    this.#options = options;
    const { store } = options;
    this.#plot = new Plot(store.state.view, 0, 1, devicePixelRatio);
    this.#body = element('div', { class: 'difference-body' }, this.#drawing.canvas);
    this.root = element('div', { class: 'difference-plot' }, [
      this.#axis.canvas,
      this.#body,
      this.#overlays.root,
      this.#tooltip.root,
    ]);
    this.#slider = new ValueSlider(this.root, this.#sliderOptions());
    this.#listen();
  }

  show(model: DifferenceModel): void {
    this.#model = model;
    this.#slider.set(this.#sliderOptions());
    this.#drawAllSoon();
  }

  #listen(): void {
    const { store } = this.#options;
    new ResizeObserver(() => {
      // At once: what has just come into sight was never drawn.
      this.#isStale = true;
      this.#draw();
    }).observe(this.root);
    onThemeChange(() => {
      this.#palette = readPalette();
      this.#drawAllSoon();
    });
    store.subscribe((state, before) => {
      // A playhead that moves needs no new drawing below it.
      if (state.view !== before.view) this.#isStale = true;
      this.#drawSoon();
    });
    const { seek } = this.#options;
    new PointerGestures(this.#body, this.#axis.canvas, {
      plot: () => this.#plot,
      range: () => fullRange(store.state.lanes),
      area: () => store.state.selection.area,
      setView: (view) => {
        store.update({ view });
      },
      setArea: (area) => {
        store.update({ selection: { ...store.state.selection, area } });
      },
      hover: (point) => {
        this.#hover(point);
      },
      click: ({ x }) => {
        store.update({ selection: { ...store.state.selection, area: null } });
        if (x >= this.#plot.left) seek(this.#plot.ms(x));
      },
      doubleClick: () => undefined,
    });
  }

  #sliderOptions(): ConstructorParameters<typeof ValueSlider>[1] {
    const arrivals = this.#model?.arrivals ?? [];
    const letters = this.#model?.letters ?? ['A', 'B'];
    const { store, seek } = this.#options;
    return {
      label: `Difference of arrivals, ${letters[1]} minus ${letters[0]}, word by word`,
      at: 0,
      values: arrivals.map((each, at) => ({
        value: at + 1,
        spoken: differenceText(each, letters),
      })),
      moved: (at) => {
        const each = at === null ? undefined : arrivals[at];
        if (!each) {
          this.#tooltip.hide();
          return;
        }
        seek(each.at.startMs);
        store.update({
          view: showTime(store.state.view, each.at.startMs, fullRange(store.state.lanes)),
        });
        const lines = [differenceText(each, letters)];
        this.#tooltip.show(lines, { x: this.#plot.x(each.at.startMs), y: 40 });
      },
    };
  }

  #hover(point: Point | null): void {
    const ms = point ? this.#plot.ms(point.x) : Infinity;
    // Bars of words without a time of their own are only a few pixels wide.
    const reachMs = barReachPx * this.#plot.msPerPx;
    const each = this.#model?.arrivals.find(
      ({ at }) => at.startMs - reachMs <= ms && ms < at.endMs + reachMs,
    );
    if (!point || !each || !this.#model) {
      this.#tooltip.hide();
      return;
    }
    const { top } = this.root.getBoundingClientRect();
    this.#tooltip.show([differenceText(each, this.#model.letters)], {
      x: point.x,
      y: point.clientY - top,
    });
  }

  #drawAllSoon(): void {
    this.#isStale = true;
    this.#drawSoon();
  }

  #drawSoon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const width = this.#body.clientWidth;
    if (width === 0 || !this.#model) return;
    const { state } = this.#options.store;
    if (this.#isStale) this.#drawAll(this.#model, width);
    this.#overlays.placePlayhead(this.#plot, state.playheadMs);
    this.#overlays.placeArea(this.#plot, state.selection.area);
  }

  #drawAll(model: DifferenceModel, width: number): void {
    const ratio = devicePixelRatio;
    const gutter = width >= leastWidthForGutter ? gutterPx : 0;
    this.#plot = new Plot(this.#options.store.state.view, gutter, width - gutter, ratio);
    this.#axis.resize(width, axisHeight([], width), ratio);
    this.#drawing.resize(width, this.#body.clientHeight, ratio);
    drawAxis(this.#scene(this.#axis), [], this.#axis.height);
    drawDifference(this.#scene(this.#drawing), model, this.#drawing.height);
    this.#overlays.resize(width, this.#axis.height);
    this.#isStale = false;
  }

  #scene({ context }: Surface): Scene {
    const { store, audio } = this.#options;
    const [palette, bins, plot] = [this.#palette, this.#bins, this.#plot];
    const text = new TextPen(context, palette.fonts);
    return { context, plot, palette, text, bins, state: { ...store.state, lanes: [] }, audio };
  }
}
