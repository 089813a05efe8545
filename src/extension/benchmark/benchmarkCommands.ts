import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import type { Plan } from '../../plan/plan.ts';
import type { PlannedRun } from '../../planfile/plansOf.ts';
import { runTitle } from '../../runner/runName.ts';
import { pickEndpoint } from '../endpoints/pickEndpoint.ts';
import { confirmPlan } from '../plans/confirmPlan.ts';
import { plannedRuns } from '../plans/plannedRuns.ts';
import { runResource } from '../runEditor/runResource.ts';
import type { Services } from '../services.ts';
import { keepChoice } from './benchmarkChoices.ts';
import { draftPlan, newDraft, rememberChoices } from './benchmarkDraft.ts';
import { datasetStep, endpointsStep, profileStep } from './benchmarkSteps.ts';
import { datasetPath, presentDataset } from './bundledSpeech.ts';
import { confirmBenchmark, type Confirmed } from './confirmBenchmark.ts';
import { DatasetAmounts } from './datasetAmounts.ts';
import { performSeries } from './performSeries.ts';
import { performBenchmark } from './performBenchmark.ts';
import { readyToMeasure } from './readyToMeasure.ts';
import { repeatPlan } from './repeatPlan.ts';
import { askRunner } from './runnerProgram.ts';
import { transcribe } from './transcribe.ts';
import { TranscriptDocuments } from './transcriptDocuments.ts';
import { tell } from '../tell.ts';

/** What the user can do with benchmarks. */
export class BenchmarkCommands implements vscode.Disposable {
  readonly #services: Services;
  readonly #documents = new TranscriptDocuments();

  constructor(services: Services) {
    this.#services = services;
  }

  /** *Run Benchmark…*; with a file or folder, about that. */
  async run(dataset: vscode.Uri | null): Promise<void> {
    if (!(await readyToMeasure(this.#services, 'Running a benchmark'))) return;
    const configured = await this.#services.endpoints.list();
    if (configured.length === 0) {
      await offerToAddEndpoint();
      return;
    }
    const draft = newDraft(this.#services, configured);
    const amounts = new DatasetAmounts(this.#services);
    if (dataset) {
      draft.dataset = dataset.fsPath;
      amounts.prepare(dataset.fsPath);
    }
    const { context } = this.#services;
    const steps = [
      endpointsStep(draft, configured),
      ...(dataset ? [] : [datasetStep(this.#services, draft, amounts)]),
      profileStep(draft),
    ];
    const benchmark = await confirmBenchmark(this.#services, 'Run Benchmark', steps, {
      runs: () => [planned(draftPlan(this.#services, draft))],
      resource: () => datasetPath(context, draft.dataset),
      amounts,
    });
    if (!benchmark) return;
    const endpoints = draft.endpoints.map(({ name }) => name);
    const chosen = { endpoints, dataset: draft.dataset, profileId: draft.profile.id };
    await rememberChoices(this.#services, keepChoice(draft.last, chosen));
    await this.#perform(benchmark);
  }

  /** *Run Again*: the plan of a saved run. */
  async runAgain(argument: unknown): Promise<void> {
    if (!(await readyToMeasure(this.#services, 'Running a benchmark'))) return;
    const uri = runResource(argument);
    if (uri?.scheme !== 'file') {
      throw new BenchError('no_run', 'Open or select a run (.rtbench.json) on disk first.');
    }
    // Awaited behind the question, so that the user sees at once that something happens.
    const saved = this.#savedPlan(uri);
    saved.catch(() => {
      // The question shows it.
    });
    const benchmark = await confirmBenchmark(this.#services, 'Run Again', [], {
      runs: async () => [{ ...(await saved), series: null }],
      resource: () => uri.fsPath,
      amounts: new DatasetAmounts(this.#services),
    });
    if (benchmark) await this.#perform(benchmark);
  }

  /** *Run Plan*: the runs of a plan file, one after the other. */
  async runPlan(argument: unknown, choice: unknown): Promise<void> {
    if (!(await readyToMeasure(this.#services, 'Running a plan'))) return;
    const wanted = await plannedRuns(this.#services, argument, choice);
    const benchmark = await confirmPlan(this.#services, wanted);
    if (benchmark) await this.#perform(benchmark);
  }

  /** *Transcribe with…* on an audio file; asks for one where it is called without. */
  async transcribe(argument: unknown): Promise<void> {
    if (!(await readyToMeasure(this.#services, 'Transcribing'))) return;
    const audio = argument instanceof vscode.Uri ? argument : await askAudioFile();
    if (!audio) return;
    const configured = await this.#services.endpoints.list();
    const [only, ...others] = configured;
    const endpoint =
      only && others.length === 0
        ? only
        : await pickEndpoint(undefined, configured, 'Transcribe with which endpoint?');
    if (!endpoint) return;
    await this.#services.measurement.run((stop) =>
      transcribe(this.#services, this.#documents, { audio, endpoint }, stop),
    );
  }

  stop(): void {
    this.#services.measurement.stop();
  }

  /** What the status bar item opens. */
  async menu(): Promise<void> {
    const stop = '$(debug-stop) Stop Benchmark';
    const watch = '$(graph-line) Watch on the Timeline';
    const runs = '$(list-unordered) Show Runs';
    const log = '$(output) Show Log';
    const chosen = await vscode.window.showQuickPick([watch, stop, runs, log], {
      placeHolder: 'A benchmark is running',
    });
    if (chosen === watch) await vscode.commands.executeCommand('rtbench.watchBenchmark');
    if (chosen === stop) this.stop();
    if (chosen === runs) await vscode.commands.executeCommand('rtbench.runs.focus');
    if (chosen === log) this.#services.log.show();
  }

  dispose(): void {
    this.#services.measurement.stop();
    this.#documents.dispose();
  }

  /** What a run file says was run, as it can be run today. */
  async #savedPlan({ fsPath }: vscode.Uri): Promise<{ plan: Plan; title: string }> {
    const saved = await askRunner(this.#services, { type: 'readPlan', file: fsPath });
    const { context, endpoints } = this.#services;
    const plan = repeatPlan(saved.plan, await endpoints.list());
    const dataset = await presentDataset(context, plan.dataset.path);
    return { title: saved.title, plan: { ...plan, dataset: { ...plan.dataset, path: dataset } } };
  }

  async #perform({ runs, folder }: Confirmed<PlannedRun>): Promise<void> {
    await this.#services.measurement.run(async (stop) => {
      for (const run of runs) {
        if (stop.signal.aborted) return;
        if (run.series) await performSeries(this.#services, run, folder, stop);
        else await performBenchmark(this.#services, { ...run, folder }, stop);
      }
    });
  }
}

function planned(plan: Plan): PlannedRun {
  return { title: runTitle(plan), plan, series: null };
}

async function askAudioFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Audio File to Transcribe',
    openLabel: 'Transcribe',
    filters: { Audio: ['wav', 'flac', 'mp3', 'ogg', 'oga', 'opus'] },
  });
  return chosen?.[0];
}

async function offerToAddEndpoint(): Promise<void> {
  const add = 'Add Endpoint…';
  const chosen = await tell.information('No endpoint is configured.', add);
  if (chosen === add) await vscode.commands.executeCommand('rtbench.addEndpoint');
}
