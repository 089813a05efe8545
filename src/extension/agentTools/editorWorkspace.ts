import path from 'node:path';
import * as vscode from 'vscode';
import type {
  AgentEndpoints,
  AgentRun,
  AgentWorkspace,
  Measured,
  PlanDefaults,
  RunPlace,
  ToolCall,
} from '../../agenttools/agentWorkspace.ts';
import { FolderBoundary } from '../../agenttools/folderBoundary.ts';
import { plainText } from '../../agenttools/plainText.ts';
import { bundledSpeechName } from '../../agenttools/toolInputs.ts';
import { BenchError } from '../../common/benchError.ts';
import type { Plan } from '../../plan/plan.ts';
import { RunnerError } from '../../runner/runnerError.ts';
import { runFileName, runTitle } from '../../runner/runName.ts';
import { localFolders, planSettings, resultsFolder } from '../benchmark/benchmarkSettings.ts';
import { bundledSpeech } from '../benchmark/bundledSpeech.ts';
import { measureBenchmark } from '../benchmark/measureBenchmark.ts';
import { readHeadJson } from '../runs/readRunHead.ts';
import type { Services } from '../services.ts';
import { compareForAgent } from './compareForAgent.ts';

/** VS Code's workspace, as the tools of agents work on it. */
export class EditorWorkspace implements AgentWorkspace {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  async endpoints(): Promise<AgentEndpoints> {
    // What is wrong with other entries is shown to the user.
    return { endpoints: await this.#services.endpoints.list(), problems: [] };
  }

  async runs(): Promise<AgentRun[]> {
    const listed = await this.#services.runs.list();
    return listed.map(({ place, content }) => ({ ...runPlace(place), content }));
  }

  /** A run of the Runs view; or a file of an open folder, which is not listed at once. */
  async findRun(text: string): Promise<RunPlace> {
    const listed = (await this.runs()).find(({ label, uri, file }) =>
      [label, uri, file].includes(text),
    );
    if (listed) return listed;
    const file = await findInWorkspace(text, runFolders());
    if (file.endsWith('.rtbench.json')) return runPlace(vscode.Uri.file(file));
    throw new BenchError('not_a_run', `"${plainText(text)}" is no run file (.rtbench.json).`);
  }

  readHead({ uri }: RunPlace): Promise<unknown> {
    return readHeadJson(vscode.Uri.parse(uri, true));
  }

  async findDataset(text: string): Promise<string> {
    if (text === bundledSpeechName) return bundledSpeech(this.#services.context);
    const folders = localFolders().map(({ uri }) => uri.fsPath);
    return findInWorkspace(text, folders);
  }

  planSettings(dataset: string): Promise<PlanDefaults> {
    const settings = planSettings(vscode.Uri.file(dataset));
    // Keys come from secret storage.
    return Promise.resolve({ ...settings, apiKeyEnv: () => null });
  }

  measure(plan: Plan, call: ToolCall): Promise<Measured> {
    return this.#services.measurement.run((stop) => this.#measure(plan, call, stop));
  }

  compare(places: readonly RunPlace[], signal: AbortSignal): Promise<string> {
    return compareForAgent(this.#services.context.extensionPath, places, signal);
  }

  async #measure(
    plan: Plan,
    { signal, onProgress }: ToolCall,
    stop: AbortController,
  ): Promise<Measured> {
    const abort = (): void => {
      stop.abort();
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const request = runRequest(plan);
    try {
      const { finished, tally } = await measureBenchmark(this.#services, request, stop, (now) => {
        onProgress({ done: now.done, total: now.total, text: now.text() });
      });
      const firstFailure = tally.firstFailure?.message ?? null;
      const place = runPlace(vscode.Uri.file(finished.file));
      return { ...finished, place, total: tally.total, firstFailure };
    } catch (error) {
      throw withSavedFile(error);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }
}

function runRequest(plan: Plan): { plan: Plan; title: string; file: string } {
  const folder = resultsFolder(vscode.Uri.file(plan.dataset.path));
  if (folder === null) {
    throw new BenchError('no_folder', 'Open a folder first: the run is saved in it.');
  }
  const title = runTitle(plan);
  return { plan, title, file: path.join(folder, runFileName(title, new Date())) };
}

/** A run that broke off may have left a file, which is worth knowing. */
function withSavedFile(error: unknown): unknown {
  if (!(error instanceof RunnerError) || error.file === null) return error;
  const { uri } = runPlace(vscode.Uri.file(error.file));
  return new BenchError(error.reason, `${error.message} What ended before is saved: ${uri}`);
}

/** Runs may also be in a results folder outside of the open ones. */
function runFolders(): string[] {
  return localFolders().flatMap(({ uri }) => {
    const results = resultsFolder(uri);
    return results === null ? [uri.fsPath] : [uri.fsPath, results];
  });
}

async function findInWorkspace(text: string, folders: readonly string[]): Promise<string> {
  let first: BenchError | null = null;
  for (const folder of new Set(folders)) {
    try {
      return await (await FolderBoundary.of(folder)).find(text);
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      // The first folder's reason is the one that fits most often.
      first ??= error;
    }
  }
  throw first ?? new BenchError('no_folder', 'No folder is open. Open the one with the files.');
}

function runPlace(uri: vscode.Uri): RunPlace {
  const label = vscode.workspace.asRelativePath(uri);
  return { label, uri: uri.toString(), file: uri.fsPath };
}
