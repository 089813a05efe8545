import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { ToTimeline } from '../../../src/timeline/timelineMessages.ts';
import type { TimelineState } from '../../../webview-ui/timeline/timelineState.ts';
import { themeScript, type ThemeKind } from './webviewTheme.ts';

const folder = path.join(import.meta.dirname, '..', '..', '..', 'webview-ui', 'timeline');

/** Mounts the picture alone, with what it draws from within the test's reach. */
const entry = `
  import { AudioPictures } from './canvas/audioPictures.ts';
  import { TimelineCanvas } from './canvas/timelineCanvas.ts';
  import { TimelineStore } from './timelineState.ts';

  const arrays = { Float64Array, Int16Array, Uint8Array, Uint32Array };
  const parse = (text) =>
    JSON.parse(text, (key, value) =>
      value?.arrayOf ? new arrays[value.arrayOf](value.values) : value);
  window.asked = [];
  window.seeks = [];
  window.mount = (text) => {
    const store = new TimelineStore(parse(text));
    const audio = new AudioPictures({
      requestSamples: (...request) => { window.asked.push(['samples', ...request]); },
      requestSpectrogram: (...request) => { window.asked.push(['spectrogram', ...request]); },
    });
    const on = { seek: (ms) => { window.seeks.push(ms); } };
    const canvas = new TimelineCanvas({ store, audio, on });
    document.body.append(canvas.root);
    window.timeline = { store, audio, canvas };
  };
  window.update = (text) => { window.timeline.store.update(parse(text)); };
  window.receive = (text) => { window.timeline.audio.receive(parse(text)); };
`;

export interface CanvasPageOptions {
  theme?: ThemeKind;
  width?: number;
  height?: number;
  deviceScaleFactor?: number;
  reducedMotion?: 'reduce';
  hasTouch?: boolean;
  forcedColors?: 'active';
}

/** A rectangle of the page, CSS pixels. */
export interface PageBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The timeline's picture in a real browser. */
export interface CanvasPage {
  page: Page;
  errors: string[];
  update: (change: Partial<TimelineState>) => Promise<void>;
  receive: (message: ToTimeline) => Promise<void>;
  state: () => Promise<Pick<TimelineState, 'view' | 'selection' | 'playheadMs'>>;
  /** Waits until all that was asked for is drawn. */
  drawn: () => Promise<void>;
  close: () => Promise<void>;
}

/** The script and the style of the page. */
export async function bundleCanvasPage(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: folder, loader: 'ts' },
    outfile: path.join(folder, 'page.js'),
    bundle: true,
    platform: 'browser',
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  const textOf = (name: string) => outputFiles.find((file) => file.path.endsWith(name))!.text;
  return { script: textOf('.js'), style: textOf('.css') };
}

/** What the page shows where a test says nothing else. */
export function canvasState(change: Partial<TimelineState>): TimelineState {
  return {
    lanes: [],
    view: { startMs: 0, endMs: 1000 },
    selection: { lane: null, delta: null, area: null },
    focus: { track: 'deltas', item: null },
    playheadMs: 0,
    isPlaying: false,
    isLooping: false,
    speed: 1,
    layout: 'stacked',
    showsTable: false,
    showsConnectors: false,
    showsSpectrogram: false,
    ...change,
  };
}

/** Opens a page that holds nothing but the picture, as large as the window. */
export async function openCanvasPage(
  browser: Browser,
  bundle: { script: string; style: string },
  state: TimelineState,
  options: CanvasPageOptions = {},
): Promise<CanvasPage> {
  const { width = 1000, height = 700, theme = 'dark', ...contextOptions } = options;
  const context = await browser.newContext({ viewport: { width, height }, ...contextOptions });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.setContent('<!doctype html><html><head></head><body></body></html>');
  await page.evaluate(themeScript(theme));
  await page.addStyleTag({ content: `${pageStyle}\n${bundle.style}` });
  await page.addScriptTag({ content: bundle.script });
  const call = (name: string, value: unknown) =>
    page.evaluate(`window.${name}(${JSON.stringify(withArrays(value))})`);
  const drawn = async () => {
    const frame = 'new Promise((drawn) => requestAnimationFrame(() => drawn()))';
    await page.evaluate(frame);
    await page.evaluate(frame);
  };
  await call('mount', state);
  await drawn();
  return {
    page,
    errors,
    update: async (change) => {
      await call('update', change);
      await drawn();
    },
    receive: async (message) => {
      await call('receive', message);
      await drawn();
    },
    state: () =>
      page.evaluate(
        '(({ view, selection, playheadMs }) => ({ view, selection, playheadMs }))(timeline.store.state)',
      ),
    drawn,
    close: () => context.close(),
  };
}

const pageStyle = `
  html, body { height: 100%; margin: 0; }
  body {
    display: flex;
    flex-direction: column;
    color: var(--vscode-foreground);
    background: var(--vscode-editor-background);
    font: 13px var(--vscode-font-family);
  }
  [hidden] { display: none !important; }
`;

/** As JSON, with typed arrays as what they are; the page makes them anew. */
function withArrays(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    ArrayBuffer.isView(each)
      ? { arrayOf: each.constructor.name, values: Array.from(each as Uint8Array) }
      : each,
  );
}

/** Colours of a row of a drawing, device pixel by device pixel, as `r,g,b`. */
export async function pixelRow(page: Page, selector: string, y: number): Promise<string[]> {
  return page.evaluate<string[]>(`{
    const canvas = document.querySelector(${JSON.stringify(selector)});
    const row = Math.round((${y} * canvas.width) / canvas.getBoundingClientRect().width);
    const { data } = canvas.getContext('2d').getImageData(0, row, canvas.width, 1);
    Array.from({ length: canvas.width }, (_, x) => data.slice(x * 4, x * 4 + 3).join());
  }`);
}
