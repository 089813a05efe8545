import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  MarkupKind,
  type CodeAction,
  type CodeLens,
  type CompletionItem,
  type Diagnostic,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type FormattingOptions,
  type Hover,
  type InlayHint,
  type Position,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { localPath } from './clientSettings.ts';
import type { DocumentFeatures } from './documentFeatures.ts';
import { planLenses } from './plan/codeLenses.ts';
import { keyHover, planHover } from './plan/hover.ts';
import { planHints } from './plan/inlayHints.ts';
import type { Place } from './remarks/place.ts';
import {
  formatPlan,
  planFolds,
  planLinks,
  planSymbols,
  renameableAt,
  renameEndpoint,
} from './plan/structure.ts';
import { datasetPlace } from './planFactsSource.ts';
import {
  toCodeAction,
  toCodeLens,
  toCompletionItem,
  toDiagnostic,
  toDocumentSymbol,
  toEdit,
  toInlayHint,
  toRange,
} from './remarks/toProtocol.ts';
import type { PlanService } from './planService.ts';

/** What the server says of plans. */
export class PlanFeatures implements DocumentFeatures {
  readonly #service: PlanService;

  constructor(service: PlanService) {
    this.#service = service;
  }

  handles(uri: string): boolean {
    return this.#service.isPlan({ uri });
  }

  async diagnostics(document: TextDocument): Promise<Diagnostic[]> {
    const findings = await this.#service.findings(document);
    return findings.map((finding) => toDiagnostic(document, finding));
  }

  async completion(document: TextDocument, position: Position): Promise<CompletionItem[]> {
    const found = await this.#service.completions(document, document.offsetAt(position));
    return found.map((completion, order) => toCompletionItem(document, completion, order));
  }

  async hover(document: TextDocument, position: Position): Promise<Hover | null> {
    const plan = this.#service.read(document);
    const facts = await this.#service.facts(document);
    const offset = document.offsetAt(position);
    const told = planHover(plan, offset, facts);
    const hover = told ?? (this.#service.schemaIsTold ? null : keyHover(plan, offset));
    if (!hover) return null;
    const contents = { kind: MarkupKind.Markdown, value: hover.markdown };
    return { contents, range: toRange(document, hover) };
  }

  async codeActions(document: TextDocument, range: Range): Promise<CodeAction[]> {
    const start = document.offsetAt(range.start);
    const end = document.offsetAt(range.end);
    const findings = await this.#service.findings(document);
    return findings
      .filter(({ offset, length }) => offset <= end && offset + length >= start)
      .flatMap((finding) => finding.fixes.map((fix) => toCodeAction(document, finding, fix)));
  }

  async codeLenses(document: TextDocument): Promise<CodeLens[]> {
    const plan = this.#service.read(document);
    const lenses = planLenses(plan, await this.#service.facts(document));
    return lenses.map((lens) => toCodeLens(document, lens));
  }

  async inlayHints(document: TextDocument, range: Range): Promise<InlayHint[]> {
    const plan = this.#service.read(document);
    const hints = planHints(plan, await this.#service.facts(document));
    const start = document.offsetAt(range.start);
    const end = document.offsetAt(range.end);
    return hints
      .filter(({ offset }) => offset >= start && offset <= end)
      .map((hint) => toInlayHint(document, hint));
  }

  async links(document: TextDocument): Promise<DocumentLink[]> {
    const file = localPath(document.uri);
    if (file === null) return [];
    const folder = path.dirname(file);
    const { datasets, recordings } = await this.#service.facts(document);
    return planLinks(this.#service.read(document)).flatMap((link) => {
      const range = toRange(document, link);
      const target = pathToFileURL(path.resolve(folder, link.target)).href;
      if (link.kind === 'outputFolder') {
        return [{ range, target, tooltip: 'Folder of the run files' }];
      }
      if (link.kind === 'recording') {
        const isThere = recordings.get(link.target)?.kind === 'usable';
        return isThere ? [{ range, target, tooltip: 'Open the recorded starts' }] : [];
      }
      const fact = datasets.get(link.target);
      if (fact?.kind !== 'usable') return [];
      const isSame = fact.file === datasetPlace(link.target, folder);
      const tooltip = isSame ? 'Open' : `Open ${path.basename(fact.file)}`;
      return [{ range, target: pathToFileURL(fact.file).href, tooltip }];
    });
  }

  symbols(document: TextDocument): DocumentSymbol[] {
    const symbols = planSymbols(this.#service.read(document));
    return symbols.map((symbol) => toDocumentSymbol(document, symbol));
  }

  folds(document: TextDocument): FoldingRange[] {
    return planFolds(this.#service.read(document)).map((place) => {
      const { start, end } = toRange(document, place);
      // The closing bracket stays in sight.
      return { startLine: start.line, endLine: Math.max(start.line, end.line - 1) };
    });
  }

  format(document: TextDocument, range: Range | null, options: FormattingOptions): TextEdit[] {
    const place = range && placeOf(document, range);
    const edits = formatPlan(this.#service.read(document), place, options);
    return edits.map((edit) => toEdit(document, edit));
  }

  prepareRename(document: TextDocument, position: Position): Range | null {
    const place = renameableAt(this.#service.read(document), document.offsetAt(position));
    return place && toRange(document, place);
  }

  rename(document: TextDocument, position: Position, newName: string): WorkspaceEdit | string {
    const plan = this.#service.read(document);
    const edits = renameEndpoint(plan, document.offsetAt(position), newName);
    if (typeof edits === 'string') return edits;
    return { changes: { [document.uri]: edits.map((edit) => toEdit(document, edit)) } };
  }

  refresh(): void {
    this.#service.refresh();
  }

  forget(document: TextDocument): void {
    this.#service.forget(document);
  }
}

function placeOf(document: TextDocument, { start, end }: Range): Place {
  const offset = document.offsetAt(start);
  return { offset, length: document.offsetAt(end) - offset };
}
