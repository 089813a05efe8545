import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { installCodeServer, type CodeServerName } from '../../../scripts/installCodeServer.ts';
import { startCodeServer } from '../../../scripts/startCodeServer.ts';
import { launchChromium } from '../../support/launchChromium.ts';
import { workbenchAddress } from '../../support/workbenchAddress.ts';
import { testLineMark } from '../testLineMark.ts';
import type { HostFlags } from './hostFlags.ts';

export interface HostOptions {
  server: CodeServerName;
  timeoutMs: number;
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
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'rtbench-vscode-'));
  const server = await startCodeServer(codeServer, {
    dataDir,
    flags: [
      '--enable-smoke-test-driver',
      ...(flags.trustEverything ? ['--disable-workspace-trust'] : []),
    ],
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const ended = watchTests(page, options);
    await page.goto(workbenchAddress({ url: server.url, ...flags }));
    const { code, logs } = await ended;
    if (code !== 0) await saveLogs(logs, server.output(), options.logsDir);
    return code;
  } catch (error) {
    await saveLogs([], server.output(), options.logsDir);
    throw error;
  } finally {
    await browser.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Prints what the tests print; resolves when the extension host has run them all. */
async function watchTests(page: Page, options: HostOptions): Promise<HostResult> {
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    const text = format(...args);
    if (text.startsWith(testLineMark)) options.print(text.slice(testLineMark.length));
  });
  let finish: (result: HostResult) => void = () => undefined;
  await page.exposeFunction('codeAutomationExit', (code: number, logs: unknown) => {
    finish({ code, logs });
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The tests did not end in ${options.timeoutMs / 1000} s.`));
    }, options.timeoutMs);
    timer.unref();
    finish = (result) => {
      clearTimeout(timer);
      resolve(result);
    };
  });
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
