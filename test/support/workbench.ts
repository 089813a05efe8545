import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { startCodeServer, type RunningCodeServer } from '../../scripts/startCodeServer.ts';
import type { InstalledVsix } from './installedVsix.ts';
import { launchChromium } from './launchChromium.ts';
import { until } from './until.ts';
import { workbenchAddress } from './workbenchAddress.ts';

export interface WorkbenchOptions {
  /** Folder, or `.code-workspace` file, to open. */
  workspace: string | null;
  /** False: VS Code asks whether the folder is trusted, as it does by default. */
  trusted?: boolean;
  /** The user's settings. */
  settings?: Record<string, unknown>;
}

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** For all that is waited for: other suites may keep the machine busy. */
const patienceMs = 90_000;
/** For a question to come after its key. Pressing again is safe: it asks the same question. */
const questionMs = 10_000;
/** For the focus to move after Tab. */
const focusMs = 1000;

interface OpenWindow {
  browser: Browser;
  page: Page;
  server: RunningCodeServer;
}

/** VS Code's workbench in a browser, with the packaged extension, as a user sees and drives it. */
export class Workbench {
  /** What the browser said against a content security policy. */
  readonly cspViolations: string[] = [];
  /** Everything the server keeps: settings, logs, state. */
  readonly dataDir: string;
  readonly #installed: InstalledVsix;
  readonly #options: WorkbenchOptions;
  readonly #settings: Record<string, unknown>;
  #window: OpenWindow | null = null;

  private constructor(installed: InstalledVsix, options: WorkbenchOptions, dataDir: string) {
    this.dataDir = dataDir;
    this.#installed = installed;
    this.#options = options;
    this.#settings = { ...quietSettings, ...options.settings };
  }

