import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import { openResultsFolders } from '../benchmark/benchmarkSettings.ts';
import { findRunFiles } from './findRunFiles.ts';
import type { ListedRun } from './groupRuns.ts';
import type { RunHeadline } from '../../runlist/headlineFigures.ts';
import { isBeneath } from '../watchFolders.ts';
import { watchRunFiles } from './watchRunFiles.ts';

type RunMap = Map<string, ListedRun<vscode.Uri>>;

/** Files read at once. */
const readersAtOnce = 8;
/** A save may be several events. */
const settleMs = 200;

/** The run files of the workspace with their headline figures, kept fresh by a watcher. */
export class RunIndex implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #runs: RunMap = new Map();
  readonly #pending = new Map<string, vscode.Uri>();
  #settling: NodeJS.Timeout | undefined;
  #loading: Promise<void> | null = null;
  #watcher: vscode.Disposable | null = null;
  readonly #subscriptions: vscode.Disposable;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#restart();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('rtbench.resultsFolder')) this.#restart();
      }),
    );
  }

  /** All runs; the first call looks for them. */
  async list(): Promise<ListedRun<vscode.Uri>[]> {
    for (;;) {
      const loading = (this.#loading ??= this.#load());
      await loading;
      // Folders or settings may have changed meanwhile; what is there now is not complete then.
      if (loading === this.#loading) return [...this.#runs.values()];
    }
  }

  dispose(): void {
    clearTimeout(this.#settling);
    this.#watcher?.dispose();
    this.#subscriptions.dispose();
  }

  #restart(): void {
    // Not looked at yet: nothing to do again.
    if (this.#loading === null) return;
    this.#watcher?.dispose();
    // A reading under way fills the old map.
    this.#runs = new Map();
    this.#loading = null;
    this.#changed.fire();
  }

  async #load(): Promise<void> {
    const startMs = performance.now();
    const resultsFolders = outsideResultsFolders();
    // First, so that no file is missed between looking and watching.
    this.#watcher = watchRunFiles(resultsFolders, {
      touched: (uri) => {
        this.#touch(uri);
      },
      gone: (uri) => {
        this.#gone(uri);
      },
    });
    const uris = await findRunFiles(resultsFolders);
    await this.#read(uris);
    const tookMs = Math.round(performance.now() - startMs);
    this.#log.debug(`Listed ${uris.length} runs in ${tookMs} ms.`);
  }

  async #read(uris: readonly vscode.Uri[]): Promise<void> {
    const runs = this.#runs;
    // Loaded only now: it brings a schema and the metrics' names.
    const { readRunHead } = await import('./readRunHead.ts');
    for (let at = 0; at < uris.length; at += readersAtOnce) {
      const batch = uris.slice(at, at + readersAtOnce);
      await Promise.all(batch.map((uri) => this.#readOne(uri, runs, readRunHead)));
    }
  }

  async #readOne(
    uri: vscode.Uri,
    runs: RunMap,
    readRunHead: (uri: vscode.Uri) => Promise<RunHeadline>,
  ): Promise<void> {
    const key = uri.toString();
    try {
      const headline = await readRunHead(uri);
      runs.set(key, { place: uri, key, content: { kind: 'run', headline } });
    } catch (error) {
      if (await isGone(uri)) {
        runs.delete(key);
        return;
      }
      const reason = errorText(error);
      this.#log.warn(`${vscode.workspace.asRelativePath(uri)}: ${reason}`);
      runs.set(key, { place: uri, key, content: { kind: 'broken', reason } });
    }
  }

  /** The runs that a folder took with it when it went. */
  #gone(folder: vscode.Uri): void {
    for (const { place } of this.#runs.values()) {
      if (isBeneath(place, folder)) this.#touch(place);
    }
  }

  #touch(uri: vscode.Uri): void {
    this.#pending.set(uri.toString(), uri);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      const uris = [...this.#pending.values()];
      this.#pending.clear();
      void this.#read(uris).then(() => {
        this.#changed.fire();
      });
    }, settleMs);
  }
}

async function isGone(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return false;
  } catch {
    return true;
  }
}

/** The results folders that no search of the workspace finds. */
function outsideResultsFolders(): vscode.Uri[] {
  const folders = openResultsFolders().map((folder) => vscode.Uri.file(folder));
  return folders.filter((folder) => vscode.workspace.getWorkspaceFolder(folder) === undefined);
}
