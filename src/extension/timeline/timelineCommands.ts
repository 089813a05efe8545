import path from 'node:path';
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { setContext } from '../setContext.ts';
import { keyOf, restoredLanes, type LaneRef } from './laneRef.ts';
import { pickRun, pickSession } from './pickSession.ts';
import { readRun, withTrace } from './readRun.ts';
import { isSession, isSessions, runOf, type SessionArgument } from './sessionArgument.ts';
import { siblingsOf } from './sessionItems.ts';
import { TimelinePanel } from './timelinePanel.ts';
import type { SessionChoice } from './timelineReaderMessages.ts';
import { TimelineThread } from './timelineThread.ts';
import { timelineViewType } from './timelineViewType.ts';
import { tell } from '../tell.ts';

/** What the user can do with timelines. */
export class TimelineCommands {
  readonly #services: Services;
  /** The one that was active last comes last. */
  readonly #panels: TimelinePanel[] = [];

  constructor(services: Services) {
    this.#services = services;
  }

  /** *Open Timeline*: of a session; asks for what it is not called with. */
  async open(argument: unknown): Promise<void> {
    if (isSessions(argument)) {
      await this.#openTogether(argument);
      return;
    }
    const run = runOf(argument) ?? (await pickRun(this.#services, 'Timeline of which run?'));
    if (!run) return;
    await this.#withThread(async (thread) => {
      const sessions = await readRun(thread, run);
      const session = isSession(argument)
        ? sessions.find(({ id }) => id === argument.sessionId)
        : await pickSession(withTrace(sessions, run), 'Timeline of which session?');
      if (!session) return;
      const shown = [session, ...siblingsOf(session, sessions)];
      const lanes = shown.map(({ id }) => ({ run: run.toString(), sessionId: id }));
      const isBeside = isSession(argument) && argument.isBeside === true;
      const column = isBeside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
      this.#panelOf(thread, column).show(lanes, messageOf(argument));
    });
  }

  /** Sessions of several runs on one axis. */
  async #openTogether(sessions: readonly SessionArgument[]): Promise<void> {
    const lanes = sessions.map(({ run, sessionId }) => ({ run: run.toString(), sessionId }));
    await this.#withThread(async (thread) => {
      for (const { run } of sessions) await readRun(thread, run);
      this.#panelOf(thread).show(lanes);
    });
  }

  /** *Add to Timeline…*: another session that heard the same. */
  async add(argument: unknown): Promise<void> {
    const panel = this.#panels.at(-1);
    if (!panel || panel.lanes.length === 0) {
      await this.open(argument);
      return;
    }
    const run = itemRun(argument) ?? (await pickRun(this.#services, 'Add a session of which run?'));
    if (!run) return;
    const fitting = fittingSessions(panel, run, await readRun(panel.thread, run));
    if (fitting.length === 0) {
      const name = path.posix.basename(run.path);
      void tell.information(
        `${name} has no other session with the speech that the timeline shows.`,
      );
      return;
    }
    const session = await pickSession(fitting, 'Add which session?');
    if (!session) return;
    panel.add({ run: run.toString(), sessionId: session.id });
    panel.reveal();
  }

  /** *Watch on the Timeline*: the run that goes on. */
  watch(): void {
    const run = this.#services.live.current;
    if (!run) {
      void tell.information('No benchmark is running.');
      return;
    }
    const watching = this.#panels.find(({ watchedRun }) => watchedRun === run);
    if (watching) {
      watching.reveal();
      return;
    }
    const panel = this.#reusable();
    if (panel) panel.reveal();
    (panel ?? this.#newPanel(this.#newThread(), besideWhatIsOpen())).watch(run);
  }

  perform(action: string): void {
    this.#panels.at(-1)?.perform(action);
  }

  /** Brings a timeline back as its page remembers it. */
  restore(view: vscode.WebviewPanel, savedState: unknown): void {
    const lanes = restoredLanes(savedState);
    if (lanes.length === 0) view.dispose();
    else this.#adopt(view, this.#newThread()).show(lanes);
  }

  /** One that does not show a run that goes on. */
  #reusable(): TimelinePanel | undefined {
    return this.#panels.findLast(({ watchedRun }) => watchedRun === null);
  }

  /** What is read with the thread of the panel to show it in need not be read again. */
  async #withThread(use: (thread: TimelineThread) => Promise<void>): Promise<void> {
    const thread = this.#reusable()?.thread ?? this.#newThread();
    try {
      await use(thread);
    } finally {
      if (!this.#panels.some((panel) => panel.thread === thread)) thread.dispose();
    }
  }

  #panelOf(thread: TimelineThread, column = vscode.ViewColumn.Active): TimelinePanel {
    const panel = this.#panels.find((candidate) => candidate.thread === thread);
    panel?.reveal();
    return panel ?? this.#newPanel(thread, column);
  }

  #newThread(): TimelineThread {
    const { extensionPath } = this.#services.context;
    return new TimelineThread(path.join(extensionPath, 'dist', 'timelineReader.js'));
  }

  #newPanel(thread: TimelineThread, column: vscode.ViewColumn): TimelinePanel {
    const view = vscode.window.createWebviewPanel(timelineViewType, 'Timeline', column);
    return this.#adopt(view, thread);
  }

  #adopt(view: vscode.WebviewPanel, thread: TimelineThread): TimelinePanel {
    const panel = new TimelinePanel(this.#services, view, thread);
    this.#panels.push(panel);
    setContext('rtbench.timelineOpen', true);
    view.onDidChangeViewState(() => {
      if (view.active) this.#panels.push(...this.#panels.splice(this.#panels.indexOf(panel), 1));
    });
    view.onDidDispose(() => {
      this.#panels.splice(this.#panels.indexOf(panel), 1);
      setContext('rtbench.timelineOpen', this.#panels.length > 0);
    });
    return panel;
  }
}

function messageOf(argument: unknown): number | null {
  return isSession(argument) && typeof argument.message === 'number' ? argument.message : null;
}

/** Not the active editor's: that is the timeline. */
function itemRun(argument: unknown): vscode.Uri | undefined {
  return argument === undefined ? undefined : runOf(argument);
}

function fittingSessions(
  panel: TimelinePanel,
  run: vscode.Uri,
  sessions: readonly SessionChoice[],
): SessionChoice[] {
  const { lanes } = panel;
  const shown = new Set(lanes.map(({ session }) => session.key));
  const contents = new Set(lanes.flatMap(({ audio }) => audio.sha256 ?? []));
  const utterances = new Set(lanes.map(({ session }) => session.utterance));
  return sessions.filter((session) => {
    const ref: LaneRef = { run: run.toString(), sessionId: session.id };
    const { sha256, utteranceId, hasTrace } = session;
    const fits = sha256 === null ? utterances.has(utteranceId) : contents.has(sha256);
    return hasTrace && fits && !shown.has(keyOf(ref));
  });
}

/** Where an editor is open, it shall stay in sight. */
function besideWhatIsOpen(): vscode.ViewColumn {
  const isOpen = vscode.window.tabGroups.activeTabGroup.activeTab !== undefined;
  return isOpen ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}
