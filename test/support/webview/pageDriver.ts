import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { themeScript, type ThemeKind } from './webviewTheme.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** What VS Code gives a page, and a record of what the page's policy forbade. */
const fakeApi = `
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
  });
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => { window.toExtension(message); },
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => { sessionStorage.setItem('state', JSON.stringify(state)); },
  });
  const arrays = { Float64Array, Int16Array, Uint8Array, Uint32Array };
  // Done when the page has seen it: its listener was there before this one.
  window.say = (text) => new Promise((seen) => {
    const revive = (key, value) =>
      value?.arrayOf ? new arrays[value.arrayOf](value.values) : value;
    window.addEventListener('message', () => { seen(); }, { once: true });
    window.postMessage(JSON.parse(text, revive), '*');
  });
`;

export interface PageOptions {
  theme?: ThemeKind;
  width?: number;
  height?: number;
  deviceScaleFactor?: number;
  reducedMotion?: 'reduce';
  forcedColors?: 'active';
}

/** A page in a real browser, with the test in the place of the extension. */
export interface PageDriver<Sent, Said> {
  page: Page;
  /** All messages of the page, each checked by the schema. */
  sent: Sent[];
  /** What went wrong in the page. */
  errors: string[];
  say: (message: Said) => Promise<void>;
  setTheme: (kind: ThemeKind) => Promise<void>;
  violations: () => Promise<string[]>;
  /** Broken accessibility rules, each with the elements. */
  axe: () => Promise<string[]>;
  close: () => Promise<void>;
}

/** The extension's part of the talk. */
export interface PageTalk<Sent, Said> {
  schema: { parse: (message: unknown) => Sent };
  /** What the extension says to a message. */
  answer: (message: Sent) => readonly Said[];
}

/** Opens a page and answers it as the extension would. */
export async function openPage<Sent, Said>(
  browser: Browser,
  url: string,
  { schema, answer }: PageTalk<Sent, Said>,
  options: PageOptions,
): Promise<PageDriver<Sent, Said>> {
  const { width = 1280, height = 900, theme = 'dark', deviceScaleFactor = 1 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor,
    ...(options.reducedMotion && { reducedMotion: options.reducedMotion }),
    ...(options.forcedColors && { forcedColors: options.forcedColors }),
  });
  const page = await context.newPage();
  const sent: Sent[] = [];
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const say = async (message: Said) => {
    await page.evaluate(`window.say(${JSON.stringify(withArrays(message))})`);
  };
  const reply = async (message: Sent) => {
    for (const said of answer(message)) await say(said);
  };
  await page.exposeFunction('toExtension', (message: unknown) => {
    const checked = schema.parse(message);
    sent.push(checked);
    reply(checked).catch((error: unknown) => errors.push(String(error)));
  });
  await page.addInitScript(fakeApi);
  await page.addInitScript(
    `document.addEventListener('DOMContentLoaded', () => { ${themeScript(theme)} });`,
  );
  await page.goto(url);
  return {
    page,
    sent,
    errors,
    say,
    setTheme: (kind) => page.evaluate(`(() => { ${themeScript(kind)} })()`),
    violations: () => page.evaluate<string[]>('window.violations'),
    axe: () => runAxe(page),
    close: () => context.close(),
  };
}

/** Checks with a page, then that nothing went wrong in it unnoticed, and closes it. */
export async function checkPage<Sent, Said>(
  driver: PageDriver<Sent, Said>,
  check: (driver: PageDriver<Sent, Said>) => Promise<void>,
): Promise<void> {
  try {
    await check(driver);
    assert.deepEqual(driver.errors, []);
    assert.deepEqual(await driver.violations(), []);
  } finally {
    await driver.close();
  }
}

/** As JSON, with typed arrays as what they are; the page makes them anew. */
function withArrays(message: unknown): string {
  return JSON.stringify(message, (_, value: unknown) =>
    ArrayBuffer.isView(value)
      ? { arrayOf: value.constructor.name, values: Array.from(value as Uint8Array) }
      : value,
  );
}

interface AxeResults {
  violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[];
}

async function runAxe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate<AxeResults>('axe.run(document)');
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`).join('; ')}`,
  );
}