  /** Starts server and browser; resolves when the extension's view is there. */
  static async open(installed: InstalledVsix, options: WorkbenchOptions): Promise<Workbench> {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'rtbench-workbench-'));
    const workbench = new Workbench(installed, options, dataDir);
    try {
      await workbench.set({});
      await workbench.start();
      return workbench;
    } catch (error) {
      await workbench.close();
      throw error;
    }
  }

  get page(): Page {
    if (!this.#window) throw new Error('VS Code is not running.');
    return this.#window.page;
  }

  /** Starts VS Code, with what it has kept if it ran before. */
  async start(): Promise<void> {
    const { dataDir } = this;
    const { codeServer, extensionsDir } = this.#installed;
    const flags = this.#options.trusted === false ? [] : ['--disable-workspace-trust'];
    const server = await startCodeServer(codeServer, { dataDir, extensionsDir, flags });
    try {
      const browser = await launchChromium();
      const viewport = { width: 1280, height: 900 };
      const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
      page.setDefaultTimeout(patienceMs);
      page.on('console', (message) => {
        const text = message.text();
        if (/content security policy/i.test(text)) this.cspViolations.push(text);
      });
      this.#window = { browser, page, server };
    } catch (error) {
      await server.stop();
      throw error;
    }
    await this.show(this.#options.workspace);
  }

  /** Shows another folder or workspace, or none, in the same window. */
  async show(workspace: string | null): Promise<void> {
    if (!this.#window) throw new Error('VS Code is not running.');
    const { url } = this.#window.server;
    await this.page.goto(workbenchAddress({ url, workspace }));
    await this.activityIcon.waitFor();
  }

  /** Closes the window, as its user does, and then ends the server. What is kept stays. */
  async stop(): Promise<void> {
    const window = this.#window;
    this.#window = null;
    if (!window) return;
    await window.browser.close();
    await window.server.stop();
  }

  /** RTBench in the activity bar. */
  get activityIcon(): Locator {
    return this.page.locator('.activitybar').getByRole('tab', { name: /^RTBench/ });
  }

  /** The page of the run editor that is in front. */
  get runEditor(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The text editor that is in front. */
  get textEditor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor[role="code"]');
  }

  /**
   * The lens with the text, which takes clicks. VS Code draws lenses at first as it remembers them:
   * they look the same, but are no links, and a click on them is lost.
   */
  lens(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a').filter({ hasText: text });
  }

  /** Shows RTBench's views in the side bar. A click on the icon of shown views would hide them. */
  async showViews(): Promise<void> {
    if ((await this.activityIcon.getAttribute('aria-selected')) !== 'true') {
      await this.activityIcon.click();
    }
  }

  /** The tree of the Runs view. */
  get runs(): Locator {
    return this.page.getByRole('tree', { name: /Runs/ });
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

  /** The choice that Enter takes. */
  get quickChoice(): Locator {
    return this.quickInput.locator('.monaco-list-row.focused');
  }

  /** The message with the text, and its buttons. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** Changes the user's settings. */
  async set(settings: Record<string, unknown>): Promise<void> {
    Object.assign(this.#settings, settings);
    const folder = path.join(this.dataDir, 'data', 'Machine');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify(this.#settings, null, 2));
  }

  /** Shows the palette's commands for a text. */
  async searchCommands(text: string): Promise<void> {
    await this.#search('F1', '>', text);
  }

  /** Runs a command from the palette, by keyboard. */
  async command(title: string): Promise<void> {
    await this.searchCommands(title);
    await this.quickChoice.filter({ hasText: title }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Answers the question that contains `placeholder` with the choice that is offered first. */
  async accept(placeholder: string): Promise<void> {
    await this.question(placeholder);
    await this.quickChoice.waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Answers the question that contains `placeholder` with another choice, by keyboard. */
  async choose(placeholder: string, choice: string | RegExp): Promise<void> {
    await this.question(placeholder);
    await this.quickChoices.filter({ hasText: choice }).first().waitFor();
    await this.quickChoice.waitFor();
    const wanted = this.quickChoice.filter({ hasText: choice });
    const most = await this.quickChoices.count();
    for (let presses = 0; presses < most && (await wanted.count()) === 0; presses += 1) {
      const before = await this.quickChoice.textContent();
      await this.page.keyboard.press('ArrowDown');
      await until(async () => (await this.quickChoice.textContent()) !== before, 'the next choice');
    }
    await wanted.waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Waits until the question that contains `placeholder` takes keys. */
  async question(placeholder: string): Promise<void> {
    await this.quickInput.locator(`input[placeholder*="${placeholder}"]:focus`).waitFor();
  }

  /** Opens a file of the folder by its path, with quick open. */
  async openFile(relativePath: string): Promise<void> {
    const name = path.basename(relativePath);
    await this.#search('Control+P', '', relativePath);
    await this.quickChoice.filter({ hasText: name }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).waitFor();
  }

  /** Presses Tab until `target` in the run editor, which must have the focus, has it. */
  async tabTo(target: Locator): Promise<void> {
    const frame = await this.runEditorFrame();
    const focused = (): Promise<number> =>
      frame.evaluate(
        'document.hasFocus() ? [...document.querySelectorAll("*")].indexOf(document.activeElement) : -1',
      );
    await until(async () => (await focused()) !== -1, 'the focus in the run editor', patienceMs);
    const reached = target.and(this.runEditor.locator(':focus'));
    for (let presses = 0; presses < 60; presses += 1) {
      if ((await reached.count()) > 0) return;
      const before = await focused();
      await this.page.keyboard.press('Tab');
      // The focus goes into frames a moment later; at an end it may stay where it is.
      await until(async () => (await focused()) !== before, 'the focus to move', focusMs).catch(
        () => undefined,
      );
    }
    throw new Error('Tab does not reach the element.');
  }

  /**
   * Takes an entry of the context menu of something, again until `effect` is there: on a busy
   * machine a menu may close by itself, and it takes clicks only after a while.
   */
  async chooseFromMenu(item: Locator, entry: string, effect: Locator): Promise<void> {
    const chosen = this.page
      .locator('.monaco-menu .action-item.focused')
      .filter({ hasText: entry });
    const endMs = performance.now() + patienceMs;
    for (;;) {
      try {
        await item.click({ button: 'right' });
        await this.page.getByRole('menuitem', { name: entry }).hover({ timeout: questionMs });
        await chosen.waitFor({ timeout: questionMs });
        await this.page.keyboard.press('Enter');
        await effect.waitFor({ timeout: questionMs });
        return;
      } catch (error) {
        // An open menu would take the next click, whatever comes of this.
        const isOpen = await this.page.locator('.monaco-menu').first().isVisible();
        if (isOpen) await this.page.keyboard.press('Escape');
        // It may have come late, and the entry may be gone with it.
        if (await effect.isVisible()) return;
        if (performance.now() > endMs) throw error;
      }
    }
  }

  /** Closes what is open. A busy machine may swallow the key that runs the command. */
  async closeEditors(): Promise<void> {
    const empty = this.page.locator('.editor-group-container.empty');
    const endMs = performance.now() + patienceMs;
    for (;;) {
      try {
        await this.command('View: Close All Editors');
        await empty.waitFor({ timeout: questionMs });
        return;
      } catch (error) {
        if (performance.now() > endMs) throw error;
      }
    }
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Asks for something in the quick input. While VS Code starts, it may take the focus away. */
  async #search(key: string, prefix: string, text: string): Promise<void> {
    const input = this.quickInput.locator('input:focus');
    const endMs = performance.now() + patienceMs;
    for (;;) {
      try {
        await this.page.keyboard.press(key);
        await input.waitFor({ timeout: questionMs });
        await input.fill(prefix);
        await this.page.keyboard.type(text);
        const shown = this.quickChoices.filter({ hasText: path.basename(text) });
        await shown.first().waitFor({ timeout: questionMs });
        const typed = await input.inputValue({ timeout: questionMs });
        if (typed === prefix + text) return;
        throw new Error(`"${typed}" was typed instead of "${prefix}${text}".`);
      } catch (error) {
        if (performance.now() > endMs) throw error;
      }
    }
  }
}
