import { formatDuration } from '../common/formatDuration.ts';
import { exactLoadText } from '../plan/loadText.ts';
import { seriesText } from '../plan/seriesText.ts';
import { proxyFact } from '../runfile/proxyFact.ts';
import type { Run } from '../runfile/run.ts';
import { endpointFact } from './endpointFact.ts';
import type { Fact } from './runView.ts';

/** The circumstances of a run, as lines of its header. */
export function runFacts(run: Run, endedSessions: number): Fact[] {
  const { info } = run;
  const proxy = proxyFact(run);
  return [
    { label: 'Duration', value: formatDuration(info.durationUs / 1000) },
    { label: 'Sessions', value: sessionsFact(info.plannedSessions, endedSessions) },
    ...run.endpoints.map((endpoint) => ({ label: 'Endpoint', value: endpointFact(endpoint) })),
    { label: 'Dataset', value: datasetFact(run) },
    ...(info.series ? [{ label: 'Series', value: seriesText(info.series) }] : []),
    { label: 'Pacing', value: pacingFact(run) },
    ...(proxy === null ? [] : [{ label: 'Proxy', value: proxy }]),
    { label: 'Machine', value: machineFact(run) },
    { label: 'Clock', value: clockFact(run) },
    { label: 'Measured by', value: measuredBy(run) },
  ];
}

function measuredBy({ info, environment }: Run): string {
  const version = `RTBench ${info.rtbenchVersion}`;
  return environment.host === undefined ? version : `${version} in ${environment.host}`;
}

function sessionsFact(planned: number, ended: number): string {
  return ended === planned ? String(ended) : `${ended} of ${planned} planned`;
}

function datasetFact({ dataset, utterances }: Run): string {
  const audioMs = utterances.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const count = utterances.length === 1 ? '1 utterance' : `${utterances.length} utterances`;
  return `${dataset.name}: ${count}, ${formatDuration(audioMs)} of audio`;
}

function pacingFact({ plan }: Run): string {
  const { mode, speed, chunkMs } = plan.pacing;
  const realTime = speed === 1 ? 'real time' : `${speed} × real time`;
  const pace = mode === 'burst' ? 'as fast as possible' : realTime;
  const warmUp = plan.warmUp === undefined ? '' : `, ${plan.warmUp} to warm up`;
  return `${pace} (${mode}), chunks of ${chunkMs} ms, ${exactLoadText(plan.load)}${warmUp}`;
}

function machineFact({ environment }: Run): string {
  const { cpuCores, cpuModel, platform, osRelease, arch, nodeVersion } = environment;
  return `${cpuCores} × ${cpuModel}, ${platform} ${osRelease} ${arch}, Node ${nodeVersion}`;
}

/** How far the measuring process can be trusted: how late its own event loop ran. */
function clockFact({ environment: { clock } }: Run): string {
  if (!clock) return 'not known: the run was interrupted';
  const ms = (us: number) => (us / 1000).toFixed(1);
  return (
    `event loop late by ${ms(clock.eventLoopDelayP50Us)} ms (p50), ` +
    `${ms(clock.eventLoopDelayP99Us)} ms (p99), ${ms(clock.eventLoopDelayMaxUs)} ms (most)`
  );
}
