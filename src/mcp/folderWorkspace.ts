import { realpath } from 'node:fs/promises';
import path from 'node:path';
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
} from '../agenttools/agentWorkspace.ts';
import { compareOnThread } from '../agenttools/comparisonThread.ts';
import { filesOfFolder } from '../agenttools/filesOfFolder.ts';
import { measureInTurn, type StepWanted } from '../agenttools/measureInTurn.ts';
import { plainText } from '../agenttools/plainText.ts';
import { readPlanText } from '../agenttools/readPlanText.ts';
import { bundledSpeechName } from '../agenttools/toolInputs.ts';
import { BenchError } from '../common/benchError.ts';
import { loadDataset } from '../dataset/loadDataset.ts';
import { planFileEnding } from '../planfile/planFileEnding.ts';
import { runFileEnding } from '../runfile/runFileEnding.ts';
import { apiKeyFromEnvironment } from '../runner/apiKeyFromEnvironment.ts';
import { Measurement } from '../runner/measurement.ts';
import type { DescribedDataset } from '../runner/dryRun.ts';
import { performTask } from '../runner/runnerClient.ts';
import { runFileName } from '../runner/runName.ts';
import { readHeadFromDisk } from '../runlist/readHeadFromDisk.ts';
import { endpointOrigin } from '../settings/endpointOrigin.ts';
import type { FolderBoundary } from '../agenttools/folderBoundary.ts';
import { folderRuns, runPlace } from './folderRuns.ts';
import { readFolderSettings, type FolderSettings } from './folderSettings.ts';
import { SessionTally } from './sessionTally.ts';

export interface FolderWorkspaceOptions {
  boundary: FolderBoundary;
  /** Folder of the speech that comes with RTBench. */
  bundledSpeech: string;
  rtbenchVersion: string;
  /** The measuring process's bundle. */
  runner: string;
  /** The comparing thread's bundle. */
  comparer: string;
  /** Environment variables with API keys, by the origin they may be sent to. */
  keyVariables: ReadonlyMap<string, string>;
  environment: Readonly<Record<string, string | undefined>>;
  /** HTTP proxy to reach endpoints through; null for none. */
  proxy: string | null;
}

/** The folder of an MCP server, as the tools work on it. Settings are read anew by each call. */
export class FolderWorkspace implements AgentWorkspace {
  readonly #options: FolderWorkspaceOptions;
  readonly #measurement = new Measurement();

  constructor(options: FolderWorkspaceOptions) {
    this.#options = options;
  }

  endpoints(): Promise<AgentEndpoints> {
    return this.#settings();
  }

  runs(): Promise<AgentRun[]> {
    return folderRuns(this.#boundary);
  }

  async findRun(text: string): Promise<RunPlace> {
    const file = await this.#boundary.find(text);
    if (file.endsWith(runFileEnding)) return runPlace(this.#boundary, file);
    throw new BenchError('not_a_run', `"${plainText(text)}" is no run file (.rtbench.json).`);
  }

  readHead({ file }: RunPlace): Promise<unknown> {
    return readHeadFromDisk(file);
  }

  async findDataset(text: string): Promise<string> {
    if (text === bundledSpeechName) return this.#options.bundledSpeech;
    const dataset = await this.#boundary.find(text);
    await this.#refuseOutsideAudio(dataset);
    return dataset;
  }

  findFile(text: string): Promise<string> {
    return this.#boundary.find(text);
  }

  async amountOf(dataset: string): Promise<DescribedDataset> {
    return performTask(this.#options.runner, { type: 'describe', dataset });
  }

  async plans(): Promise<string[]> {
    const files = await filesOfFolder(this.#boundary.root, planFileEnding);
    return files.map((file) => this.#boundary.label(file)).sort();
  }

  async readPlan(text: string): Promise<PlanText> {
    const file = await this.#boundary.find(text);
    return readPlanText({ label: this.#boundary.label(file), file, unsaved: null });
  }

  findOutput(folder: string): Promise<string> {
    return this.#boundary.findFolder(folder);
  }

  async planSettings(): Promise<PlanDefaults> {
    const { chunkMs, textProfile } = await this.#settings();
    return {
      chunkMs,
      textProfile,
      apiKeyEnv: ({ url }) => {
        const origin = endpointOrigin(url);
        return origin === null ? null : (this.#options.keyVariables.get(origin) ?? null);
      },
    };
  }

  measure(runs: readonly RunWanted[], { signal, onProgress }: MeasureCall): Promise<MeasuredRuns> {
    return this.#measurement.run(() =>
      measureInTurn(runs, onProgress, {
        measureOne: (run, report) => this.#measure(run, { signal, onProgress: report }),
        readHead: (place) => this.readHead(place),
      }),
    );
  }

  async compare(places: readonly RunPlace[], signal: AbortSignal): Promise<string> {
    const { noise } = await this.#settings();
    const files = places.map(({ label, file }) => ({ label, file, bytes: null }));
    return compareOnThread(this.#options.comparer, { files, noise }, signal);
  }

  get #boundary(): FolderBoundary {
    return this.#options.boundary;
  }

  #settings(): Promise<FolderSettings> {
    return readFolderSettings(this.#boundary.root);
  }

  /** A manifest may name files anywhere, and what it names is sent away. */
  async #refuseOutsideAudio(dataset: string): Promise<void> {
    const { utterances } = await loadDataset(dataset);
    for (const { audioPath } of utterances) {
      const real = await realpath(audioPath).catch(() => audioPath);
      if (this.#boundary.holds(real)) continue;
      throw new BenchError(
        'outside_folder',
        `Dataset "${plainText(this.#boundary.label(dataset))}" names audio outside of the folder that ` +
          `may be used: "${plainText(audioPath, 300)}". Move it into the folder.`,
      );
    }
  }

  async #measure(wanted: StepWanted, { signal, onProgress }: MeasureCall): Promise<Measured> {
    const { plan, title, series } = wanted;
    const { runner, rtbenchVersion, environment } = this.#options;
    const { resultsFolder } = await this.#settings();
    const apiKeyOf = apiKeyFromEnvironment(environment);
    const keys = plan.endpoints.flatMap((endpoint) => {
      const key = apiKeyOf(endpoint);
      return key === null ? [] : [[endpoint.id, key] as const];
    });
    const folder = await this.#boundary.makeFolder(wanted.folder ?? resultsFolder);
    const tally = new SessionTally();
    const task = {
      type: 'run',
      plan,
      title,
      file: path.join(folder, runFileName(title, new Date())),
      rtbenchVersion,
      ...(series && { series }),
      host: 'MCP server',
      apiKeys: Object.fromEntries(keys),
      embedded: null,
      proxy: this.#options.proxy,
      live: false,
    } as const;
    const finished = await performTask(runner, task, {
      signal,
      onProgress: (message) => {
        const progress = tally.add(message);
        if (progress) onProgress(progress);
      },
    });
    const { total, firstFailure } = tally;
    const place = runPlace(this.#boundary, finished.file);
    return { ...finished, place, total, firstFailure };
  }
}
