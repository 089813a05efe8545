import type { Plan } from '../plan/plan.ts';
import { datasetLabel } from '../runner/runName.ts';
import { dryRun, type DatasetAmount } from '../runner/dryRun.ts';
import { audioDestination } from './audioDestination.ts';
import { plainText } from './plainText.ts';

/** What a measurement costs, in plain text, for the one who has to allow it. */
export interface BenchmarkCost {
  title: string;
  sentences: string[];
}

export function benchmarkCost(plan: Plan, amount: DatasetAmount): BenchmarkCost {
  const names = plan.endpoints.map(({ id }) => plainText(id, 80)).join(', ');
  const hosts = plan.endpoints.map(({ url }) => audioDestination(url));
  const away = hosts.filter(({ leavesComputer }) => leavesComputer);
  const hostNames = [...new Set(away.map(({ host }) => plainText(host, 80)))].join(', ');
  const dry = dryRun(plan, amount);
  return {
    title: `Benchmark ${names}?`,
    sentences: [
      `RTBench sends ${dry.amount} (minutes:seconds) of "${plainText(datasetLabel(plan.dataset.path))}" to ${names}.`,
      away.length === 0
        ? 'No audio leaves this computer.'
        : `The audio leaves this computer: it goes to ${hostNames}, which may charge for it.`,
      `${plainText(dry.detail, 1000)}.`,
    ],
  };
}
