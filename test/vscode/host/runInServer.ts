import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import {
  installCodeServer,
  type CodeServer,
  type CodeServerName,
} from '../../../scripts/installCodeServer.ts';
import { startCodeServer } from '../../../scripts/startCodeServer.ts';
import { launchChromium } from '../../support/launchChromium.ts';
import { workbenchAddress } from '../../support/workbenchAddress.ts';
import { testLineMark } from '../testLineMark.ts';
import type { HostFlags } from './hostFlags.ts';

export interface HostOptions {
  server: CodeServerName;
  /** The longest time without a line from the tests, starting included. */
  silenceMs: number;
  /** Where VS Code's logs of a failed run go. */
  logsDir: string;
  /** Takes the lines that the tests print. */
  print: (line: string) => void;
}

interface HostResult {
  code: number;
  logs: unknown;
}

const logFileSchema = z.array(z.object({ relativePath: z.string(), contents: z.string() }));

/**
 * Runs an extension's Mocha suite in the extension host of VS Code's server, with its workbench in
 * headless Chromium. Returns the exit code: 0 when every test passed.
 */
export async function runInServer(flags: HostFlags, options: HostOptions): Promise<number> {
  const codeServer = await installCodeServer(options.server);
  const browser = await launchChromium();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'rtbench-vscode-'));
  try {
    return await runInBrowser(await browser.newPage(), flags, { ...options, codeServer, dataDir });
  } finally {
    await browser.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runInBrowser(
  page: Page,
  flags: HostFlags,
  options: HostOptions & { codeServer: CodeServer; dataDir: string },
): Promise<number> {
  const server = await startCodeServer(options.codeServer, {
    dataDir: options.dataDir,
    flags: [
      '--enable-smoke-test-driver',
      ...(flags.trustEverything ? ['--disable-workspace-trust'] : []),
    ],
  });
  try {
    const { ended } = await watchTests(page, options);
    await page.goto(workbenchAddress({ url: server.url, ...flags }));
    const { code, logs } = await ended;
    if (code !== 0) await saveLogs(logs, server.output(), options.logsDir);
    return code;
  } catch (error) {
    await saveLogs([], server.output(), options.logsDir);
    await page.screenshot({ path: path.join(options.logsDir, 'workbench.png') });
    throw error;
  } finally {
    await server.stop();
  }
}

/** Prints what the tests print; `ended` resolves when the extension host has run them all. */
async function watchTests(
  page: Page,
  { silenceMs, print }: HostOptions,
): Promise<{ ended: Promise<HostResult> }> {
  let finish: (result: HostResult) => void = () => undefined;
  let giveUp: () => void = () => undefined;
  const ended = new Promise<HostResult>((resolve, reject) => {
    finish = resolve;
    giveUp = () => {
      reject(new Error(`The tests said nothing for ${silenceMs / 1000} s.`));
    };
  });
  const silence = setTimeout(giveUp, silenceMs);
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    const text = format(...args);
    if (!text.startsWith(testLineMark)) return;
    silence.refresh();
    print(text.slice(testLineMark.length));
  });
  await page.exposeFunction('codeAutomationExit', (code: number, logs: unknown) => {
    clearTimeout(silence);
    finish({ code, logs });
  });
  return { ended };
}

async function saveLogs(logs: unknown, serverOutput: string, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeFile(path.join(dir, 'server.log'), serverOutput);
  const files = logFileSchema.safeParse(logs);
  for (const { relativePath, contents } of files.success ? files.data : []) {
    const file = path.join(dir, relativePath.replaceAll(/[^\w.-]+/g, '_'));
    await writeFile(file, contents);
  }
  console.error(`VS Code’s logs: ${dir}`);
}
