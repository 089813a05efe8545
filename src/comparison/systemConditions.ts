import { isLoopback } from '../common/loopback.ts';
import { proxyFor } from '../common/proxyAddress.ts';
import { embeddedUrl } from '../plan/embeddedUrl.ts';
import type { PlanEndpoint } from '../plan/plan.ts';
import { sameValue, softForAll, type Condition } from './condition.ts';
import type { RunSide } from './runSide.ts';

/** Runs this far apart in the day may have met another load on the network. */
const sameTimeOfDayHours = 3;

/** By whom and where it was measured, and what: differences that are often the point. */
export function systemConditions(a: RunSide, b: RunSide): Condition[] {
  const both = (of: (side: RunSide) => string): [string, string] => [of(a), of(b)];
  return [
    sameValue('location', 'Where the endpoint is', softForAll, both(locationOf)),
    sameValue('url', 'Endpoint', softForAll, both(urlOf)),
    sameValue(
      'dialect',
      'Protocol',
      softForAll,
      both(({ plan }) => plan?.dialect ?? 'not known'),
    ),
    sameValue(
      'model',
      'Model',
      softForAll,
      both(({ endpoint }) => endpoint?.model ?? 'not known'),
    ),
    sameValue('language', 'Language asked for', softForAll, both(languageOf)),
    ...optionConditions(a, b),
    ...metadataConditions(a, b),
    sameValue('proxy', 'Proxy', softForAll, both(proxyOf)),
    sameValue('host', 'Measuring computer', softForAll, both(hostOf)),
    sameValue(
      'node',
      'Node',
      softForAll,
      both(({ run }) => run.environment.nodeVersion),
    ),
    sameValue(
      'rtbench',
      'RTBench',
      softForAll,
      both(({ run }) => run.info.rtbenchVersion),
    ),
    sameValue('deadlines', 'Deadlines', softForAll, both(deadlinesOf)),
    timeOfDay(a, b),
    mustBeGood('pacing_quality', 'Pacing', [a, b], pacingProblem),
    mustBeGood('completeness', 'Run', [a, b], incompleteness),
    mustBeGood('cadence', 'First text', [a, b], fixedTicks),
  ];
}

function locationOf({ endpoint }: RunSide): string {
  const url = endpoint?.url ?? '';
  if (url === embeddedUrl) return 'this computer (embedded)';
  if (!URL.canParse(url)) return 'not known';
  const { hostname } = new URL(url);
  return isLoopback(hostname) ? 'this computer' : hostname;
}

/** By which proxy this endpoint was reached: others of its run may have been reached otherwise. */
function proxyOf({ run, endpoint }: RunSide): string {
  return proxyFor(endpoint?.url ?? '', run.environment.proxy) ?? 'none';
}

function urlOf({ endpoint }: RunSide): string {
  return endpoint?.url ?? 'not known';
}

function languageOf({ plan }: RunSide): string {
  return plan?.language ?? 'none';
}

/** What the protocol was asked for beyond model and language, name by name. */
function optionConditions(a: RunSide, b: RunSide): Condition[] {
  const optionsA = a.plan?.options ?? {};
  const optionsB = b.plan?.options ?? {};
  const names = new Set([...Object.keys(optionsA), ...Object.keys(optionsB)]);
  return [...names].map((name) =>
    sameValue(`option.${name}`, `Option ${name}`, softForAll, [
      optionText(optionsA[name]),
      optionText(optionsB[name]),
    ]),
  );
}

type Option = NonNullable<PlanEndpoint['options']>[string];

function optionText(value: Option | undefined): string {
  if (value === undefined) return 'not set';
  return typeof value === 'string' ? value : JSON.stringify(inOrder(value));
}

/** The order in which an object's members were written does not matter. */
function inOrder(value: Option): Option {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, own]) => [name, inOrder(own)]));
}

function metadataConditions(a: RunSide, b: RunSide): Condition[] {
  const metadataA = a.endpoint?.metadata ?? {};
  const metadataB = b.endpoint?.metadata ?? {};
  const names = new Set([...Object.keys(metadataA), ...Object.keys(metadataB)]);
  // How long a model took to load differs each time, and is not a setting.
  return [...names]
    .filter((name) => !isDuration(name))
    .map((name) =>
      sameValue(`endpoint.${name}`, `Endpoint's ${name}`, softForAll, [
        String(metadataA[name] ?? 'not known'),
        String(metadataB[name] ?? 'not known'),
      ]),
    );
}

/** `modelLoadMs`, `load_ms`, `warmup_seconds`; but not `params` or `streams`. */
function isDuration(name: string): boolean {
  return name === 'ms' || /(?:[a-z]Ms|_ms|[sS]econds)$/.test(name);
}

function hostOf({ run: { environment } }: RunSide): string {
  const { cpuCores, cpuModel, platform, osRelease, arch } = environment;
  return `${cpuCores} × ${cpuModel}, ${platform} ${osRelease} ${arch}`;
}

function deadlinesOf({ run: { plan } }: RunSide): string {
  const { connectMs, readyMs, idleMs, finalMs } = plan.deadlines;
  return `connect ${connectMs}, ready ${readyMs}, idle ${idleMs}, final ${finalMs} ms`;
}

function timeOfDay(a: RunSide, b: RunSide): Condition {
  const [hourA, hourB] = [a, b].map(({ run }) => hourOfDay(run.info.startedAt)) as [number, number];
  const apart = Math.abs(hourA - hourB);
  return {
    id: 'time_of_day',
    what: 'Time of day',
    ...softForAll,
    a: clockText(a.run.info.startedAt),
    b: clockText(b.run.info.startedAt),
    differs: Math.min(apart, 24 - apart) > sameTimeOfDayHours,
  };
}

function hourOfDay(iso: string): number {
  const at = new Date(iso);
  return at.getUTCHours() + at.getUTCMinutes() / 60;
}

function clockText(iso: string): string {
  return `${new Date(iso).toISOString().slice(11, 16)} UTC`;
}

/** A condition that either run alone can fail. */
function mustBeGood(
  id: string,
  what: string,
  sides: readonly [RunSide, RunSide],
  problemOf: (side: RunSide) => string | null,
): Condition {
  const [a, b] = sides.map(problemOf) as [string | null, string | null];
  return { id, what, ...softForAll, a: a ?? 'ok', b: b ?? 'ok', differs: a !== null || b !== null };
}

function pacingProblem({ summary }: RunSide): string | null {
  const quality = summary?.pacingQuality ?? 'ok';
  return quality === 'ok' ? null : `${quality}: this computer sent audio late`;
}

function incompleteness({ run: { info } }: RunSide): string | null {
  if (info.completeness === 'complete') return null;
  return `not complete${info.partialBecause ? ` (${info.partialBecause})` : ''}`;
}

/** Such a time to first text measures the wait for a timer, not the recogniser. */
function fixedTicks({ summary }: RunSide): string | null {
  return summary?.run.cadence_limited === true ? 'comes on a fixed timer' : null;
}
