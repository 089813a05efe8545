import type {
  CancellationToken,
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  FormattingOptions,
  Hover,
  InlayHint,
  Position,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

type Later<Result> = Result | Promise<Result>;

/** What the server can say of a kind of document. What a kind does not have is left out. */
export interface DocumentFeatures {
  handles(uri: string): boolean;
  /** Whether documents are looked at only after somebody asked about them. */
  readonly waitsForQuestion?: boolean;
  diagnostics(document: TextDocument): Later<Diagnostic[]>;
  completion?(document: TextDocument, position: Position): Later<CompletionItem[]>;
  hover?(document: TextDocument, position: Position): Later<Hover | null>;
  codeActions?(document: TextDocument, range: Range): Later<CodeAction[]>;
  codeLenses?(document: TextDocument): Later<CodeLens[]>;
  inlayHints?(document: TextDocument, range: Range, token: CancellationToken): Later<InlayHint[]>;
  links?(document: TextDocument): Later<DocumentLink[]>;
  symbols?(document: TextDocument): Later<DocumentSymbol[]>;
  folds?(document: TextDocument): Later<FoldingRange[]>;
  format?(document: TextDocument, range: Range | null, options: FormattingOptions): TextEdit[];
  prepareRename?(document: TextDocument, position: Position): Range | null;
  /** A text says why it cannot be renamed. */
  rename?(document: TextDocument, position: Position, newName: string): WorkspaceEdit | string;
  /** What lies beyond the documents' texts has changed. */
  refresh(): void;
  forget(document: TextDocument): void;
}
