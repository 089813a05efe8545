import { BenchError } from '../common/benchError.ts';
import { formatThreshold } from '../plan/threshold.ts';
import { dryRuns, type DescribedDataset } from '../runner/dryRun.ts';
import type { AgentWorkspace, RunWanted } from './agentWorkspace.ts';
import { audioDestination } from './audioDestination.ts';
import { dataNotice, pipeTable, plainText } from './plainText.ts';
import { planFileRuns } from './planFileRuns.ts';
import type { ListPlansInput } from './toolInputs.ts';

/** The workspace's plan files, with what each would send where, or why it cannot be run. */
export async function plansText(
  workspace: AgentWorkspace,
  { limit }: ListPlansInput,
  signal: AbortSignal,
): Promise<string> {
  const labels = await workspace.plans();
  if (labels.length === 0) return 'There are no plan files (.rtplan.json).';
  const amounts = new Map<string, Promise<DescribedDataset>>();
  const rows: string[][] = [];
  const unusable: string[] = [];
  for (const label of labels.slice(0, limit)) {
    signal.throwIfAborted();
    try {
      rows.push(await planRow(label, workspace, amounts));
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      unusable.push(`! Cannot be run: ${plainText(error.message, 600)}`);
    }
  }
  const head = ['file', 'name', 'endpoints', 'would send', 'thresholds'];
  const count = `${Math.min(limit, labels.length)} of ${labels.length} plans.`;
  const table = rows.length === 0 ? [] : [pipeTable(head, rows)];
  return [count, ...table, ...unusable, dataNotice].join('\n');
}

async function planRow(
  label: string,
  workspace: AgentWorkspace,
  amounts: Map<string, Promise<DescribedDataset>>,
): Promise<string[]> {
  const { name, runs } = await planFileRuns(label, workspace);
  const parts = [];
  for (const { plan, series } of runs) {
    const { path } = plan.dataset;
    const amount = amounts.get(path) ?? workspace.amountOf(path);
    amounts.set(path, amount);
    parts.push({ plan, series, amount: await amount });
  }
  // A path is input of other tools: it must stay as it is.
  return [
    plainText(label, 1000),
    plainText(name),
    endpointsCell(runs),
    dryRuns(parts).amount,
    thresholdsCell(runs),
  ];
}

function endpointsCell([first]: readonly RunWanted[]): string {
  const endpoints = (first?.plan.endpoints ?? []).map(({ id, url }) => {
    const { host, leavesComputer } = audioDestination(url);
    const audio = leavesComputer ? `audio leaves this computer for ${host}` : 'on this computer';
    return `${plainText(id)} (${plainText(audio)})`;
  });
  return endpoints.join('; ');
}

function thresholdsCell([first]: readonly RunWanted[]): string {
  const thresholds = first?.plan.thresholds ?? [];
  return thresholds.map((one) => plainText(formatThreshold(one))).join('; ') || 'none';
}
