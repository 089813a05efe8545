import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import { errorPlaces, placeFrom } from '../../transcript/errorPlaces.ts';
import { charsAt, positionOf, WordTimes, wordNear } from '../../transcript/positions.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import type { Services } from '../services.ts';
import { includesSession, type PlayheadMove } from '../timeline/playheads.ts';
import type { OpenTranscripts } from './openTranscripts.ts';
import { timings, timingsSetting } from './timingsSetting.ts';
import { rangeOf } from './transcriptLanguage.ts';
import { TranscriptMarks } from './transcriptMarks.ts';
import { transcriptScheme } from './transcriptScheme.ts';

/** A cursor key that is held down moves faster than a timeline need follow. */
const seekMs = 60;

/**
 * The editors of transcripts in sight: marks their words, and ties cursor and playhead. Neither
 * side moves the cursor of the other, so that nothing goes round in circles.
 */
export class TranscriptViews implements vscode.Disposable {
  readonly #services: Services;
  readonly #open: OpenTranscripts;
  readonly #marks = new TranscriptMarks();
  readonly #times = new WeakMap<Transcript, WordTimes>();
  readonly #subscriptions: vscode.Disposable;
  #seeking: NodeJS.Timeout | undefined;
  /** Where playheads are, for editors that come into sight later. */
  #lastMove: PlayheadMove | null = null;

  constructor(services: Services, open: OpenTranscripts) {
    this.#services = services;
    this.#open = open;
    const { playheads } = services;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.refresh();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme === transcriptScheme) this.refresh();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(timingsSetting)) this.refresh();
      }),
      open.onDidChange(() => {
        this.refresh();
      }),
      vscode.window.onDidChangeTextEditorSelection((change) => {
        this.#onSelection(change);
      }),
      playheads.onDidMove((move) => {
        this.#lastMove = move;
        for (const editor of visibleEditors()) this.#do(this.#follow(editor, move));
      }),
    );
    this.refresh();
  }

  /** Marks what is in sight anew. */
  refresh(): void {
    const editors = visibleEditors();
    if (editors.length === 0) this.#lastMove = null;
    this.#services.playheads.watch(editors.length > 0);
    for (const editor of editors) this.#do(this.#mark(editor));
  }

  dispose(): void {
    clearTimeout(this.#seeking);
    this.#services.playheads.watch(false);
    this.#subscriptions.dispose();
    this.#marks.dispose();
  }

  async #mark(editor: vscode.TextEditor): Promise<void> {
    const found = await this.#open.of(editor.document);
    if (!found) {
      this.#marks.clear(editor);
      return;
    }
    this.#marks.show(editor, found.transcript, timings());
    if (this.#lastMove) await this.#follow(editor, this.#lastMove);
  }

  #onSelection({ textEditor, selections, kind }: vscode.TextEditorSelectionChangeEvent): void {
    const [selection] = selections;
    // Without a kind it was no user.
    if (textEditor.document.uri.scheme !== transcriptScheme || kind === undefined) return;
    if (!selection) return;
    clearTimeout(this.#seeking);
    this.#seeking = setTimeout(() => {
      this.#do(this.seek(textEditor.document, selection.active));
    }, seekMs);
  }

  /** Moves the playheads of timelines of the session to the word at a place. */
  async seek(document: vscode.TextDocument, position: vscode.Position): Promise<void> {
    const found = await this.#open.of(document);
    if (!found) return;
    const { session, transcript } = found;
    const word = transcript.words[wordNear(transcript, charsAt(transcript, position))];
    if (word) this.#services.playheads.seek(session, word.atMs);
  }

  /**
   * Moves cursor and playheads to the next word error, or to the one before.
   *
   * @returns why there is none to go to; null where the cursor was moved
   */
  async goToError(editor: vscode.TextEditor, step: 1 | -1): Promise<string | null> {
    const found = await this.#open.of(editor.document);
    if (!found) return 'There is no text to look for errors in.';
    const { transcript } = found;
    const from = charsAt(transcript, editor.selection.active);
    const place = placeFrom(errorPlaces(transcript), from, step);
    if (place === undefined) return noErrors(transcript);
    const { line, character } = positionOf(transcript, place);
    const position = new vscode.Position(line, character);
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    await this.seek(editor.document, position);
    return null;
  }

  /** Marks the word at a playhead, and moves it into sight where it is not. */
  async #follow(editor: vscode.TextEditor, { sessions, ms }: PlayheadMove): Promise<void> {
    const found = await this.#open.of(editor.document);
    if (!found || !includesSession(sessions, found.session)) return;
    const { transcript } = found;
    const word = ms === null ? undefined : transcript.words[this.#timesOf(transcript).placeAt(ms)];
    const range = word ? rangeOf(transcript, word.startChars, word.endChars) : null;
    this.#marks.showPlaying(editor, range);
    if (!range || editor.visibleRanges.some((visible) => visible.contains(range))) return;
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  #timesOf(transcript: Transcript): WordTimes {
    const known = this.#times.get(transcript) ?? new WordTimes(transcript.words);
    this.#times.set(transcript, known);
    return known;
  }

  #do(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#services.log.error(`Transcript: ${errorText(error)}`);
    });
  }
}

function noErrors({ isCompared }: Transcript): string {
  return isCompared
    ? 'This transcript has no word errors.'
    : 'Nothing is known of word errors here: there is no reference text, or the session broke off.';
}

function visibleEditors(): vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(
    ({ document }) => document.uri.scheme === transcriptScheme,
  );
}
