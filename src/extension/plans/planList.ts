import * as vscode from 'vscode';
import { planFileEnding } from '../../planfile/planFileEnding.ts';
import { filesBeneath, findInWorkspace } from '../findFiles.ts';
import { isBeneath, watchFolders } from '../watchFolders.ts';

const mostPlans = 200;

/** The plans of the workspace. */
export class PlanList implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #written = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  #found: Promise<vscode.Uri[]> | null = null;
  /** Plans may have come or gone. */
  readonly onDidChange = this.#changed.event;
  /** A plan has another content on disk. */
  readonly onDidWrite = this.#written.event;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher(`**/*${planFileEnding}`);
    const look = (): void => {
      this.look();
    };
    this.#subscriptions = vscode.Disposable.from(
      watcher,
      this.#changed,
      this.#written,
      watcher.onDidCreate(look),
      watcher.onDidDelete(look),
      watcher.onDidChange((uri) => {
        this.#written.fire(uri);
      }),
      watchFolders({
        came: (uri) => this.#lookIfItHasPlans(uri),
        gone: (uri) => this.#lookIfItHadPlans(uri),
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(look),
    );
  }

  /** By path. */
  list(): Promise<vscode.Uri[]> {
    return (this.#found ??= findPlans());
  }

  /** Has them looked for once more. */
  look(): void {
    this.#found = null;
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #lookIfItHasPlans(folder: vscode.Uri): Promise<void> {
    if ((await filesBeneath(folder, planFileEnding)).length > 0) this.look();
  }

  async #lookIfItHadPlans(folder: vscode.Uri): Promise<void> {
    const known = await this.#found;
    if (known?.some((plan) => isBeneath(plan, folder))) this.look();
  }
}

async function findPlans(): Promise<vscode.Uri[]> {
  const found = await findInWorkspace(planFileEnding, mostPlans);
  return found.sort((one, other) => one.path.localeCompare(other.path));
}
