import path from 'node:path';
import { BenchError } from '../common/benchError.ts';
import { embeddedUrl } from '../plan/embeddedUrl.ts';
import type { Load } from '../plan/load.ts';
import { isSeries, type Series } from '../plan/series.ts';
import { defaultDeadlines, type Plan, type PlanEndpoint } from '../plan/plan.ts';
import { parseThreshold } from '../plan/threshold.ts';
import { bundledDataset } from './bundledDataset.ts';
import type { PlanFile, PlanFileEndpoint } from './planFileSchema.ts';
import { runTitles } from './runTitles.ts';

export interface PlanSurroundings {
  /** Folder of the plan file: relative paths start there. */
  folder: string;
  /** Path of the speech that comes with RTBench. */
  bundledSpeech: string;
  /** The endpoint configured under a name; null where there is none. */
  endpointNamed: (name: string) => PlanEndpoint | null;
}

/** What a plan file asks for under one profile: a run, or a series of runs. */
export interface PlannedRun {
  title: string;
  /** Of a series what its runs have in common, with the load of the first. */
  plan: Plan;
  /** Null for one run. */
  series: Series | null;
}

/** How the recogniser that comes with RTBench is measured. */
const embeddedEndpoint: PlanEndpoint = {
  id: embeddedUrl,
  dialect: 'vllm-realtime',
  url: embeddedUrl,
  model: null,
  language: null,
  apiKeyEnv: null,
};

/**
 * What a plan file asks for: one run, or series of runs, for each dataset under each profile, over
 * all endpoints.
 *
 * @throws BenchError for an endpoint that is not configured, one that comes twice, and a threshold
 * that is not understood
 */
export function plansOf(file: PlanFile, surroundings: PlanSurroundings): PlannedRun[] {
  const endpoints = endpointsOf(file, surroundings);
  const thresholds = file.thresholds.map(parseThreshold);
  const titles = runTitles(file);
  return file.datasets.flatMap((written, at) => {
    const dataset = datasetOf(written, surroundings);
    return file.profiles.map((profile, place): PlannedRun => {
      return {
        title: titles[at * file.profiles.length + place]!,
        series: isSeries(profile) ? profile : null,
        plan: {
          endpoints,
          dataset,
          load: loadOf(profile, surroundings.folder),
          pacing: file.pacing,
          deadlines: defaultDeadlines,
          repeats: file.repeats,
          ...(file.warmUp > 0 && { warmUp: file.warmUp }),
          textProfile: file.textProfile,
          thresholds,
        },
      };
    });
  });
}

function loadOf(profile: PlanFile['profiles'][number], folder: string): Load {
  if (isSeries(profile)) return { kind: 'concurrent', sessions: 1 };
  if (profile.kind === 'trace') return { ...profile, path: path.resolve(folder, profile.path) };
  if (profile.kind !== 'concurrent') return profile;
  const { reuseConnections, ...load } = profile;
  return reuseConnections === true ? { ...load, reuseConnections } : load;
}

function endpointsOf(file: PlanFile, { endpointNamed }: PlanSurroundings): PlanEndpoint[] {
  const endpoints = file.endpoints.map((endpoint) =>
    typeof endpoint === 'string' ? named(endpoint, endpointNamed) : defined(endpoint),
  );
  const seen = new Set<string>();
  for (const { id } of endpoints) {
    if (seen.has(id)) {
      const text = `The endpoint "${id}" is in the plan twice: give one another id.`;
      throw new BenchError('plan_invalid', text);
    }
    seen.add(id);
  }
  return endpoints;
}

function named(name: string, endpointNamed: PlanSurroundings['endpointNamed']): PlanEndpoint {
  const known = endpointNamed(name) ?? (name === embeddedUrl ? embeddedEndpoint : null);
  if (known) return known;
  throw new BenchError(
    'endpoint_unknown',
    `No endpoint "${name}" is configured: add it to the setting "rtbench.endpoints", or define it ` +
      'in the plan with "id" and "url".',
  );
}

function defined({ options, ...endpoint }: PlanFileEndpoint): PlanEndpoint {
  return { ...endpoint, ...(options && { options }) };
}

function datasetOf(
  written: PlanFile['datasets'][number],
  { folder, bundledSpeech }: PlanSurroundings,
): Plan['dataset'] {
  const { path: place, limit } =
    typeof written === 'string' ? { path: written, limit: null } : written;
  const absolute = place === bundledDataset ? bundledSpeech : path.resolve(folder, place);
  return { path: absolute, limit };
}
