import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { OpenTranscripts } from './openTranscripts.ts';
import { TranscriptCommands } from './transcriptCommands.ts';
import type { TranscriptFile, TranscriptFiles } from './transcriptFiles.ts';
import { TranscriptLanguage } from './transcriptLanguage.ts';
import { TranscriptReader } from './transcriptReader.ts';
import { TranscriptViews } from './transcriptViews.ts';

/** All there is for transcripts, from the first one that is opened on. */
export class Transcripts implements vscode.Disposable {
  readonly commands: TranscriptCommands;
  readonly #open: OpenTranscripts;
  readonly #subscriptions: vscode.Disposable;

  constructor(services: Services, files: TranscriptFiles) {
    const reader = new TranscriptReader(services.context.extensionPath);
    const open = new OpenTranscripts(reader);
    const views = new TranscriptViews(services, open);
    this.#open = open;
    this.commands = new TranscriptCommands(services, reader, views);
    this.#subscriptions = vscode.Disposable.from(
      new TranscriptLanguage(open, reader).register(),
      open.onDidChange((uri) => {
        files.changed(uri);
      }),
      views,
      open,
    );
  }

  read(uri: vscode.Uri): Promise<TranscriptFile> {
    return this.#open.get(uri);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
