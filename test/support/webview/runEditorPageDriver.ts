import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { buildRunView } from '../../../src/runview/buildRunView.ts';
import { buildSessionDetail } from '../../../src/runview/buildSessionDetail.ts';
import {
  fromRunEditorSchema,
  type FromRunEditor,
  type ToRunEditor,
} from '../../../src/runview/runEditorMessages.ts';
import type { RunReport } from '../../../src/runfile/runReport.ts';
import type { RunEditorHost } from './runEditorHost.ts';
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
`;

export interface RunEditorPageOptions {
  theme?: ThemeKind;
  width?: number;
  height?: number;
  editable?: boolean;
  /** The first answer to \`ready\`; by default the report's view. */
  first?: ToRunEditor[];
  deviceScaleFactor?: number;
  reducedMotion?: 'reduce';
}

/** The run editor's page in a real browser, with this test in the place of the extension. */
export interface RunEditorPageDriver {
  page: Page;
  /** All messages of the page, each checked by the schema. */
  sent: FromRunEditor[];
  /** What went wrong in the page. */
  errors: string[];
  say: (message: ToRunEditor) => Promise<void>;
  setTheme: (kind: ThemeKind) => Promise<void>;
  violations: () => Promise<string[]>;
  /** Broken accessibility rules, each with the elements. */
  axe: () => Promise<string[]>;
  close: () => Promise<void>;
}

/** Opens the page and answers it as the extension would, from a report. */
export async function openRunEditorPage(
  browser: Browser,
  host: RunEditorHost,
  report: RunReport,
  options: RunEditorPageOptions = {},
): Promise<RunEditorPageDriver> {
  const { width = 1280, height = 900, theme = 'dark', deviceScaleFactor = 1 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor,
    ...(options.reducedMotion && { reducedMotion: options.reducedMotion }),
  });
  const page = await context.newPage();
  const sent: FromRunEditor[] = [];
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const say = async (message: ToRunEditor) => {
    await page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
  };
  const view = buildRunView(report);
  const first = options.first ?? [
    { type: 'run', view, editable: options.editable ?? true, runnable: true, lastEdit: 0 },
  ];
  const answer = async (message: FromRunEditor) => {
    if (message.type === 'ready') for (const state of first) await say(state);
    if (message.type !== 'select') return;
    const detail = buildSessionDetail(report, message.sessionId);
    if (detail) await say({ type: 'detail', detail });
  };
  await page.exposeFunction('toExtension', (message: unknown) => {
    const checked = fromRunEditorSchema.parse(message);
    sent.push(checked);
    answer(checked).catch((error: unknown) => errors.push(String(error)));
  });
  await page.addInitScript(fakeApi);
  await page.addInitScript(
    `document.addEventListener('DOMContentLoaded', () => { ${themeScript(theme)} });`,
  );
  await page.goto(host.url);
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
