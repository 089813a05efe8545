import type * as z from 'zod';
import path from 'node:path';
import { BenchError } from '../common/benchError.ts';
import type { JsonValue } from '../dialects/dialect.ts';
import { embeddedUrl } from '../plan/embeddedUrl.ts';
import type { Load } from '../plan/load.ts';
import { reusesConnections, sessionsAtOnce } from '../plan/loadLimits.ts';
import { defaultDeadlines, defaultPacing, planSchema, type Plan } from '../plan/plan.ts';
import { parseThreshold } from '../plan/threshold.ts';
import { schemaProblem } from '../runfile/schemaProblem.ts';
import { bundledSpeech } from '../dataset/bundledSpeech.ts';

/** The options of `rtbench run` that describe what to run. All are optional. */
export interface RunOptions {
  endpoint?: string;
  dialect?: string;
  model?: string;
  language?: string;
  /** `name=value`, each. */
  option?: string[];
  apiKeyEnv?: string;
  data?: string;
  limit?: number;
  concurrency?: number;
  reuseConnections?: boolean;
  pacing?: string;
  speed?: number;
  chunkMs?: number;
  repeats?: number;
  profile?: string;
  threshold: string[];
  connectTimeout?: number;
  readyTimeout?: number;
  idleTimeout?: number;
  finalTimeout?: number;
}

/**
 * The plan that the options ask for. With `saved`, a saved run's plan, they override only
 * what they name. Throws a BenchError that names the option that does not fit.
 */
export function planFromOptions(options: RunOptions, saved: Plan | null): Plan {
  const base = saved ?? defaultPlan();
  const { threshold } = options;
  const plan = {
    ...base,
    endpoints: endpointsFromOptions(options, base.endpoints),
    dataset: {
      path: options.data === undefined ? base.dataset.path : path.resolve(options.data),
      limit: options.limit ?? base.dataset.limit,
    },
    load: loadFromOptions(options, base.load),
    pacing: pacingFromOptions(options, base.pacing),
    deadlines: deadlinesFromOptions(options, base.deadlines),
    repeats: options.repeats ?? base.repeats,
    textProfile: options.profile ?? base.textProfile,
    thresholds: threshold.length > 0 ? threshold.map(parseThreshold) : base.thresholds,
  };
  const parsed = planSchema.safeParse(plan);
  if (parsed.success) return parsed.data;
  throw new BenchError('plan_invalid', `This plan cannot be run: ${schemaProblem(parsed.error)}.`);
}

function defaultPlan(): Plan {
  return {
    endpoints: [defaultEndpoint],
    dataset: { path: bundledSpeech(), limit: null },
    load: { kind: 'concurrent', sessions: 1 },
    pacing: defaultPacing,
    deadlines: defaultDeadlines,
    repeats: 1,
    textProfile: 'auto',
    thresholds: [],
  };
}

/** Whether how many at once, or what connections are for, is named: that makes a closed load. */
export function namesLoad({ concurrency, reuseConnections }: RunOptions): boolean {
  return concurrency !== undefined || reuseConnections !== undefined;
}

function loadFromOptions(options: RunOptions, base: Load): Load {
  const { concurrency, reuseConnections } = options;
  if (base.kind !== 'concurrent' && !namesLoad(options)) return base;
  const reuse = reuseConnections ?? reusesConnections(base);
  return {
    kind: 'concurrent',
    sessions: concurrency ?? sessionsAtOnce(base) ?? 1,
    ...(reuse && { reuseConnections: true }),
  };
}

function pacingFromOptions({ pacing, speed, chunkMs }: RunOptions, base: Plan['pacing']) {
  return {
    mode: pacing ?? base.mode,
    speed: speed ?? base.speed,
    chunkMs: chunkMs ?? base.chunkMs,
  };
}

function deadlinesFromOptions(options: RunOptions, base: Plan['deadlines']): Plan['deadlines'] {
  return {
    connectMs: options.connectTimeout ?? base.connectMs,
    readyMs: options.readyTimeout ?? base.readyMs,
    idleMs: options.idleTimeout ?? base.idleMs,
    finalMs: options.finalTimeout ?? base.finalMs,
  };
}

const defaultEndpoint: Plan['endpoints'][number] = {
  id: embeddedUrl,
  dialect: 'vllm-realtime',
  url: embeddedUrl,
  model: null,
  language: null,
  apiKeyEnv: null,
};

/** Naming an endpoint replaces those of a saved plan; the other options change each of them. */
function endpointsFromOptions(
  options: RunOptions,
  base: Plan['endpoints'],
): z.input<typeof planSchema>['endpoints'] {
  const { endpoint, dialect, model, language, apiKeyEnv } = options;
  const asked = (options.option ?? []).map(parseDialectOption);
  const chosen =
    endpoint === undefined
      ? base
      : [{ ...defaultEndpoint, id: endpointId(endpoint), url: endpoint }];
  return chosen.map((one) => ({
    ...one,
    dialect: dialect ?? one.dialect,
    model: model ?? one.model,
    language: language ?? one.language,
    ...(asked.length > 0 && { options: { ...one.options, ...Object.fromEntries(asked) } }),
    apiKeyEnv: apiKeyEnv ?? one.apiKeyEnv,
  }));
}

/** The host, as people call a server; secrets in a URL never become part of a name. */
function endpointId(url: string): string {
  return URL.canParse(url) && url !== embeddedUrl ? new URL(url).host || url : url;
}

/** A value is JSON where it can be read as such, else a text. */
function parseDialectOption(text: string): [name: string, value: JsonValue] {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new BenchError('plan_invalid', `--option "${text}" is not of the form name=value.`);
  }
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value) as JsonValue];
  } catch {
    return [text.slice(0, at), value];
  }
}
