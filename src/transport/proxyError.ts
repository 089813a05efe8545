import { proxyPlace } from '../common/proxyAddress.ts';
import { systemProblem } from './connectError.ts';
import { sanitiseText } from './sanitiseText.ts';
import { TransportError } from './transportError.ts';

/** The way through a proxy that could not be had. */
export interface BlockedWay {
  /** Origin of the proxy. */
  proxy: string;
  /** Host and port that it should have opened a way to. */
  target: string;
}

const checkAddress = `Check its address (${proxyPlace}) and the network.`;

/** The error for a proxy that could not be reached or does not speak as one. */
export function proxyUnreachable({ proxy }: BlockedWay, error: unknown): TransportError {
  const { reason, code, what, detail } = systemProblem(error);
  const isSilent = reason === 'upgrade_refused' && code === null;
  return new TransportError(
    'proxy_failed',
    code,
    `The proxy ${proxy} ${isSilent ? 'did not answer as an HTTP proxy' : what} (${detail}). ` +
      (reason === 'tls' ? tlsRemedy : checkAddress),
    { cause: error },
  );
}

const tlsRemedy =
  'If it takes plain connections, write http:// in its address; a certificate of your own' +
  ' authority is trusted when NODE_EXTRA_CA_CERTS names its file.';

/** The error for a proxy that answered CONNECT with anything but 200. */
export function proxyRefusal(
  { proxy, target }: BlockedWay,
  { statusCode, statusText }: { statusCode: number; statusText: string },
): TransportError {
  const isHttp = Number.isInteger(statusCode);
  const answer = isHttp ? sanitiseText(`HTTP ${statusCode} ${statusText}`, 100) : 'not HTTP';
  return new TransportError(
    'proxy_failed',
    isHttp ? String(statusCode) : null,
    `The proxy ${proxy} opened no way to ${target} (${answer}). ${remedyOf(statusCode, target)}`,
  );
}

function remedyOf(status: number, target: string): string {
  switch (status) {
    case 407:
      return (
        'It wants a login, which RTBench does not send: take a proxy that needs none, such as one' +
        ' on this computer that logs in for you.'
      );
    case 401:
    case 403:
      return 'It does not allow this address: ask who runs it, many allow port 443 only.';
    case 502:
    case 503:
    case 504:
      return `It could not reach ${target}: check the endpoint's address, and what the proxy may reach.`;
    default:
      return `It may be no proxy that takes CONNECT. ${checkAddress}`;
  }
}

/** The error for a proxy that has not opened a way in time. */
export function proxyTimeout({ proxy, target }: BlockedWay, timeoutMs: number): TransportError {
  return new TransportError(
    'proxy_failed',
    null,
    `The proxy ${proxy} opened no way to ${target} within ${timeoutMs / 1000} s. ${checkAddress}`,
  );
}
