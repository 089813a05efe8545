import { validateHeaderName, validateHeaderValue } from 'node:http';
import { errorText } from '../../common/benchError.ts';
import type { EventStreamRequest } from '../../common/connectionRequest.ts';
import { tunnelTo, type ProxyTunnel } from '../proxyTunnel.ts';
import { sanitiseText } from '../sanitiseText.ts';
import { TransportError } from '../transportError.ts';

/**
 * The address of a request.
 * @throws TransportError `request_invalid` where it or a header cannot be sent at all
 */
export function checkedUrl({ url, headers }: EventStreamRequest): URL {
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return new URL(url);
  } catch (error) {
    throw new TransportError('request_invalid', null, sanitiseText(errorText(error)), {
      cause: error,
    });
  }
}

/**
 * The way through the proxy; null where none is needed. A server that speaks HTTP/2 without TLS speaks
 * first: the proxy's answer may swallow that.
 * @throws TransportError `request_invalid` for an address without TLS
 */
export function checkedTunnel(url: URL, proxy: string | null): ProxyTunnel | null {
  const tunnel = tunnelTo(url.href, proxy);
  if (tunnel === null || url.protocol === 'https:') return tunnel;
  throw new TransportError(
    'request_invalid',
    null,
    `${url.host} can be reached through a proxy over TLS only: write https:// in its URL.`,
  );
}
