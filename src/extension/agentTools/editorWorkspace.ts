import path from 'node:path';
import * as vscode from 'vscode';
import type {
  AgentEndpoints,
  AgentRun,
  AgentWorkspace,
  MeasureCall,
  Measured,
  MeasuredRuns,
  PlanDefaults,
  PlanText,
  RunPlace,
  RunWanted,
} from '../../agenttools/agentWorkspace.ts';
import { measureInTurn, type StepWanted } from '../../agenttools/measureInTurn.ts';
import { plainText } from '../../agenttools/plainText.ts';
import { readPlanText } from '../../agenttools/readPlanText.ts';
import { bundledSpeechName } from '../../agenttools/toolInputs.ts';
import { BenchError } from '../../common/benchError.ts';
import { runFileEnding } from '../../runfile/runFileEnding.ts';
import type { DescribedDataset } from '../../runner/dryRun.ts';
import { runFileName } from '../../runner/runName.ts';
import { planSettings, resultsFolder } from '../benchmark/benchmarkSettings.ts';
import { bundledSpeech } from '../benchmark/bundledSpeech.ts';
import { DatasetAmounts } from '../benchmark/datasetAmounts.ts';
import { measureBenchmark } from '../benchmark/measureBenchmark.ts';
import type { RunRequest } from '../benchmark/runTask.ts';
import { readHeadJson } from '../runs/readRunHead.ts';
import type { Services } from '../services.ts';
import { compareForAgent } from './compareForAgent.ts';
import { requireTrusted } from './requireTrusted.ts';
import {
  findInWorkspace,
  findOutputFolder,
  findSaved,
  planFiles,
  planPlace,
  runPlace,
} from './workspacePlaces.ts';

/** VS Code's workspace, as the tools of agents work on it. */
export class EditorWorkspace implements AgentWorkspace {
  readonly #services: Services;
  readonly #amounts: DatasetAmounts;

  constructor(services: Services) {
    this.#services = services;
    this.#amounts = new DatasetAmounts(services);
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
    const file = await findSaved(text);
    if (file.endsWith(runFileEnding)) return runPlace(vscode.Uri.file(file));
    throw new BenchError('not_a_run', `"${plainText(text)}" is no run file (.rtbench.json).`);
  }

  readHead({ uri }: RunPlace): Promise<unknown> {
    return readHeadJson(vscode.Uri.parse(uri, true));
  }

  async findDataset(text: string): Promise<string> {
    if (text === bundledSpeechName) return bundledSpeech(this.#services.context);
    return findInWorkspace(text);
  }

  findFile(text: string): Promise<string> {
    return findInWorkspace(text);
  }

  async amountOf(dataset: string): Promise<DescribedDataset> {
    requireTrusted('Looking into the speech that plans name');
    return this.#amounts.of(dataset);
  }

  async plans(): Promise<string[]> {
    return (await planFiles()).map(({ label }) => label);
  }

  async readPlan(text: string): Promise<PlanText> {
    return readPlanText(await planPlace(text));
  }

  findOutput(folder: string): Promise<string> {
    return findOutputFolder(folder);
  }

  planSettings(dataset: string): Promise<PlanDefaults> {
    const settings = planSettings(vscode.Uri.file(dataset));
    // Keys come from secret storage.
    return Promise.resolve({ ...settings, apiKeyEnv: () => null });
  }

  measure(runs: readonly RunWanted[], { signal, onProgress }: MeasureCall): Promise<MeasuredRuns> {
    return this.#services.measurement.run(async (stop) => {
      const abort = (): void => {
        stop.abort();
      };
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      try {
        return await measureInTurn(runs, onProgress, {
          measureOne: (run, report) => this.#measure(run, stop, report),
          readHead: (place) => this.readHead(place),
        });
      } finally {
        signal.removeEventListener('abort', abort);
      }
    });
  }

  compare(places: readonly RunPlace[], signal: AbortSignal): Promise<string> {
    return compareForAgent(this.#services.context.extensionPath, places, signal);
  }

  async #measure(
    wanted: StepWanted,
    stop: AbortController,
    onProgress: MeasureCall['onProgress'],
  ): Promise<Measured> {
    const request = runRequest(wanted);
    const { finished, tally } = await measureBenchmark(this.#services, request, stop, (now) => {
      onProgress({ done: now.done, total: now.total, text: now.text() });
    });
    const firstFailure = tally.firstFailure?.message ?? null;
    const place = runPlace(vscode.Uri.file(finished.file));
    return { ...finished, place, total: tally.total, firstFailure };
  }
}

function runRequest({ folder: given, ...step }: StepWanted): Omit<RunRequest, 'live'> {
  const folder = given ?? resultsFolder(vscode.Uri.file(step.plan.dataset.path));
  if (folder === null) {
    throw new BenchError('no_folder', 'Open a folder first: the run is saved in it.');
  }
  return { ...step, file: path.join(folder, runFileName(step.title, new Date())) };
}
