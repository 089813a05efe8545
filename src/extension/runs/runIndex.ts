import path from 'node:path';
import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import { findRunFiles, runFileGlob } from './findRunFiles.ts';
import type { ListedRun } from './groupRuns.ts';
import type { RunHeadline } from '../../runlist/headlineFigures.ts';

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
  #watchers: vscode.Disposable[] = [];
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
    this.#unwatch();
    this.#subscriptions.dispose();
  }

  #restart(): void {
    // Not looked at yet: nothing to do again.
    if (this.#loading === null) return;
    this.#unwatch();
    // A reading under way fills the old map.
    this.#runs = new Map();
    this.#loading = null;
    this.#changed.fire();
  }

  async #load(): Promise<void> {
    const startMs = performance.now();
    const resultsFolder = outsideResultsFolder();
    // First, so that no file is missed between looking and watching.
    this.#watch(resultsFolder);
    const uris = await findRunFiles(resultsFolder);
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

  #watch(resultsFolder: vscode.Uri | null): void {
    const globs: vscode.GlobPattern[] = [runFileGlob];
    if (resultsFolder !== null) {
      globs.push(new vscode.RelativePattern(resultsFolder, '*.rtbench.json'));
    }
    const touched = (uri: vscode.Uri): void => {
      this.#touch(uri);
    };
    for (const glob of globs) {
      const watcher = vscode.workspace.createFileSystemWatcher(glob);
      watcher.onDidCreate(touched);
      watcher.onDidChange(touched);
      watcher.onDidDelete(touched);
      this.#watchers.push(watcher);
    }
  }

  #unwatch(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    this.#watchers = [];
  }

  #touch(uri: vscode.Uri): void {
    if (/\/(node_modules|\.git)\//.test(uri.path)) return;
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

/** The configured results folder where it is absolute, and so possibly not in the workspace. */
function outsideResultsFolder(): vscode.Uri | null {
  const folder = vscode.workspace.getConfiguration('rtbench').get<unknown>('resultsFolder');
  return typeof folder === 'string' && path.isAbsolute(folder) ? vscode.Uri.file(folder) : null;
}
