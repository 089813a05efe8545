import { BenchError } from '../common/benchError.ts';
import { defaultDeadlines, planSchema, type Plan, type PlanEndpoint } from '../plan/plan.ts';
import { schemaProblem } from '../runfile/schemaProblem.ts';
import type { ConfiguredEndpoint } from '../settings/configuredEndpoint.ts';
import type { AgentEndpoints, AgentWorkspace, PlanDefaults } from './agentWorkspace.ts';
import { plainText } from './plainText.ts';
import type { RunBenchmarkInput } from './toolInputs.ts';

/**
 * The plan that an agent asks for. Sends and writes nothing.
 * Throws a BenchError that says what cannot be used and what is possible.
 */
export async function benchmarkPlan(
  input: RunBenchmarkInput,
  workspace: AgentWorkspace,
): Promise<Plan> {
  const endpoints = chosenEndpoints(input.endpoints, await workspace.endpoints());
  const dataset = await workspace.findDataset(input.dataset);
  const defaults = await workspace.planSettings(dataset);
  const plan = planSchema.safeParse({
    endpoints: endpoints.map((endpoint) => planEndpoint(endpoint, defaults)),
    dataset: { path: dataset, limit: input.limitUtterances ?? null },
    load: { kind: 'concurrent', sessions: input.concurrentSessions },
    pacing: { mode: input.pacing, speed: 1, chunkMs: defaults.chunkMs },
    deadlines: defaultDeadlines,
    repeats: input.repeatsPerUtterance,
    textProfile: defaults.textProfile,
    thresholds: [],
  });
  if (plan.success) return plan.data;
  throw new BenchError('plan_invalid', `This plan cannot be run: ${schemaProblem(plan.error)}.`);
}

function chosenEndpoints(
  names: readonly string[],
  { endpoints }: AgentEndpoints,
): ConfiguredEndpoint[] {
  return [...new Set(names)].map((name) => {
    const found = endpoints.find((endpoint) => endpoint.name === name);
    if (found) return found;
    const known = endpoints.map((endpoint) => `"${plainText(endpoint.name)}"`).join(', ');
    throw new BenchError(
      'endpoint_unknown',
      `There is no endpoint "${plainText(name)}". The endpoints are: ${known || 'none'}.`,
    );
  });
}

export function planEndpoint(
  endpoint: ConfiguredEndpoint,
  { apiKeyEnv }: Pick<PlanDefaults, 'apiKeyEnv'>,
): PlanEndpoint {
  const { name, dialect, url, model, language, options } = endpoint;
  const asked = options && Object.keys(options).length > 0 ? { options } : {};
  return { id: name, dialect, url, model, language, ...asked, apiKeyEnv: apiKeyEnv(endpoint) };
}
