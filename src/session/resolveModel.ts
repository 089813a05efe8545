import type { Dialect, DialectSettings } from '../dialects/dialect.ts';
import { fetchModels } from '../transport/fetchModels.ts';

/**
 * The settings with a model: the one they name, else the first that the server lists. Settings
 * without a model stay as they are where the protocol lists none.
 * @throws TransportError or BenchError `models_unknown`, `request_invalid` that say what to do.
 */
export async function resolveModel(
  dialect: Dialect,
  settings: DialectSettings,
  apiKey: string | null,
  timeoutMs: number,
): Promise<DialectSettings> {
  const url = settings.model === null ? dialect.modelsUrl(settings) : null;
  if (url === null) {
    return settings;
  }
  const { headers } = dialect.request(settings, apiKey);
  const [model] = await fetchModels(url, headers, timeoutMs);
  return { ...settings, model: model ?? null };
}
