import * as vscode from 'vscode';
import { timelineActions } from '../../timeline/timelineActions.ts';
import { registerCommands, type CommandHandler } from '../registerCommands.ts';
import type { Services } from '../services.ts';
import type { TimelineCommands } from './timelineCommands.ts';
import { timelineViewType } from './timelineViewType.ts';

/** The timeline of sessions: its panel, and the commands that open it and act on it. */
export function registerTimeline(services: Services): vscode.Disposable {
  let loaded: Promise<TimelineCommands> | null = null;
  // Loaded only when needed: it brings schemas that activation need not wait for.
  const commands = (): Promise<TimelineCommands> =>
    (loaded ??= import('./timelineCommands.ts').then(
      ({ TimelineCommands }) => new TimelineCommands(services),
    ));
  const actions = timelineActions.map(({ id }): [string, CommandHandler] => [
    `rtbench.timeline.${id}`,
    async () => {
      (await commands()).perform(id);
    },
  ]);
  return vscode.Disposable.from(
    vscode.window.registerWebviewPanelSerializer(timelineViewType, {
      async deserializeWebviewPanel(view: vscode.WebviewPanel, savedState: unknown) {
        (await commands()).restore(view, savedState);
      },
    }),
    registerCommands(services.log, {
      'rtbench.openTimeline': async (argument) => (await commands()).open(argument),
      'rtbench.addToTimeline': async (argument) => (await commands()).add(argument),
      'rtbench.watchBenchmark': async () => {
        (await commands()).watch();
      },
      ...Object.fromEntries(actions),
    }),
  );
}
