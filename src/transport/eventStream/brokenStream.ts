import { connectError } from '../connectError.ts';
import { sanitiseText } from '../sanitiseText.ts';
import { TransportError } from '../transportError.ts';

/** HTTP/2's error codes, by their numbers. */
const codeNames = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
];

export function http2CodeName(code: number): string {
  return codeNames[code] ?? `HTTP/2 code ${code}`;
}

/** How an HTTP/2 connection or its stream went away. */
export interface Breakage {
  /** Whether the server had taken part in HTTP/2 before. */
  wasOpen: boolean;
  /** What Node reports; null where it reports nothing. */
  error: Error | null;
  /** Code of the stream's reset. A connection that is cut resets its streams as well. */
  resetCode: number;
  goaway: Goaway | null;
}

/** What a server said before it went away. */
export interface Goaway {
  code: number;
  text: string;
}

/** The error for a connection or stream that the server or the network ended. */
export function brokenStream(host: string, breakage: Breakage): TransportError {
  const { error, goaway } = breakage;
  const code = error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  const isHttp2 = code === null || code.startsWith('ERR_HTTP2');
  const isOtherProtocol = code?.includes('NO_APPLICATION_PROTOCOL') === true;
  if (!isHttp2 && !isOtherProtocol && !breakage.wasOpen) return connectError(host, error);
  if (!breakage.wasOpen && !goaway) return notHttp2(host, error);
  if (goaway) return wentAway(host, goaway, error);
  if (!isHttp2) {
    return closedEarly(host, code, `broke: ${sanitiseText(error!.message)}`, error);
  }
  const reset = http2CodeName(breakage.resetCode);
  return closedEarly(host, reset, `was cut (${reset})`, error);
}

function notHttp2(host: string, error: Error | null): TransportError {
  const detail = error ? sanitiseText(error.message) : 'it closed the connection';
  return new TransportError(
    'upgrade_refused',
    null,
    `${host} did not answer in HTTP/2 (${detail}).` +
      ' Check the port, which is 8443 for the streams of SageMaker, and the scheme of the URL.',
    { cause: error },
  );
}

function wentAway(host: string, { code, text }: Goaway, error: Error | null): TransportError {
  const name = http2CodeName(code);
  const said = sanitiseText(text);
  const detail = said === '' ? name : `${name}: ${said}`;
  const remedy =
    name === 'ENHANCE_YOUR_CALM'
      ? 'Lower the concurrency or wait.'
      : 'The platform did this, not the model: try again.';
  return new TransportError(
    'closed_early',
    name,
    `${host} ended the HTTP/2 connection before the text was complete (${detail}). ${remedy}`,
    { cause: error },
  );
}

function closedEarly(
  host: string,
  code: string | null,
  what: string,
  cause: Error | null,
): TransportError {
  return new TransportError(
    'closed_early',
    code,
    `The stream from ${host} ${what}. Check the network, and the log of the container in` +
      ' CloudWatch: a container that ends ends the stream too.',
    { cause },
  );
}
