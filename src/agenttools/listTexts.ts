import { formatPercent } from '../common/formatPercent.ts';
import type { EndpointHeadline, RunHeadline } from '../runlist/headlineFigures.ts';
import type { AgentEndpoints, AgentRun } from './agentWorkspace.ts';
import { audioDestination } from './audioDestination.ts';
import { dataNotice, pipeTable, plainText } from './plainText.ts';
import type { ListRunsInput } from './toolInputs.ts';

export function endpointsText({ endpoints, problems }: AgentEndpoints): string {
  const rows = endpoints.map(({ name, dialect, url, model, language }) => {
    const { host, leavesComputer } = audioDestination(url);
    const audio = leavesComputer ? 'leaves this computer' : 'stays on this computer';
    return [name, dialect, host, model ?? 'first listed', language ?? '–', audio].map((cell) =>
      plainText(cell),
    );
  });
  const head = ['name', 'protocol', 'host', 'model', 'language', 'audio'];
  const table =
    rows.length === 0
      ? 'No endpoint is configured. Add one to the setting "rtbench.endpoints".'
      : pipeTable(head, rows);
  const unusable = problems.map((problem) => `! ${plainText(problem, 300)}`);
  return [table, ...unusable, dataNotice].join('\n');
}

/** The newest first. */
export function runsText(runs: readonly AgentRun[], { limit, endpoint }: ListRunsInput): string {
  const found = runs.flatMap(({ label, content }) =>
    content.kind === 'run' && hasEndpoint(content.headline, endpoint)
      ? [{ label, headline: content.headline }]
      : [],
  );
  const broken = runs.filter(({ content }) => content.kind === 'broken').length;
  const newest = found.toSorted((a, b) => b.headline.startedAtMs - a.headline.startedAtMs);
  const shown = newest.slice(0, limit);
  if (shown.length === 0) {
    const which = endpoint === undefined ? '' : ` of endpoint "${plainText(endpoint)}"`;
    return `There are no saved runs${which}.${brokenText(broken)}`;
  }
  const head = ['file', 'started', 'title', 'dataset', 'sent', 'sessions', 'figures'];
  const table = pipeTable(
    head,
    shown.map(({ label, headline }) => runRow(label, headline)),
  );
  const count = `${shown.length} of ${newest.length} runs, the newest first.${brokenText(broken)}`;
  return [count, table, dataNotice].join('\n');
}

/** Names in headlines are made fit for one line. */
function hasEndpoint({ endpoints }: RunHeadline, wanted: string | undefined): boolean {
  return wanted === undefined || endpoints.some(({ id }) => plainText(id) === plainText(wanted));
}

function brokenText(count: number): string {
  if (count === 0) return '';
  return ` ${count} ${count === 1 ? 'file' : 'files'} cannot be read and ${count === 1 ? 'is' : 'are'} left out.`;
}

function runRow(label: string, headline: RunHeadline): string[] {
  const { startedAtMs, title, datasetName, pace, sessions, failedSessions } = headline;
  const failed = failedSessions === 0 ? '' : `, ${failedSessions} failed`;
  const partial = headline.partialBecause === null ? '' : `, partial: ${headline.partialBecause}`;
  // A path is input of other tools: it must stay as it is.
  return [
    plainText(label, 1000),
    `${new Date(startedAtMs).toISOString().slice(0, 19)}Z`,
    plainText(title),
    plainText(datasetName),
    pace,
    `${sessions}${failed}${partial}`,
    headline.endpoints.map(figures).join('; '),
  ];
}

function figures({ id, model, ttftP50Ms, textRate }: EndpointHeadline): string {
  const name = model === null ? plainText(id) : `${plainText(id)} (${plainText(model)})`;
  const ttft = ttftP50Ms === null ? 'no TTFT' : `TTFT p50 ${Math.round(ttftP50Ms)} ms`;
  const rate = textRate === null ? '' : `, ${textRate.label} ${formatPercent(textRate.value)}`;
  return `${name}: ${ttft}${rate}`;
}
