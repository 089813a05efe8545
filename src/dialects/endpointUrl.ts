import { BenchError } from '../common/benchError.ts';
import { redactUrl } from '../common/redactUrl.ts';

const webSocketScheme = new Map([
  ['http:', 'ws:'],
  ['https:', 'wss:'],
  ['ws:', 'ws:'],
  ['wss:', 'wss:'],
]);

function parseEndpointUrl(url: string): { parsed: URL; scheme: string } {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const scheme = parsed && webSocketScheme.get(parsed.protocol);
  if (!parsed || !scheme || parsed.hostname === '') {
    throw new BenchError(
      'request_invalid',
      `Endpoint URL "${redactUrl(url)}" is not usable: write it as ws://, wss://, http:// or https://` +
        ', for example ws://localhost:8000.',
    );
  }
  return { parsed, scheme };
}

/**
 * The address to open a WebSocket at. `http` and `https` mean `ws` and `wss`; a URL without a
 * path gets `defaultPath`, an explicit path is kept.
 * @throws BenchError `request_invalid` for anything that is not such a URL.
 */
export function webSocketUrl(url: string, defaultPath: string): string {
  const { parsed, scheme } = parseEndpointUrl(url);
  parsed.protocol = scheme;
  parsed.hash = '';
  if (parsed.pathname === '/') {
    parsed.pathname = defaultPath;
  }
  return parsed.href;
}

/**
 * Where an OpenAI-style server lists its models: `/v1/models` beside the realtime path, keeping
 * any prefix a proxy put before it.
 * @throws BenchError `request_invalid` for anything that is not an endpoint URL.
 */
export function modelsUrl(url: string): string {
  const { parsed, scheme } = parseEndpointUrl(url);
  parsed.protocol = scheme === 'wss:' ? 'https:' : 'http:';
  parsed.hash = '';
  parsed.pathname = parsed.pathname.endsWith('/realtime')
    ? parsed.pathname.replace(/realtime$/, 'models')
    : '/v1/models';
  return parsed.href;
}
