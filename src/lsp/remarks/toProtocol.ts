import {
  CodeActionKind,
  CompletionItemKind,
  DiagnosticSeverity,
  InsertTextFormat,
  SymbolKind,
  type CodeAction,
  type CodeLens,
  type CompletionItem,
  type Diagnostic,
  type DocumentSymbol,
  type InlayHint,
  type Range,
  type TextEdit as ProtocolEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Completion, CompletionKind } from '../plan/completion.ts';
import type { Finding, Fix, Severity, TextEdit } from './finding.ts';
import type { Hint } from './hint.ts';
import type { Lens } from './lens.ts';
import type { OutlineSymbol } from './outlineSymbol.ts';
import type { Place } from './place.ts';

/** What features say in offsets, as the protocol says it in lines. */

export function toRange(document: TextDocument, { offset, length }: Place): Range {
  return { start: document.positionAt(offset), end: document.positionAt(offset + length) };
}

export function toEdit(document: TextDocument, edit: TextEdit): ProtocolEdit {
  return { range: toRange(document, edit), newText: edit.newText };
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

export function toDiagnostic(document: TextDocument, finding: Finding): Diagnostic {
  return {
    range: toRange(document, finding),
    severity: severities[finding.severity],
    code: finding.code,
    source: 'rtbench',
    message: finding.message,
  };
}

export function toCodeAction(document: TextDocument, finding: Finding, fix: Fix): CodeAction {
  const { title, edits, command, isPreferred } = fix;
  const changed = edits.map((edit) => toEdit(document, edit));
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(document, finding)],
    ...(isPreferred === true && { isPreferred }),
    ...(edits.length > 0 && { edit: { changes: { [document.uri]: changed } } }),
    ...(command && {
      command: {
        title,
        command: command.command,
        arguments: [document.uri, ...command.arguments],
      },
    }),
  };
}

const completionKinds: Record<CompletionKind, CompletionItemKind> = {
  endpoint: CompletionItemKind.Reference,
  value: CompletionItemKind.EnumMember,
  metric: CompletionItemKind.Variable,
  statistic: CompletionItemKind.Property,
  key: CompletionItemKind.Property,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
};

export function toCompletionItem(
  document: TextDocument,
  completion: Completion,
  order: number,
): CompletionItem {
  const { label, kind, detail, documentation, replace, newText } = completion;
  return {
    label,
    kind: completionKinds[kind],
    ...(detail !== '' && { detail }),
    ...(documentation !== '' && { documentation }),
    // What is typed so far is part of what is replaced, quotes included.
    filterText: newText,
    sortText: String(order).padStart(4, '0'),
    insertTextFormat: InsertTextFormat.PlainText,
    textEdit: { range: toRange(document, replace), newText },
  };
}

export function toCodeLens(document: TextDocument, lens: Lens): CodeLens {
  const { title, command, arguments: rest } = lens;
  return {
    range: toRange(document, lens),
    command: { title, command, arguments: [document.uri, ...rest] },
  };
}

export function toInlayHint(document: TextDocument, { offset, label, tooltip }: Hint): InlayHint {
  return { position: document.positionAt(offset), label, tooltip, paddingLeft: true };
}

const symbolKinds: Record<OutlineSymbol['kind'], SymbolKind> = {
  list: SymbolKind.Array,
  endpoint: SymbolKind.Interface,
  dataset: SymbolKind.File,
  threshold: SymbolKind.Number,
  property: SymbolKind.Property,
  session: SymbolKind.Event,
};

export function toDocumentSymbol(document: TextDocument, symbol: OutlineSymbol): DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: symbolKinds[symbol.kind],
    range: toRange(document, symbol),
    selectionRange: toRange(document, symbol.selection),
    children: symbol.children.map((child) => toDocumentSymbol(document, child)),
  };
}
