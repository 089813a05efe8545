import * as vscode from 'vscode';
import { registerCommands } from '../registerCommands.ts';
import type { Services } from '../services.ts';
import { TranscriptFiles } from './transcriptFiles.ts';
import type { Transcripts } from './transcripts.ts';
import { transcriptScheme } from './transcriptScheme.ts';

/** Sessions as read-only documents with the timing of every delta. */
export function registerTranscripts(services: Services): vscode.Disposable {
  let loaded: Promise<Transcripts> | null = null;
  // Loaded only when needed: it brings schemas that activation need not wait for.
  const load = (): Promise<Transcripts> =>
    (loaded ??= import('./transcripts.ts').then(
      (module) => new module.Transcripts(services, files),
    ));
  const files = new TranscriptFiles(async (uri) => (await load()).read(uri));
  return vscode.Disposable.from(
    vscode.workspace.registerFileSystemProvider(transcriptScheme, files, {
      isReadonly: true,
      isCaseSensitive: true,
    }),
    registerCommands(services.log, {
      'rtbench.openTranscript': async (argument) => (await load()).commands.open(argument),
      'rtbench.compareTranscripts': async (argument, selection) =>
        (await load()).commands.compare(argument, selection),
      'rtbench.transcript.showOnTimeline': async (argument) =>
        (await load()).commands.showOnTimeline(argument),
      'rtbench.transcript.nextError': async () => (await load()).commands.goToError(1),
      'rtbench.transcript.previousError': async () => (await load()).commands.goToError(-1),
      'rtbench.transcript.toggleTimings': async () => {
        const { toggleTimings } = await import('./timingsSetting.ts');
        await toggleTimings();
      },
    }),
    new vscode.Disposable(() => {
      void loaded?.then((transcripts) => {
        transcripts.dispose();
      });
    }),
  );
}
