import type { PlanEndpoint } from '../plan/plan.ts';
import { dryRuns, type DescribedDataset, type DryRunPart } from '../runner/dryRun.ts';
import { datasetLabel } from '../runner/runName.ts';
import type { AgentWorkspace } from './agentWorkspace.ts';
import { audioDestination } from './audioDestination.ts';
import { plainText } from './plainText.ts';
import type { WantedRuns } from './wantedRuns.ts';

/** What a measurement costs, in plain text, for the one who has to allow it. */
export interface BenchmarkCost {
  title: string;
  sentences: string[];
}

/** Looks into the datasets, and says what would be sent where. Sends nothing. */
export async function costOf(
  { planName, runs }: WantedRuns,
  workspace: Pick<AgentWorkspace, 'amountOf'>,
): Promise<BenchmarkCost> {
  const parts = [];
  for (const { plan, series } of runs) {
    parts.push({ plan, series, amount: await workspace.amountOf(plan.dataset.path) });
  }
  return benchmarkCost(planName, parts);
}

/** @param planName null where the runs come of no plan file */
export function benchmarkCost(
  planName: string | null,
  parts: readonly (DryRunPart & { amount: Pick<DescribedDataset, 'problems'> })[],
): BenchmarkCost {
  const endpoints = parts[0]?.plan.endpoints ?? [];
  const names = endpoints.map(({ id }) => plainText(id, 80)).join(', ');
  const speech = parts.map(({ plan }) => `"${plainText(datasetLabel(plan.dataset.path))}"`);
  const dry = dryRuns(parts);
  const problems = parts.flatMap(({ amount }) => amount.problems);
  return {
    title: planName === null ? `Benchmark ${names}?` : `Run the plan "${plainText(planName, 80)}"?`,
    sentences: [
      `RTBench sends ${dry.amount} (minutes:seconds) of ${[...new Set(speech)].join(', ')} to ${names}.`,
      destinationText(endpoints),
      `${plainText(dry.detail, 1000)}.`,
      ...[...new Set(problems)].map((problem) => `Warning: ${plainText(problem, 300)}`),
    ],
  };
}

function destinationText(endpoints: readonly PlanEndpoint[]): string {
  const away = endpoints
    .map(({ url }) => audioDestination(url))
    .filter(({ leavesComputer }) => leavesComputer);
  if (away.length === 0) return 'No audio leaves this computer.';
  const hosts = [...new Set(away.map(({ host }) => plainText(host, 80)))].join(', ');
  return `The audio leaves this computer: it goes to ${hosts}, which may charge for it.`;
}
