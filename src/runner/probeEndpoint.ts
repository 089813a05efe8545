import { BenchError, errorText } from '../common/benchError.ts';
import { checkedProxy } from '../common/proxyAddress.ts';
import { dialectById } from '../dialects/registry.ts';
import type { Dialect, DialectSettings } from '../dialects/dialect.ts';
import { listModels } from '../session/listModels.ts';
import { probeConnection } from '../session/probeConnection.ts';
import { Redactor } from '../session/redactor.ts';
import { detectEndpoint } from './detectEndpoint.ts';
import type { ProbeProblem, ProbeRequest, ProbeResult } from './probeMessages.ts';

const timeoutMs = 10_000;

/**
 * Asks an endpoint for its models and, where wanted, opens a session without audio. What goes
 * wrong is in the result, in words for the user and without the key.
 */
export async function probeEndpoint(request: ProbeRequest): Promise<ProbeResult> {
  const { url, model, language, options, apiKey } = request;
  const result: ProbeResult = {
    detection: null,
    models: null,
    modelsProblem: null,
    model,
    connection: null,
    connectionProblem: null,
  };
  const settings = { url, model, language, options };
  try {
    if (request.ask === 'dialect') {
      result.detection = await detectEndpoint(url, apiKey, request);
      return result;
    }
    const proxy = checkedProxy(request.proxy);
    const named = dialectById(request.dialect);
    const dialect = named.forSettings?.(settings) ?? named;
    const asked = { dialect, settings, apiKey, proxy };
    await askModels(asked, result);
    if (request.ask === 'connection') await connect(asked, result);
  } catch (error) {
    result.connectionProblem = toProblem(error, apiKey);
  }
  return result;
}

interface Asked {
  dialect: Dialect;
  settings: DialectSettings;
  apiKey: string | null;
  proxy: string | null;
}

async function askModels(
  { dialect, settings, apiKey, proxy }: Asked,
  result: ProbeResult,
): Promise<void> {
  try {
    result.models = await listModels(dialect, settings, apiKey, { timeoutMs, proxy });
    result.model ??= result.models?.[0] ?? dialect.defaultModel ?? null;
  } catch (error) {
    result.modelsProblem = toProblem(error, apiKey);
  }
}

async function connect(
  { dialect, settings, apiKey, proxy }: Asked,
  result: ProbeResult,
): Promise<void> {
  if (result.model === null && result.modelsProblem !== null) {
    // Without a model there is no session; the list's problem is the one to solve.
    result.connectionProblem = result.modelsProblem;
    return;
  }
  const limits = { connectMs: timeoutMs, readyMs: timeoutMs, proxy };
  const withModel = { ...settings, model: result.model };
  result.connection = await probeConnection(dialect, withModel, apiKey, limits);
}

function toProblem(error: unknown, apiKey: string | null): ProbeProblem {
  const status = endpointCode(error);
  return {
    message: new Redactor(apiKey).text(errorText(error)),
    // vLLM also answers 403 for a model without realtime, so with a key it is not the key's fault.
    unauthorised: status === '401' || (status === '403' && apiKey === null),
  };
}

/** The endpoint's own code: a proxy that forbids something does not ask for the endpoint's key. */
function endpointCode(error: unknown): unknown {
  if (error instanceof BenchError && error.reason === 'proxy_failed') return null;
  return error instanceof Error && 'code' in error ? error.code : null;
}
