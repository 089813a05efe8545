import { BenchError } from '../common/benchError.ts';
import type { Dialect, DialectSettings } from '../dialects/dialect.ts';
import { dialectById } from '../dialects/registry.ts';
import { embeddedUrl } from '../plan/embeddedUrl.ts';
import { reusesConnections } from '../plan/loadLimits.ts';
import type { Plan } from '../plan/plan.ts';
import type { ApiKeyResolver } from './openEndpoints.ts';

/**
 * Asks nothing of a plan that wants a connection per session.
 * @throws BenchError `plan_invalid` that names the dialect that takes one utterance per connection.
 */
export function refuseReuse({ load, endpoints }: Plan, apiKeyOf: ApiKeyResolver): void {
  if (!reusesConnections(load)) return;
  for (const endpoint of endpoints) {
    // The recogniser that comes with RTBench speaks vLLM's protocol.
    if (endpoint.url === embeddedUrl) continue;
    const { url, model, language, options = {} } = endpoint;
    const dialect = dialectById(endpoint.dialect);
    // The server is not asked for its models yet; any name shows what the protocol can.
    const settings = { url, model: model ?? dialect.defaultModel ?? 'any', language, options };
    if (takesFurtherUtterances(dialect, settings, apiKeyOf(endpoint))) continue;
    throw new BenchError(
      'plan_invalid',
      `${dialect.label} takes one utterance per connection: leave out "reuseConnections"` +
        ` (--reuse-connections), or measure "${endpoint.id}" in a run of its own.`,
    );
  }
}

function takesFurtherUtterances(
  dialect: Dialect,
  settings: DialectSettings,
  apiKey: string | null,
): boolean {
  if (dialect.request(settings, apiKey).transport !== 'websocket') return false;
  return dialect.start(settings, { totalSamples: 0 }, apiKey).again !== undefined;
}
