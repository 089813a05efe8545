import { webSocketUrl } from '../dialects/endpointUrl.ts';

/**
 * Scheme, host and port that an endpoint's sessions go to, for example `wss://host:8443`; null
 * for `embedded` and for anything that is no endpoint URL. `http` and `ws` are one origin, `http`
 * and `https` are two: a key entered for an encrypted address never goes out in the clear.
 */
export function endpointOrigin(url: string): string | null {
  try {
    return new URL(webSocketUrl(url, '/')).origin;
  } catch {
    return null;
  }
}
