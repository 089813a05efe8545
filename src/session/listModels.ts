import type { Dialect, DialectSettings } from '../dialects/dialect.ts';
import { fetchModels, type FetchLimits } from '../transport/fetchModels.ts';

/**
 * The models that a server lists, in its order; null where the protocol has no list.
 * @throws TransportError or BenchError `models_unknown`, `request_invalid` that say what to do.
 */
export async function listModels(
  dialect: Dialect,
  settings: DialectSettings,
  apiKey: string | null,
  limits: FetchLimits,
): Promise<string[] | null> {
  const url = dialect.modelsUrl(settings);
  if (url === null) return null;
  return fetchModels(url, dialect.request(settings, apiKey).headers, limits);
}
