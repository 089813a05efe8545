import * as z from 'zod';
import { BenchError } from '../common/benchError.ts';
import { redactUrl } from '../common/redactUrl.ts';
import { askHttp } from './askHttp.ts';
import type { HttpAnswer } from './askHttp.ts';
import { connectError } from './connectError.ts';
import { sanitiseText } from './sanitiseText.ts';
import { TransportError } from './transportError.ts';

const modelList = z.looseObject({ data: z.array(z.looseObject({ id: z.string().min(1) })) });

function timedOut(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

export interface FetchLimits {
  timeoutMs: number;
  /** Gives up asking. */
  signal?: AbortSignal;
  /** Origin of the proxy to go through, except to this computer itself; null for none. */
  proxy: string | null;
}

async function get(
  url: string,
  headers: Record<string, string>,
  limits: FetchLimits,
): Promise<HttpAnswer> {
  const { host } = new URL(url);
  try {
    return await askHttp({ url, method: 'GET', headers, ...limits });
  } catch (error) {
    if (limits.signal?.aborted === true) throw error;
    if (timedOut(error)) {
      const seconds = limits.timeoutMs / 1000;
      const message = `${host} did not list its models within ${seconds} s; set the model by name.`;
      throw new TransportError('connect_timeout', null, message, { cause: error });
    }
    throw connectError(host, error);
  }
}

function parseModels(body: string): string[] | null {
  try {
    const parsed = modelList.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data.data.map((model) => model.id) : null;
  } catch {
    return null;
  }
}

/**
 * The names a server lists under `GET /v1/models`, in its order; never empty.
 * @param headers may hold a resolved secret; it goes to this address only.
 * @throws TransportError when the server cannot be asked, BenchError `models_unknown` when its
 * answer names no model.
 */
export async function fetchModels(
  url: string,
  headers: Record<string, string>,
  limits: FetchLimits,
): Promise<string[]> {
  const { status, body } = await get(url, headers, limits);
  if (status !== 200) {
    throw new TransportError(
      'upgrade_refused',
      String(status),
      `${redactUrl(url)} answered HTTP ${status}: ${sanitiseText(body)}.` +
        ' Check the URL and the API key, or set the model by name.',
    );
  }
  const models = parseModels(body);
  if (!models || models.length === 0) {
    throw new BenchError(
      'models_unknown',
      `${redactUrl(url)} lists no models; set the model by name.`,
    );
  }
  return models;
}
