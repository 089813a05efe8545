import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { startCodeServer, type RunningCodeServer } from '../../scripts/startCodeServer.ts';
import type { InstalledVsix } from './installedVsix.ts';
import { launchChromium } from './launchChromium.ts';
import { workbenchAddress } from './workbenchAddress.ts';

export interface WorkbenchOptions {
  folder: string;
  /** False: VS Code asks whether the folder is trusted, as it does by default. */
  trusted?: boolean;
  /** Added to the folder's settings. */
  settings?: Record<string, unknown>;
}

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** VS Code's workbench in a browser, with the packaged extension, as a user sees and drives it. */
export class Workbench {
  readonly page: Page;
  /** What the browser said against a content security policy. */
  readonly cspViolations: string[] = [];
  /** Everything the server keeps: settings, logs, state. */
  readonly dataDir: string;
  readonly #folder: string;
  readonly #settings: Record<string, unknown>;
  readonly #browser: Browser;
  readonly #server: RunningCodeServer;

  private constructor(parts: {
    page: Page;
    browser: Browser;
    server: RunningCodeServer;
    dataDir: string;
    options: WorkbenchOptions;
  }) {
    this.page = parts.page;
    this.dataDir = parts.dataDir;
    this.#folder = parts.options.folder;
    this.#settings = { ...quietSettings, ...parts.options.settings };
    this.#browser = parts.browser;
    this.#server = parts.server;
    this.page.on('console', (message) => {
      const text = message.text();
      if (/content security policy/i.test(text)) this.cspViolations.push(text);
    });
  }

  /** Starts server and browser and opens the folder; resolves when the extension's view is there. */
  static async open(installed: InstalledVsix, options: WorkbenchOptions): Promise<Workbench> {
    const browser = await launchChromium();
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'rtbench-workbench-'));
    const server = await startCodeServer(installed.codeServer, {
      dataDir,
      extensionsDir: installed.extensionsDir,
      flags: options.trusted === false ? [] : ['--disable-workspace-trust'],
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const workbench = new Workbench({ page, browser, server, dataDir, options });
    try {
      await workbench.set({});
      await page.goto(workbenchAddress({ url: server.url, workspace: options.folder }));
      await workbench.activityIcon.waitFor({ timeout: 60_000 });
      return workbench;
    } catch (error) {
      await workbench.close();
      throw error;
    }
  }

  /** RTBench in the activity bar. */
  get activityIcon(): Locator {
    return this.page.locator('.activitybar').getByRole('tab', { name: /^RTBench/ });
  }

  /** The page of the run editor that is in front. */
  get runEditor(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Shows RTBench's views in the side bar. A click on the icon of shown views would hide them. */
  async showViews(): Promise<void> {
    if ((await this.activityIcon.getAttribute('aria-selected')) !== 'true') {
      await this.activityIcon.click();
    }
  }

  /** The document of the run editor that is in front. */
  async runEditorFrame(): Promise<Frame> {
    const element = await this.runEditor.locator('#run').elementHandle();
    const frame = await element.ownerFrame();
    if (!frame) throw new Error('No run editor is open.');
    return frame;
  }

  /** The question that is asked at the top. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** The choices of the question that is asked. */
  get quickChoices(): Locator {
    return this.quickInput.locator('.monaco-list-row');
  }

  get notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item-message');
  }

  /** Changes settings of the folder. */
  async set(settings: Record<string, unknown>): Promise<void> {
    Object.assign(this.#settings, settings);
    await mkdir(path.join(this.#folder, '.vscode'), { recursive: true });
    await writeFile(
      path.join(this.#folder, '.vscode', 'settings.json'),
      JSON.stringify(this.#settings, null, 2),
    );
  }

  /** Runs a command from the palette, by keyboard. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.waitFor();
    await this.page.keyboard.type(title);
    await this.quickChoices.filter({ hasText: title }).first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Answers the question that contains `placeholder` with the choice that is offered first. */
  async accept(placeholder: string): Promise<void> {
    await this.question(placeholder);
    await this.quickChoices.first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  async question(placeholder: string): Promise<void> {
    await this.quickInput.locator(`input[placeholder*="${placeholder}"]`).waitFor();
  }

  /** Opens a file of the folder by its path, with quick open. */
  async openFile(relativePath: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.quickInput.waitFor();
    await this.page.keyboard.type(relativePath);
    const name = path.basename(relativePath);
    await this.quickChoices.filter({ hasText: name }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).waitFor();
  }

  async closeEditors(): Promise<void> {
    await this.command('View: Close All Editors');
    await this.page.locator('.editor-group-container.empty').waitFor();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
