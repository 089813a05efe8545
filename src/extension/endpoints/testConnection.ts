import { proxySetting } from '../proxySetting.ts';
import type { ConfiguredEndpoint } from '../services.ts';
import type { EndpointState } from './endpointState.ts';
import { stateOfProbe, unlistedModel } from './stateOfProbe.ts';

export interface ConnectionTest {
  state: EndpointState;
  /** What a reachable endpoint may still be wrong about, for the user; null for nothing. */
  warning: string | null;
}

/**
 * Connects to an endpoint, waits for its greeting and asks for its models.
 * @throws BenchError `cancelled` or `probe_failed`; that the endpoint does not answer is a result.
 */
export async function testConnection(
  { url, dialect, model, language, options = {} }: ConfiguredEndpoint,
  apiKey: string | null,
  signal?: AbortSignal,
): Promise<ConnectionTest> {
  // Loaded only now: it brings schemas that activation need not wait for.
  const { runProbe } = await import('./runProbe.ts');
  const about = { url, dialect, model, language, options, apiKey, proxy: proxySetting() };
  const result = await runProbe({ ...about, ask: 'connection' }, signal);
  return { state: stateOfProbe(result), warning: unlistedModel(result) };
}
