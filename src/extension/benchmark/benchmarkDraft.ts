import * as vscode from 'vscode';
import type { Plan } from '../../plan/plan.ts';
import type { ConfiguredEndpoint, Services } from '../services.ts';
import { readChoices, type BenchmarkChoices } from './benchmarkChoices.ts';
import { planSettings, resultsFolder } from './benchmarkSettings.ts';
import { buildPlan } from './buildPlan.ts';
import { datasetPath } from './bundledSpeech.ts';
import { pacingProfile, type PacingProfile } from './pacingProfiles.ts';

const choicesKey = 'rtbench.benchmarkChoices';

/** The answers to the questions before a benchmark, filled in with those of last time. */
export interface BenchmarkDraft {
  last: BenchmarkChoices;
  endpoints: ConfiguredEndpoint[];
  /** Path, or `bundled`. */
  dataset: string;
  profile: PacingProfile;
}

export function newDraft(
  { context }: Services,
  configured: readonly ConfiguredEndpoint[],
): BenchmarkDraft {
  const last = readChoices(context.workspaceState.get(choicesKey));
  const again = configured.filter(({ name }) => last.endpoints.includes(name));
  return {
    last,
    endpoints: again.length > 0 ? again : configured.slice(0, 1),
    dataset: last.dataset,
    profile: pacingProfile(last.profileId),
  };
}

/** Throws a BenchError where a setting cannot be used. */
export function draftPlan({ context }: Services, draft: BenchmarkDraft): Plan {
  const dataset = datasetPath(context, draft.dataset);
  const { endpoints, profile } = draft;
  const settings = planSettings(vscode.Uri.file(dataset));
  return buildPlan({ endpoints, dataset, profile, settings });
}

/** Where a run about a file or folder is saved; null where it must be asked for. */
export function saveFolder(resource: string, asked: string | null): string | null {
  return asked ?? resultsFolder(vscode.Uri.file(resource));
}

export async function rememberChoices(
  { context }: Services,
  choices: BenchmarkChoices,
): Promise<void> {
  await context.workspaceState.update(choicesKey, choices);
}
