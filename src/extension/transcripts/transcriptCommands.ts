import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { isSession, runOf } from '../timeline/sessionArgument.ts';
import { tell } from '../tell.ts';
import { askForOther, askForPair, askForSession, type ChosenSession } from './pickTranscripts.ts';
import type { TranscriptReader } from './transcriptReader.ts';
import { transcriptScheme } from './transcriptScheme.ts';
import { sessionLabel, sessionOfUri, transcriptUri } from './transcriptUri.ts';
import type { TranscriptViews } from './transcriptViews.ts';

/** What the user can do with transcripts. */
export class TranscriptCommands {
  readonly #services: Services;
  readonly #reader: TranscriptReader;
  readonly #views: TranscriptViews;

  constructor(services: Services, reader: TranscriptReader, views: TranscriptViews) {
    this.#services = services;
    this.#reader = reader;
    this.#views = views;
  }

  /** *Open Transcript*: of a session; asks for what it is not called with. */
  async open(argument: unknown): Promise<void> {
    // A timeline that is in front stays in sight.
    const isBeside = this.#services.playheads.activeSessions.length > 0;
    const chosen = await this.#chosen(argument);
    if (!chosen) return;
    const uri = transcriptUri(chosen.run, chosen.session);
    const viewColumn = isBeside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    await vscode.window.showTextDocument(uri, { preview: false, viewColumn });
  }

  /** *Show on Timeline*: beside the text, at the word where the cursor is. */
  async showOnTimeline(argument: unknown): Promise<void> {
    const uri = transcriptOf(argument);
    const session = uri && sessionOfUri(uri);
    if (!session) {
      void tell.information('Open a transcript first.');
      return;
    }
    const run = vscode.Uri.parse(session.run, true);
    const { sessionId } = session;
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === uri.toString(),
    );
    const position = editor?.selection.active;
    await vscode.commands.executeCommand('rtbench.openTimeline', {
      run,
      sessionId,
      isBeside: true,
    });
    if (editor && position) await this.#views.seek(editor.document, position);
  }

  /** *Go to Next Word Error* and *Go to Previous Word Error*, with what is known of the word. */
  async goToError(step: 1 | -1): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.uri.scheme !== transcriptScheme) {
      void tell.information('Open a transcript first.');
      return;
    }
    const problem = await this.#views.goToError(editor, step);
    if (problem === null) await vscode.commands.executeCommand('editor.action.showHover');
    else void tell.information(problem);
  }

  /** *Compare Transcripts…*: of a transcript and another one, or of two runs that are selected. */
  async compare(argument: unknown, selection: unknown): Promise<void> {
    const pair = await this.#pair(argument, selection);
    if (!pair) return;
    const [left, right] = pair.map(({ run, session }) => transcriptUri(run, session));
    const [a, b] = pair.map(({ session }) => sessionLabel(session));
    const title = a === b ? `${a}: two runs` : `${a} ↔ ${b}`;
    await vscode.commands.executeCommand('vscode.diff', left, right, title);
  }

  async #pair(
    argument: unknown,
    selection: unknown,
  ): Promise<[ChosenSession, ChosenSession] | undefined> {
    const runs = Array.isArray(selection) ? selection.map(runOf).filter((run) => run) : [];
    const [one, two] = runs;
    if (one && two) {
      if (runs.length > 2) void tell.information('The first two of the runs are compared.');
      return askForPair(this.#reader, [one, two]);
    }
    const first = await this.#chosen(transcriptOf(argument) ?? argument);
    const other = first && (await askForOther(this.#asking, first));
    return other && [first, other];
  }

  get #asking(): { services: Services; reader: TranscriptReader } {
    return { services: this.#services, reader: this.#reader };
  }

  /** The session that a command is meant for; asks for it where that is not clear. */
  async #chosen(argument: unknown): Promise<ChosenSession | undefined> {
    const named = sessionOfArgument(argument);
    if (named) return this.#read(named);
    const shown = argument === undefined ? this.#services.playheads.activeSessions : [];
    const lanes = await Promise.all(
      shown.map(({ run, sessionId }) =>
        this.#read({ run: vscode.Uri.parse(run, true), sessionId }),
      ),
    );
    const known = lanes.filter((lane) => lane !== undefined);
    if (known.length > 0) return pickLane(known);
    return askForSession(this.#asking, runOf(argument));
  }

  async #read({ run, sessionId }: NamedSession): Promise<ChosenSession | undefined> {
    const sessions = await this.#reader.sessions(run);
    const session = sessions.find(({ id }) => id === sessionId);
    return session && { run, session };
  }
}

interface NamedSession {
  run: vscode.Uri;
  sessionId: string;
}

function sessionOfArgument(argument: unknown): NamedSession | null {
  if (isSession(argument)) return argument;
  const named = argument instanceof vscode.Uri ? sessionOfUri(argument) : null;
  return named && { run: vscode.Uri.parse(named.run, true), sessionId: named.sessionId };
}

/** The transcript that a command is called on, else the one in the active editor. */
function transcriptOf(argument: unknown): vscode.Uri | undefined {
  const uri =
    argument instanceof vscode.Uri
      ? argument
      : argument === undefined
        ? vscode.window.activeTextEditor?.document.uri
        : undefined;
  return uri?.scheme === transcriptScheme ? uri : undefined;
}

async function pickLane(lanes: readonly ChosenSession[]): Promise<ChosenSession | undefined> {
  const [only, ...others] = lanes;
  if (others.length === 0) return only;
  const items = lanes.map((lane) => ({ label: sessionLabel(lane.session), lane }));
  const placeHolder = 'Transcript of which lane?';
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.lane;
}
