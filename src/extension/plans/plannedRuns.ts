import path from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { BenchError } from '../../common/benchError.ts';
import { parsePlanFile } from '../../planfile/parsePlanFile.ts';
import type { PlanFile } from '../../planfile/planFileSchema.ts';
import { plansOf, type PlannedRun } from '../../planfile/plansOf.ts';
import { requireKnownMetrics } from '../../runfile/checkThresholds.ts';
import { planEndpoint } from '../benchmark/buildPlan.ts';
import { bundledSpeech } from '../benchmark/bundledSpeech.ts';
import type { ConfiguredEndpoint, Services } from '../services.ts';
import { planUri } from './planUri.ts';

/** Which endpoints to measure instead of the plan's: all that are configured too, or some. */
const choiceSchema = z.object({ endpoints: z.union([z.literal('all'), z.array(z.string())]) });

/** The runs of a plan file as it is in its editor, saved or not. */
export interface PlannedRuns {
  /** Absolute path of the plan. */
  file: string;
  name: string;
  /** Absolute path of where its runs are saved. */
  folder: string;
  runs: PlannedRun[];
}

/**
 * Reads the plan that a command is meant for.
 *
 * @throws BenchError for what is no plan, and where something that it names is missing
 */
export async function plannedRuns(
  { context, endpoints }: Pick<Services, 'context' | 'endpoints'>,
  argument: unknown,
  choice: unknown,
): Promise<PlannedRuns> {
  const { file, folder, plan } = await readPlan(argument);
  const configured = await endpoints.list();
  const runs = plansOf(chosen(plan, choice, configured), {
    folder: path.dirname(file),
    bundledSpeech: bundledSpeech(context),
    endpointNamed: (name) => {
      const endpoint = configured.find((each) => each.name === name);
      return endpoint ? planEndpoint(endpoint) : null;
    },
  });
  return { file, name: plan.name, folder, runs: runs.map(withoutEnvironment) };
}

/** A plan, where it is, and where its runs go. */
export async function readPlan(
  argument: unknown,
): Promise<{ file: string; folder: string; plan: PlanFile }> {
  const uri = planUri(argument);
  const document = await vscode.workspace.openTextDocument(uri);
  const plan = parsePlanFile(document.getText(), vscode.workspace.asRelativePath(uri));
  const folder = path.resolve(path.dirname(uri.fsPath), plan.outputFolder);
  return { file: uri.fsPath, folder, plan };
}

function chosen(
  plan: PlanFile,
  choice: unknown,
  configured: readonly ConfiguredEndpoint[],
): PlanFile {
  const parsed = choiceSchema.safeParse(choice);
  if (!parsed.success) return plan;
  const { endpoints: wanted } = parsed.data;
  const idOf = (endpoint: PlanFile['endpoints'][number]): string =>
    typeof endpoint === 'string' ? endpoint : endpoint.id;
  if (wanted === 'all') {
    const own = new Set(plan.endpoints.map(idOf));
    const others = configured.map(({ name }) => name).filter((name) => !own.has(name));
    return { ...plan, endpoints: [...plan.endpoints, ...others] };
  }
  const endpoints = plan.endpoints.filter((endpoint) => wanted.includes(idOf(endpoint)));
  if (endpoints.length > 0) return { ...plan, endpoints };
  throw new BenchError('plan_invalid', 'The plan has no such endpoint any more.');
}

/**
 * Which variable of the environment holds a key is no file's to say here: it could be sent to an
 * address of that file. Thresholds are looked at before anything is sent.
 */
function withoutEnvironment({ title, plan, series }: PlannedRun): PlannedRun {
  requireKnownMetrics(plan.thresholds);
  const endpoints = plan.endpoints.map((endpoint) => ({ ...endpoint, apiKeyEnv: null }));
  return { title, plan: { ...plan, endpoints }, series };
}
