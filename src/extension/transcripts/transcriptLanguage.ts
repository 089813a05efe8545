import * as vscode from 'vscode';
import { errorPlaces } from '../../transcript/errorPlaces.ts';
import { charsAt, positionOf, wordAt } from '../../transcript/positions.ts';
import { timingHints, type TimingHint, type TimingMode } from '../../transcript/timingHints.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import type { LaneRef } from '../timeline/laneRef.ts';
import type { OpenTranscripts } from './openTranscripts.ts';
import { timings, timingsSetting } from './timingsSetting.ts';
import { summaryOf, timingTitle } from './transcriptSummary.ts';
import type { TranscriptReader } from './transcriptReader.ts';
import { transcriptScheme } from './transcriptScheme.ts';
import { missingHover, mostFrames, wordHover, type HoverFrame } from './wordHover.ts';

/** What VS Code asks of a language: hints between words, hovers, and lenses above the text. */
export class TranscriptLanguage
  implements vscode.InlayHintsProvider, vscode.HoverProvider, vscode.CodeLensProvider
{
  readonly #open: OpenTranscripts;
  readonly #reader: TranscriptReader;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.#changed.event;
  readonly onDidChangeCodeLenses = this.#changed.event;
  /** Made once for all ranges of a transcript that are asked for. */
  #hints = new WeakMap<Transcript, { mode: TimingMode; hints: TimingHint[] }>();

  constructor(open: OpenTranscripts, reader: TranscriptReader) {
    this.#open = open;
    this.#reader = reader;
  }

  register(): vscode.Disposable {
    const selector = { scheme: transcriptScheme };
    return vscode.Disposable.from(
      this.#changed,
      vscode.languages.registerInlayHintsProvider(selector, this),
      vscode.languages.registerHoverProvider(selector, this),
      vscode.languages.registerCodeLensProvider(selector, this),
      this.#open.onDidChange(() => {
        this.#changed.fire();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(timingsSetting)) this.#changed.fire();
      }),
    );
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
  ): Promise<vscode.InlayHint[]> {
    const found = await this.#open.of(document);
    if (!found) return [];
    const { transcript } = found;
    const from = charsAt(transcript, range.start);
    const to = charsAt(transcript, range.end);
    return this.#hintsOf(transcript)
      .filter(({ atChars }) => atChars >= from && atChars <= to)
      .map((hint) => inlayHint(transcript, hint));
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | null> {
    const found = await this.#open.of(document);
    if (!found) return null;
    const { session, transcript } = found;
    const chars = charsAt(transcript, position);
    const word = transcript.words[wordAt(transcript, chars)];
    if (!word) {
      const missing = transcript.missing.find(({ atChars }) => atChars === chars);
      return missing ? new vscode.Hover(missingHover(missing)) : null;
    }
    const frames = await this.#frames(session, transcript, word.deltas.slice(0, mostFrames));
    return new vscode.Hover(
      wordHover(transcript, word, frames),
      rangeOf(transcript, word.startChars, word.endChars),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const found = await this.#open.of(document);
    if (!found) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    return lensCommands(document.uri, found.transcript).map(
      (command) => new vscode.CodeLens(top, command),
    );
  }

  #hintsOf(transcript: Transcript): TimingHint[] {
    const mode = timings();
    const known = this.#hints.get(transcript);
    if (known?.mode === mode) return known.hints;
    const hints = timingHints(transcript, mode);
    this.#hints.set(transcript, { mode, hints });
    return hints;
  }

  async #frames(
    session: LaneRef,
    { deltas }: Transcript,
    places: readonly number[],
  ): Promise<HoverFrame[]> {
    const frames = await Promise.all(
      places.map(async (delta) => {
        const frame = await this.#reader.frame(session, deltas[delta]!.message);
        return frame && { delta, raw: frame.raw, isRebuilt: frame.isRebuilt };
      }),
    );
    return frames.filter((frame) => frame !== null);
  }
}

/** A stretch of the text in the document. */
export function rangeOf(
  transcript: Transcript,
  startChars: number,
  endChars: number,
): vscode.Range {
  const start = positionOf(transcript, startChars);
  const end = positionOf(transcript, Math.max(startChars, endChars - 1));
  const last = endChars > startChars ? 1 : 0;
  return new vscode.Range(start.line, start.character, end.line, end.character + last);
}

function inlayHint(transcript: Transcript, hint: TimingHint): vscode.InlayHint {
  const isOfNext = hint.belongsTo === 'next';
  const { line, character } = isOfNext
    ? positionOf(transcript, hint.atChars)
    : rangeOf(transcript, hint.atChars - 1, hint.atChars).end;
  const made = new vscode.InlayHint(new vscode.Position(line, character), hint.label);
  made.tooltip = hint.meaning;
  made.paddingRight = isOfNext;
  made.paddingLeft = !isOfNext;
  return made;
}

function lensCommands(uri: vscode.Uri, transcript: Transcript): vscode.Command[] {
  const [first, ...notes] = summaryOf(transcript);
  return [
    {
      title: '$(graph-line) Show on Timeline',
      command: 'rtbench.transcript.showOnTimeline',
      arguments: [uri],
    },
    {
      title: `$(watch) ${timingTitle(timings(), transcript)}`,
      tooltip: 'Off, gaps, lag, revisions in turn',
      command: 'rtbench.transcript.toggleTimings',
    },
    {
      title: '$(diff) Compare Transcripts…',
      command: 'rtbench.compareTranscripts',
      arguments: [uri],
    },
    ...errorLens(transcript),
    ...[first, ...notes].map((title) => ({ title: title ?? '', command: '' })),
  ];
}

function errorLens(transcript: Transcript): vscode.Command[] {
  const { length } = errorPlaces(transcript);
  if (length === 0) return [];
  const title = `$(arrow-down) ${length} ${length === 1 ? 'Word Error' : 'Word Errors'}`;
  return [{ title, tooltip: 'Go to the next one', command: 'rtbench.transcript.nextError' }];
}
