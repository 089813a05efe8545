import * as vscode from 'vscode';
import { heatOf, type TimingMode } from '../../transcript/timingHints.ts';
import type { Transcript, TranscriptWord } from '../../transcript/transcript.ts';
import { sanitiseText } from '../../transport/sanitiseText.ts';
import { rangeOf } from './transcriptLanguage.ts';

const mostGhostCharacters = 200;

const color = (name: string): vscode.ThemeColor =>
  new vscode.ThemeColor(`rtbench.transcript.${name}`);

const behavior = vscode.DecorationRangeBehavior.ClosedClosed;

/** How wrong, rewritten and playing words look. Errors differ by shape as well as by colour. */
export class TranscriptMarks implements vscode.Disposable {
  readonly #substituted = error('substituted', { textDecoration: 'underline wavy' });
  readonly #inserted = error('inserted', {
    border: '1px solid',
    borderColor: color('inserted'),
    borderRadius: '2px',
  });
  readonly #missing = error('missing', {});
  readonly #heat = [1, 2, 3].map((heat) =>
    vscode.window.createTextEditorDecorationType({
      backgroundColor: color(`heat${heat}`),
      borderRadius: '2px',
      rangeBehavior: behavior,
    }),
  );
  readonly #playing = vscode.window.createTextEditorDecorationType({
    backgroundColor: color('playheadBackground'),
    outline: '1px solid',
    outlineColor: color('playheadBorder'),
    borderRadius: '2px',
    rangeBehavior: behavior,
  });

  show(editor: vscode.TextEditor, transcript: Transcript, mode: TimingMode): void {
    const { words } = transcript;
    const ranges = (wanted: (word: TranscriptWord) => boolean) =>
      words
        .filter(wanted)
        .map(({ startChars, endChars }) => rangeOf(transcript, startChars, endChars));
    editor.setDecorations(
      this.#substituted,
      ranges(({ operation }) => operation === 'substitute'),
    );
    editor.setDecorations(
      this.#inserted,
      ranges(({ operation }) => operation === 'insert'),
    );
    editor.setDecorations(this.#missing, ghosts(transcript));
    this.#heat.forEach((type, at) => {
      const isHot = (word: TranscriptWord) => mode === 'heat' && heatOf(word) === at + 1;
      editor.setDecorations(type, ranges(isHot));
    });
  }

  /** @param word null where none is being said */
  showPlaying(editor: vscode.TextEditor, range: vscode.Range | null): void {
    editor.setDecorations(this.#playing, range ? [range] : []);
  }

  clear(editor: vscode.TextEditor): void {
    for (const type of this.#types()) editor.setDecorations(type, []);
  }

  dispose(): void {
    for (const type of this.#types()) type.dispose();
  }

  #types(): vscode.TextEditorDecorationType[] {
    return [this.#substituted, this.#inserted, this.#missing, ...this.#heat, this.#playing];
  }
}

function error(
  name: string,
  shape: vscode.DecorationRenderOptions,
): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    color: color(name),
    ...shape,
    rangeBehavior: behavior,
    overviewRulerColor: color(name),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });
}

/** What was said and is not in the text, crossed out where it belongs. */
function ghosts(transcript: Transcript): vscode.DecorationOptions[] {
  return transcript.missing.map(({ atChars, text }) => {
    const isFirst = atChars === 0;
    const { end } = rangeOf(transcript, Math.max(0, atChars - 1), atChars);
    const ghost = {
      contentText: sanitiseText(text, mostGhostCharacters),
      color: color('missing'),
      fontStyle: 'italic',
      textDecoration: 'line-through',
      margin: isFirst ? '0 0.6ch 0 0' : '0 0 0 0.6ch',
    };
    return {
      range: new vscode.Range(end, end),
      renderOptions: isFirst ? { before: ghost } : { after: ghost },
    };
  });
}
