import type { Dialect, DialectSettings } from '../dialects/dialect.ts';
import { fetchModels, type FetchLimits } from '../transport/fetchModels.ts';

/**
 * The settings with a model: the one they name, else the first that the server lists, else the
 * protocol's usual one, where it has one.
 * @throws TransportError or BenchError `models_unknown`, `request_invalid` that say what to do.
 */
export async function resolveModel(
  dialect: Dialect,
  settings: DialectSettings,
  apiKey: string | null,
  limits: FetchLimits,
): Promise<DialectSettings> {
  if (settings.model !== null) {
    return settings;
  }
  const url = dialect.modelsUrl(settings);
  if (url === null) {
    const { defaultModel = null } = dialect.forSettings?.(settings) ?? dialect;
    return { ...settings, model: defaultModel };
  }
  const { headers } = dialect.request(settings, apiKey);
  const [model] = await fetchModels(url, headers, limits);
  return { ...settings, model: model ?? null };
}
