import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import { runFileEnding } from '../../runfile/runFileEnding.ts';
import { openComparison } from '../compareEditor/openComparison.ts';
import { runResource } from '../runEditor/runResource.ts';
import type { RunHeadline } from '../../runlist/headlineFigures.ts';
import { readRunHead } from '../runs/readRunHead.ts';
import type { Services } from '../services.ts';
import { askForRun } from './askForRun.ts';
import { baselineFirst, previousRun, type ComparedFile } from './comparedFiles.ts';
import { askForRuns } from './compareSteps.ts';
import type { CompareWithChoices } from './compareWithItems.ts';
import { headVersion } from './headVersion.ts';

/** The ways into a comparison. */
export class CompareCommands {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  /** *Compare Selected Runs*: of the explorer or the Runs view. */
  async selected(argument: unknown, selection: unknown): Promise<void> {
    const items: unknown[] = Array.isArray(selection) ? selection : [argument];
    const uris = items.flatMap((item) => (item === undefined ? [] : (runOf(item) ?? [])));
    if (uris.length < 2) {
      throw new BenchError('too_few_runs', 'Select two or more runs (.rtbench.json) to compare.');
    }
    const files = await Promise.all(uris.map((uri) => this.#known(uri)));
    await openComparison(this.#services.runs, baselineFirst(files));
  }

  /** *Compare Runs…*: asks which. */
  async ask(): Promise<void> {
    const uris = await askForRuns(this.#services);
    if (uris) await openComparison(this.#services.runs, uris);
  }

  /** *Compare with…*: what is chosen is the baseline. */
  async with(argument: unknown): Promise<void> {
    const uri = requiredRun(argument);
    const choices = this.#choicesFor(uri);
    const baseline = await askForRun(choices, 'Baseline to compare the run with');
    if (baseline) await openComparison(this.#services.runs, [baseline, uri]);
  }

  async withBaseline(argument: unknown): Promise<void> {
    const uri = requiredRun(argument);
    const headline = await this.#headlineOf(uri);
    const baseline = headline && (await this.#services.baselines.baselineOf(headline.planKey));
    if (!baseline || baseline.key === uri.toString()) {
      throw new BenchError(
        'no_baseline',
        'No other run of the same endpoints, dataset and load is starred as their baseline.',
      );
    }
    await openComparison(this.#services.runs, [baseline.place, uri]);
  }

  async withPrevious(argument: unknown): Promise<void> {
    const uri = requiredRun(argument);
    const headline = await this.#headlineOf(uri);
    const previous = headline && previousRun(headline, await this.#services.runs.list());
    if (!previous) {
      throw new BenchError(
        'no_previous_run',
        'The workspace has no earlier run of the same endpoints, dataset and load.',
      );
    }
    await openComparison(this.#services.runs, [previous.place, uri]);
  }

  /** *Open Comparison* of the two versions in the active text diff. */
  async diff(): Promise<void> {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (!(input instanceof vscode.TabInputTextDiff)) {
      throw new BenchError('no_diff', 'Show the differences of a run (.rtbench.json) first.');
    }
    await openComparison(this.#services.runs, [input.original, input.modified]);
  }

  async #choicesFor(uri: vscode.Uri): Promise<CompareWithChoices<vscode.Uri>> {
    const { runs, baselines } = this.#services;
    const key = uri.toString();
    const listed = (await runs.list()).filter((run) => run.key !== key);
    const headline = await this.#headlineOf(uri);
    const baseline = headline && (await baselines.baselineOf(headline.planKey));
    return {
      previous: headline ? previousRun(headline, listed) : undefined,
      baseline: baseline?.key === key ? undefined : (baseline ?? undefined),
      head: await headVersion(uri),
      others: listed,
    };
  }

  async #known(uri: vscode.Uri): Promise<ComparedFile<vscode.Uri>> {
    const headline = await this.#headlineOf(uri);
    const isStarred = await this.#services.baselines.isBaseline(uri);
    return { place: uri, startedAtMs: headline?.startedAtMs ?? null, isStarred };
  }

  /** Null where the file cannot be read: the comparison says why. */
  async #headlineOf(uri: vscode.Uri): Promise<RunHeadline | null> {
    const listed = await this.#services.runs.list();
    const content = listed.find(({ key }) => key === uri.toString())?.content;
    if (content?.kind === 'run') return content.headline;
    return readRunHead(uri).catch(() => null);
  }
}

function runOf(argument: unknown): vscode.Uri | undefined {
  const uri = runResource(argument);
  return uri?.path.endsWith(runFileEnding) === true ? uri : undefined;
}

function requiredRun(argument: unknown): vscode.Uri {
  const uri = runOf(argument);
  if (uri) return uri;
  throw new BenchError('no_run', 'Open or select a run (.rtbench.json) first.');
}
