import { dialects } from '../dialects/registry.ts';
import { detectDialect } from '../session/detectDialect.ts';
import type { DetectionResult } from './probeMessages.ts';

const connectMs = 5000;
const helloMs = 5000;

/**
 * Finds out which protocol a server speaks, without sending audio.
 * @throws BenchError for an address that cannot be used, and when `signal` is aborted.
 */
export async function detectEndpoint(
  url: string,
  apiKey: string | null,
  signal?: AbortSignal,
): Promise<DetectionResult> {
  const limits = { connectMs, helloMs, ...(signal && { signal }) };
  const found = await detectDialect(url, dialects, { apiKey, ...limits });
  const { kind, because } = found;
  if (kind === 'recognised') return { kind, dialects: [found.dialect.id], because };
  return { kind, dialects: kind === 'silent' ? found.candidates.map(({ id }) => id) : [], because };
}
