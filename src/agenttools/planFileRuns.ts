import path from 'node:path';
import { BenchError } from '../common/benchError.ts';
import { secretFindings } from '../lsp/plan/findings/secretFindings.ts';
import { readPlanDocument } from '../lsp/plan/planDocument.ts';
import type { PlanEndpoint } from '../plan/plan.ts';
import { parsePlanFile, placeInFile } from '../planfile/parsePlanFile.ts';
import type { PlanFile } from '../planfile/planFileSchema.ts';
import { bundledDataset } from '../planfile/bundledDataset.ts';
import { plansOf, type PlannedRun } from '../planfile/plansOf.ts';
import { checkPlan } from '../runner/checkPlan.ts';
import type { AgentWorkspace, PlanText, RunWanted } from './agentWorkspace.ts';
import { planEndpoint } from './benchmarkPlan.ts';
import { plainText } from './plainText.ts';
import { bundledSpeechName } from './toolInputs.ts';

/** What a plan file asks for. */
export interface PlanFileRuns {
  /** What the plan calls itself. */
  name: string;
  runs: RunWanted[];
}

const longestProblem = 600;

/**
 * The runs of a plan file. Sends and writes nothing; everything that the plan names has been looked
 * at, so that an agent's plan reaches nothing that the agent's other tools do not.
 *
 * @throws BenchError that names the plan, what is wrong in it, and the remedy
 */
export async function planFileRuns(
  asked: string,
  workspace: AgentWorkspace,
): Promise<PlanFileRuns> {
  const plan = await workspace.readPlan(asked);
  try {
    return await runsOf(plan, workspace);
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    const { label } = plan;
    const named = error.message.startsWith(label) ? error.message : `${label}: ${error.message}`;
    throw new BenchError(String(error.reason), plainText(named, longestProblem), { cause: error });
  }
}

async function runsOf(plan: PlanText, workspace: AgentWorkspace): Promise<PlanFileRuns> {
  refuseSecrets(plan);
  const content = parsePlanFile(plan.text, plan.label);
  const home = path.dirname(plan.file);
  const runs = await plannedRuns(content, home, workspace);
  for (const { plan: each } of runs) checkPlan(each);
  await requireFiles(content, home, workspace);
  const folder = await workspace.findOutput(path.resolve(home, content.outputFolder));
  return { name: content.name, runs: runs.map((run) => ({ ...run, folder })) };
}

/** Before anything else is said of the text, which would repeat parts of it. */
function refuseSecrets({ label, text }: PlanText): void {
  const [secret] = secretFindings(readPlanDocument(text));
  if (!secret) return;
  throw new BenchError(
    'plan_secret',
    `${placeInFile(text, label, secret.offset)}: ${secret.message} Have a person take it out: ` +
      'keys are kept by "RTBench: Set API Key…", or in a variable that --api-key-env of ' +
      '"rtbench mcp" names.',
  );
}

async function plannedRuns(
  content: PlanFile,
  home: string,
  workspace: AgentWorkspace,
): Promise<PlannedRun[]> {
  const { endpoints } = await workspace.endpoints();
  const bundledSpeech = await workspace.findDataset(bundledSpeechName);
  const defaults = await workspace.planSettings(home);
  const runs = plansOf(content, {
    folder: home,
    bundledSpeech,
    endpointNamed: (name) => {
      const endpoint = endpoints.find((each) => each.name === name);
      return endpoint ? planEndpoint(endpoint, defaults) : null;
    },
  });
  // Which variable holds a key is no plan's to say: it could be sent to an address of that plan.
  const withOwnKey = (endpoint: PlanEndpoint): PlanEndpoint => ({
    ...endpoint,
    apiKeyEnv: defaults.apiKeyEnv(endpoint),
  });
  return runs.map(({ title, plan, series }) => ({
    title,
    series,
    plan: { ...plan, endpoints: plan.endpoints.map(withOwnKey) },
  }));
}

/** Throws for a dataset or recorded starts that do not exist, or lie outside. */
async function requireFiles(
  { datasets, profiles }: PlanFile,
  home: string,
  workspace: AgentWorkspace,
): Promise<void> {
  for (const written of datasets) {
    const place = typeof written === 'string' ? written : written.path;
    if (place !== bundledDataset) await workspace.findDataset(path.resolve(home, place));
  }
  for (const profile of profiles) {
    if (profile.kind === 'trace') await workspace.findFile(path.resolve(home, profile.path));
  }
}
