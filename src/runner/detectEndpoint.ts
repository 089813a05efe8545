import { checkedProxy } from '../common/proxyAddress.ts';
import { dialects } from '../dialects/registry.ts';
import { detectDialect } from '../session/detectDialect.ts';
import type { DetectionResult } from './probeMessages.ts';

const connectMs = 5000;
const helloMs = 5000;

export interface DetectWay {
  /** Address of the proxy to go through, as the user gave it; null for none. */
  proxy: string | null;
  signal?: AbortSignal;
}

/**
 * Finds out which protocol a server speaks, without sending audio.
 * @throws BenchError for an address that cannot be used, also a proxy's, and when `signal` is
 * aborted.
 */
export async function detectEndpoint(
  url: string,
  apiKey: string | null,
  { proxy, signal }: DetectWay,
): Promise<DetectionResult> {
  const found = await detectDialect(url, dialects, {
    apiKey,
    connectMs,
    helloMs,
    proxy: checkedProxy(proxy),
    ...(signal && { signal }),
  });
  const { kind, because } = found;
  if (kind === 'recognised') return { kind, dialects: [found.dialect.id], because };
  return { kind, dialects: kind === 'silent' ? found.candidates.map(({ id }) => id) : [], because };
}
