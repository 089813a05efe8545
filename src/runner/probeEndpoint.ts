import { errorText } from '../common/benchError.ts';
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
      result.detection = await detectEndpoint(url, apiKey);
      return result;
    }
    const named = dialectById(request.dialect);
    const dialect = named.forSettings?.(settings) ?? named;
    await askModels(dialect, settings, apiKey, result);
    if (request.ask === 'connection') await connect(dialect, settings, apiKey, result);
  } catch (error) {
    result.connectionProblem = toProblem(error, apiKey);
  }
  return result;
}

async function askModels(
  dialect: Dialect,
  settings: DialectSettings,
  apiKey: string | null,
  result: ProbeResult,
): Promise<void> {
  try {
    result.models = await listModels(dialect, settings, apiKey, timeoutMs);
    result.model ??= result.models?.[0] ?? dialect.defaultModel ?? null;
  } catch (error) {
    result.modelsProblem = toProblem(error, apiKey);
  }
}

async function connect(
  dialect: Dialect,
  settings: DialectSettings,
  apiKey: string | null,
  result: ProbeResult,
): Promise<void> {
  if (result.model === null && result.modelsProblem !== null) {
    // Without a model there is no session; the list's problem is the one to solve.
    result.connectionProblem = result.modelsProblem;
    return;
  }
  const deadlines = { connectMs: timeoutMs, readyMs: timeoutMs };
  const withModel = { ...settings, model: result.model };
  result.connection = await probeConnection(dialect, withModel, apiKey, deadlines);
}

function toProblem(error: unknown, apiKey: string | null): ProbeProblem {
  const status = error instanceof Error && 'code' in error ? error.code : null;
  return {
    message: new Redactor(apiKey).text(errorText(error)),
    // vLLM also answers 403 for a model without realtime, so with a key it is not the key's fault.
    unauthorised: status === '401' || (status === '403' && apiKey === null),
  };
}
