import { redactUrl } from '../common/redactUrl.ts';
import type { ReadyEndpoint } from '../bench/runSessions.ts';
import { dialectById } from '../dialects/registry.ts';
import { startEmbeddedEndpoint } from '../endpoint/startEmbeddedEndpoint.ts';
import { embeddedUrl } from '../plan/embeddedUrl.ts';
import type { PlanEndpoint } from '../plan/plan.ts';
import type { RunEndpoint } from '../runfile/run.ts';
import { resolveModel } from '../session/resolveModel.ts';

/** An endpoint that is ready for sessions, and what to save of it. */
export interface OpenedEndpoint {
  ready: ReadyEndpoint;
  record: RunEndpoint;
  /** Stops what was started for it. */
  close: () => Promise<void>;
}

/** Gives an endpoint's API key, null where it needs none; throws a BenchError where it is missing. */
export type ApiKeyResolver = (endpoint: PlanEndpoint) => string | null;

/** An embedded endpoint that is running already. */
export interface RunningEndpoint {
  url: string;
  model: string;
  metadata: RunEndpoint['metadata'];
}

export interface OpenOptions {
  apiKeyOf: ApiKeyResolver;
  /** Used instead of starting one; it is not stopped afterwards. */
  embedded?: RunningEndpoint;
  /** Origin of the proxy to go through, except to this computer itself; null for none. */
  proxy: string | null;
  signal: AbortSignal;
}

const modelListTimeoutMs = 10_000;

/**
 * Starts the embedded endpoint where a plan asks for it and none is running, and asks servers for
 * their model where the plan names none.
 * Throws a {@link BenchError} for the first endpoint that cannot be used; closes the others.
 */
export async function openEndpoints(
  endpoints: readonly PlanEndpoint[],
  options: OpenOptions,
): Promise<OpenedEndpoint[]> {
  const opened: OpenedEndpoint[] = [];
  try {
    for (const endpoint of endpoints) opened.push(await openEndpoint(endpoint, options));
    return opened;
  } catch (error) {
    await closeEndpoints(opened);
    throw error;
  }
}

export async function closeEndpoints(opened: readonly OpenedEndpoint[]): Promise<void> {
  await Promise.all(opened.map(({ close }) => close()));
}

function openEndpoint(endpoint: PlanEndpoint, options: OpenOptions): Promise<OpenedEndpoint> {
  return endpoint.url === embeddedUrl
    ? openEmbedded(endpoint, options)
    : openRemote(endpoint, options);
}

async function openEmbedded(
  { id, language }: PlanEndpoint,
  { embedded: running, signal }: OpenOptions,
): Promise<OpenedEndpoint> {
  const started = running ? null : await startEmbeddedEndpoint({ signal });
  const { url, model, metadata } = running ?? started!;
  const dialect = dialectById('vllm-realtime');
  return {
    ready: { id, dialect, settings: { url, model, language, options: {} }, apiKey: null },
    record: { id, url: embeddedUrl, model, metadata },
    close: async () => started?.stop(),
  };
}

async function openRemote(
  endpoint: PlanEndpoint,
  { apiKeyOf, proxy, signal }: OpenOptions,
): Promise<OpenedEndpoint> {
  const { id, url, language, options = {} } = endpoint;
  const dialect = dialectById(endpoint.dialect);
  const apiKey = apiKeyOf(endpoint);
  const wanted = { url, model: endpoint.model, language, options };
  dialect.request(wanted, apiKey); // refuses an unusable URL before anything is sent
  const settings = await resolveModel(dialect, wanted, apiKey, {
    timeoutMs: modelListTimeoutMs,
    signal,
    proxy,
  });
  return {
    ready: { id, dialect, settings, apiKey },
    record: { id, url: redactUrl(url), model: settings.model, metadata: {} },
    close: () => Promise.resolve(),
  };
}
