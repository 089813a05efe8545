import { TextDocumentSyncKind, type ServerCapabilities } from 'vscode-languageserver';
import type { ServerOptions } from './serverOptions.ts';

/** What the server offers to a client. */
export function capabilitiesFor({ jsonService, commands }: ServerOptions): ServerCapabilities {
  return {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    completionProvider: { triggerCharacters: ['"', '.', '/', ' '] },
    hoverProvider: true,
    codeActionProvider: true,
    documentLinkProvider: {},
    renameProvider: { prepareProvider: true },
    inlayHintProvider: true,
    // Lenses are commands.
    ...(commands && { codeLensProvider: {} }),
    ...(!jsonService && {
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
    }),
  };
}
