import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentSymbolRequest,
  ErrorCodes,
  ResponseError,
  TextDocuments,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { errorText } from '../common/benchError.ts';
import { capabilitiesFor } from './capabilities.ts';
import { ClientSettings } from './clientSettings.ts';
import { DiagnosticsPublisher } from './diagnosticsPublisher.ts';
import type { DocumentFeatures } from './documentFeatures.ts';
import { PlanFactsSource } from './planFactsSource.ts';
import { PlanFeatures } from './planFeatures.ts';
import { PlanService } from './planService.ts';
import { RunFeatures } from './runFeatures.ts';
import { parseServerOptions, type ServerOptions } from './serverOptions.ts';

/** Files whose change may change what is said of plans. */
const watched = [
  '**/*.rtbench.json',
  '**/{manifest,metadata}.{jsonl,json,csv,tsv}',
  '**/*.{wav,flac,mp3,ogg,opus}',
  '**/.vscode/settings.json',
];

/** What is there once a client has said what it can do. */
interface Session {
  options: ServerOptions;
  features: DocumentFeatures[];
  settings: ClientSettings;
  capabilities: ClientCapabilities;
}

/** Serves a client over a connection until it says that it goes. */
export function startLanguageServer(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const publisher = new DiagnosticsPublisher(connection, (uri) => documents.get(uri));
  const askedAbout = new Set<string>();
  let session: Session | null = null;

  connection.onInitialize((params) => {
    const options = parseServerOptions(params.initializationOptions);
    session = newSession(connection, params);
    return { capabilities: capabilitiesFor(options), serverInfo: { name: 'rtbench' } };
  });
  connection.onInitialized(() => {
    if (session) subscribe(connection, session.capabilities, session.options);
  });
  connection.onShutdown(() => {
    publisher.stop();
  });

  const featuresOf = (uri: string): DocumentFeatures | undefined =>
    session?.features.find((each) => each.handles(uri));
  const refresh = (): void => {
    if (!session) return;
    session.settings.forget();
    for (const each of session.features) each.refresh();
    for (const { uri } of documents.all()) schedule(uri);
    refreshViews(connection, session.capabilities);
  };
  const schedule = (uri: string): void => {
    const features = featuresOf(uri);
    if (!features || (features.waitsForQuestion === true && !askedAbout.has(uri))) return;
    publisher.schedule(uri, features);
  };
  connection.onDidChangeConfiguration(({ settings }) => {
    session?.settings.tell(settings);
    refresh();
  });
  connection.onDidChangeWatchedFiles(refresh);
  documents.onDidChangeContent(({ document }) => {
    schedule(document.uri);
  });
  documents.onDidSave(({ document }) => {
    schedule(document.uri);
  });
  documents.onDidClose(({ document }) => {
    featuresOf(document.uri)?.forget(document);
    askedAbout.delete(document.uri);
    void publisher.clear(document.uri);
  });
  answerRequests(connection, documents, (uri) => {
    const features = featuresOf(uri);
    if (features?.waitsForQuestion === true && !askedAbout.has(uri)) {
      askedAbout.add(uri);
      schedule(uri);
    }
    return features;
  });
  documents.listen(connection);
  connection.listen();
}

function newSession(connection: Connection, params: InitializeParams): Session {
  const options = parseServerOptions(params.initializationOptions);
  const settings = new ClientSettings(connection, params);
  const source = new PlanFactsSource((uri) => settings.endpointsFor(uri));
  const features = [new PlanFeatures(new PlanService(source, options)), new RunFeatures(options)];
  return { options, features, settings, capabilities: params.capabilities };
}

function subscribe(
  connection: Connection,
  { workspace, textDocument }: ClientCapabilities,
  { jsonService }: ServerOptions,
): void {
  const failed = (error: unknown): void => {
    connection.console.warn(errorText(error));
  };
  // Who outlines JSON does not know what a session is.
  if (jsonService && textDocument?.documentSymbol?.dynamicRegistration === true) {
    const runs = { documentSelector: [{ pattern: '**/*.rtbench.json' }] };
    connection.client.register(DocumentSymbolRequest.type, runs).catch(failed);
  }
  if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
    const wanted = { section: 'rtbench' };
    connection.client.register(DidChangeConfigurationNotification.type, wanted).catch(failed);
  }
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
    const watchers = watched.map((globPattern) => ({ globPattern }));
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(failed);
  }
}

/** What the client shows of facts must be asked for again. */
function refreshViews(connection: Connection, { workspace }: ClientCapabilities): void {
  const ignore = (): void => {
    // A client that goes answers no more.
  };
  if (workspace?.inlayHint?.refreshSupport === true)
    connection.languages.inlayHint.refresh().catch(ignore);
  if (workspace?.codeLens?.refreshSupport === true)
    connection.sendRequest(CodeLensRefreshRequest.type).catch(ignore);
}

type FeaturesOf = (uri: string) => DocumentFeatures | undefined;

function answerRequests(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  featuresOf: FeaturesOf,
): void {
  /** Asks the features of a document; `otherwise` where there are none. */
  const ask = <Result>(
    uri: string,
    otherwise: Result,
    question: (features: DocumentFeatures, document: TextDocument) => Result | Promise<Result>,
  ): Result | Promise<Result> => {
    const document = documents.get(uri);
    const features = featuresOf(uri);
    return document && features ? question(features, document) : otherwise;
  };
  connection.onCompletion(({ textDocument, position }) =>
    ask(textDocument.uri, [], (each, document) => each.completion?.(document, position) ?? []),
  );
  connection.onHover(({ textDocument, position }) =>
    ask(textDocument.uri, null, (each, document) => each.hover?.(document, position) ?? null),
  );
  connection.onCodeAction(({ textDocument, range }) =>
    ask(textDocument.uri, [], (each, document) => each.codeActions?.(document, range) ?? []),
  );
  connection.onCodeLens(({ textDocument }) =>
    ask(textDocument.uri, [], (each, document) => each.codeLenses?.(document) ?? []),
  );
  connection.onDocumentLinks(({ textDocument }) =>
    ask(textDocument.uri, [], (each, document) => each.links?.(document) ?? []),
  );
  connection.onDocumentSymbol(({ textDocument }) =>
    ask(textDocument.uri, [], (each, document) => each.symbols?.(document) ?? []),
  );
  connection.onFoldingRanges(({ textDocument }) =>
    ask(textDocument.uri, [], (each, document) => each.folds?.(document) ?? []),
  );
  connection.onDocumentFormatting(({ textDocument, options }) =>
    ask(textDocument.uri, [], (each, document) => each.format?.(document, null, options) ?? []),
  );
  connection.onDocumentRangeFormatting(({ textDocument, range, options }) =>
    ask(textDocument.uri, [], (each, document) => each.format?.(document, range, options) ?? []),
  );
  connection.onPrepareRename(({ textDocument, position }) =>
    ask(
      textDocument.uri,
      null,
      (each, document) => each.prepareRename?.(document, position) ?? null,
    ),
  );
  connection.onRenameRequest(({ textDocument, position, newName }) =>
    ask(textDocument.uri, null, (each, document) => {
      const answer = each.rename?.(document, position, newName) ?? null;
      if (typeof answer !== 'string') return answer;
      throw new ResponseError(ErrorCodes.InvalidParams, answer);
    }),
  );
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    ask(textDocument.uri, [], (each, document) => each.inlayHints?.(document, range, token) ?? []),
  );
}
