import path from 'node:path';
import {
  CodeActionKind,
  MarkupKind,
  type CancellationToken,
  type CodeAction,
  type CodeLens,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  type InlayHint,
  type Position,
  type Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { runFileEnding } from '../runfile/runFileEnding.ts';
import type { DocumentFeatures } from './documentFeatures.ts';
import type { Finding } from './remarks/finding.ts';
import type { Hint } from './remarks/hint.ts';
import {
  toCodeLens,
  toDiagnostic,
  toDocumentSymbol,
  toInlayHint,
  toRange,
} from './remarks/toProtocol.ts';
import { RecentFacts } from './run/recentFacts.ts';
import { readRunDocument, type RunDocument, type SessionEntry } from './run/runDocument.ts';
import { findingsOf, headFindings } from './run/runFindings.ts';
import { runLenses, sessionTimelineCommand } from './run/runLenses.ts';
import { runSymbols } from './run/runSymbols.ts';
import { messageHints, sessionHint } from './run/sessionHints.ts';
import { messageUnder, sessionHover } from './run/sessionHover.ts';
import type { ServerOptions } from './serverOptions.ts';
import { Breather } from './breather.ts';

/** Beyond these nobody reads on, and editors become slow. */
const mostFindings = 1_000;
const mostHints = 1_400;

interface Parsed {
  version: number;
  run: RunDocument;
}

/** What the server says of runs that are open as text. */
export class RunFeatures implements DocumentFeatures {
  readonly #options: ServerOptions;
  readonly #parsed = new Map<string, Parsed>();
  readonly #recent = new RecentFacts();

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  handles(uri: string): boolean {
    return uri.endsWith(runFileEnding);
  }

  /** A run that is shown otherwise than as text is not read for nothing. */
  get waitsForQuestion(): boolean {
    return this.#options.asksWhatItShows;
  }

  /** All sessions are read, a few at a time, so that questions are answered meanwhile. */
  async diagnostics(document: TextDocument): Promise<Diagnostic[]> {
    const { version } = document;
    const run = this.#read(document);
    const found: Finding[] = headFindings(run);
    const breather = new Breather();
    for (const entry of run.sessions) {
      if (found.length >= mostFindings) break;
      found.push(...findingsOf(entry));
      await breather.pause();
      // Changed meanwhile: what is found is asked for again.
      if (document.version !== version) return [];
    }
    return found.slice(0, mostFindings).map((finding) => toDiagnostic(document, finding));
  }

  hover(document: TextDocument, position: Position): Hover | null {
    const offset = document.offsetAt(position);
    const entry = sessionAt(this.#read(document), offset);
    const facts = entry && this.#recent.factsOf(entry.reading);
    if (!entry || !facts) return null;
    const hover = sessionHover(facts, offset - entry.place.offset);
    if (!hover) return null;
    const place = { offset: entry.place.offset + hover.offset, length: hover.length };
    return {
      contents: { kind: MarkupKind.Markdown, value: hover.markdown },
      range: toRange(document, place),
    };
  }

  async inlayHints(
    document: TextDocument,
    range: Range,
    token: CancellationToken,
  ): Promise<InlayHint[]> {
    const start = document.offsetAt(range.start);
    const end = document.offsetAt(range.end);
    const shown = this.#read(document).sessions.filter(
      ({ place }) => place.offset <= end && place.offset + place.length >= start,
    );
    const breather = new Breather();
    const hints: Hint[] = [];
    for (const entry of fromTheMiddle(shown)) {
      if (token.isCancellationRequested) return [];
      const own = this.#hintsOf(entry, hints.length);
      hints.push(...own.filter(({ offset }) => offset >= start && offset <= end));
      await breather.pause();
    }
    return hints.map((hint) => toInlayHint(document, hint));
  }

  codeLenses(document: TextDocument): CodeLens[] {
    return runLenses(this.#read(document)).map((lens) => toCodeLens(document, lens));
  }

  codeActions(document: TextDocument, range: Range): CodeAction[] {
    if (!this.#options.commands) return [];
    const offset = document.offsetAt(range.start);
    const entry = sessionAt(this.#read(document), offset);
    const facts = entry && this.#recent.factsOf(entry.reading);
    const message = facts && messageUnder(facts, offset - entry.place.offset);
    if (!entry || message === null) return [];
    const title = `Show Message ${message + 1} on Timeline`;
    const place = { sessionId: entry.place.id, message };
    const command = {
      title,
      command: sessionTimelineCommand,
      arguments: [document.uri, place],
    };
    return [{ title, kind: CodeActionKind.Empty, command }];
  }

  symbols(document: TextDocument): DocumentSymbol[] {
    return runSymbols(this.#read(document)).map((symbol) => toDocumentSymbol(document, symbol));
  }

  refresh(): void {
    // A run says all itself.
  }

  forget({ uri }: TextDocument): void {
    this.#parsed.delete(uri);
    this.#recent.clear();
  }

  #read(document: TextDocument): RunDocument {
    const { uri, version } = document;
    const known = this.#parsed.get(uri);
    if (known?.version === version) return known.run;
    const name = path.posix.basename(decodeURIComponent(uri));
    const run = readRunDocument(document.getText(), name, known?.run ?? null);
    this.#parsed.set(uri, { version, run });
    return run;
  }

  /** @param before hints that there are already: where there are many, sessions only have their own */
  #hintsOf(entry: SessionEntry, before: number): Hint[] {
    const facts = this.#recent.factsOf(entry.reading);
    if (!facts) return [];
    const messages = messageHints(facts);
    const isTooMany = before > 0 && before + messages.length > mostHints;
    return [...sessionHint(facts), ...(isTooMany ? [] : messages)].map((hint) => ({
      ...hint,
      offset: hint.offset + entry.place.offset,
    }));
  }
}

/** The session that an offset is in, by bisection. */
function sessionAt({ sessions }: RunDocument, offset: number): SessionEntry | null {
  let from = 0;
  let to = sessions.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const { place } = sessions[middle]!;
    if (place.offset + place.length < offset) from = middle + 1;
    else to = middle;
  }
  const entry = sessions[from];
  return entry && entry.place.offset <= offset ? entry : null;
}

/** What is in the middle of what an editor asks for is what is in sight. */
function fromTheMiddle<Item>(items: readonly Item[]): Item[] {
  const middle = (items.length - 1) / 2;
  const order = items.map((item, at) => ({ item, distance: Math.abs(at - middle) }));
  return order.sort((one, other) => one.distance - other.distance).map(({ item }) => item);
}
