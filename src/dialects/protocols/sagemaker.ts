import * as z from 'zod';
import { BenchError } from '../../common/benchError.ts';
import { redactUrl } from '../../common/redactUrl.ts';
import type { EventStreamRequest, WebSocketRequest } from '../../common/connectionRequest.ts';
import type { Dialect, DialectSettings, JsonValue } from '../dialect.ts';
import { webSocketUrl } from '../endpointUrl.ts';
import { parseOptions } from '../parseOptions.ts';
import { vllmRealtime } from './vllmRealtime.ts';

const id = 'sagemaker';
const label = 'Amazon SageMaker';
const streamPath = 'invocations-bidirectional-stream';
const streamPort = '8443';
const runtimeHost = /^runtime(-fips)?\.sagemaker\.[a-z\d-]+\.(amazonaws\.com(\.cn)?|api\.aws)$/;
const regionPattern = /^[a-z]{2}(-[a-z]+)+-\d+$/;

/** What may stand in a header. */
const headerText = z.string().regex(/^[\x21-\x7e]*$/, 'only ASCII characters without spaces');

const optionsSchema = z.strictObject({
  inner: z.string().default(vllmRealtime.id),
  innerOptions: z.record(z.string(), z.json()).default({}),
  targetVariant: headerText.optional(),
  invocationPath: headerText.optional(),
  queryString: headerText.optional(),
  region: z.string().regex(regionPattern, 'write it as us-east-1').optional(),
});

type Options = z.infer<typeof optionsSchema>;

/** The protocol in the container, and its settings. */
interface Inner {
  options: Options;
  dialect: Dialect;
  settings: DialectSettings;
}

/**
 * Amazon SageMaker's bidirectional stream: each WebSocket message of the container's protocol
 * travels as one event. The transport does the events, the inner dialect says everything.
 * @param known the dialects that may be inside; called when one is looked for.
 */
export function sagemaker(known: () => readonly Dialect[]): Dialect {
  const innerOf = (settings: DialectSettings): Inner => {
    const options = parseOptions(label, optionsSchema, settings);
    const dialect = findInner(known(), options.inner);
    return { options, dialect, settings: innerSettings(dialect, settings, options.innerOptions) };
  };
  const around = (inner: Dialect): Dialect => ({
    id,
    label,
    awaitsReady: inner.awaitsReady,
    textModel: inner.textModel,
    features: inner.features,
    ...(inner.chunkMs && { chunkMs: inner.chunkMs }),
    ...(inner.defaultModel !== undefined && { defaultModel: inner.defaultModel }),
    exampleUrl: `https://runtime.sagemaker.us-east-1.amazonaws.com:${streamPort}/endpoints/NAME`,
    hosts: runtimeHost,
    remedies: remediesOf(inner),
    forSettings(settings) {
      try {
        return around(innerOf(settings).dialect);
      } catch (error) {
        // Whoever starts a session with these settings is told.
        if (error instanceof BenchError) return around(inner);
        throw error;
      }
    },
    audioFormat(settings) {
      const { dialect, settings: own } = innerOf(settings);
      return dialect.audioFormat(own);
    },
    modelsUrl: () => null,
    request: (settings) => streamRequest(settings, innerOf(settings)),
    start(settings, speech) {
      const { dialect, settings: own } = innerOf(settings);
      return dialect.start(own, speech);
    },
  });
  return around(vllmRealtime);
}

function findInner(known: readonly Dialect[], innerId: string): Dialect {
  const others = known.filter((dialect) => dialect.id !== id);
  const inner = others.find((dialect) => dialect.id === innerId);
  if (inner) return inner;
  throw new BenchError(
    'request_invalid',
    `There is no dialect "${innerId}" for the option "inner" of ${label}; use one of: ` +
      `${others.map((dialect) => dialect.id).join(', ')}.`,
  );
}

/** The container is found by the endpoint's name, so its protocol gets its usual address. */
function innerSettings(
  { exampleUrl, defaultModel }: Dialect,
  { model, language }: DialectSettings,
  options: Record<string, JsonValue>,
): DialectSettings {
  return { url: exampleUrl, model: model ?? defaultModel ?? null, language, options };
}

/** Nobody can list the models of a container behind SageMaker. */
function remediesOf({ remedies }: Dialect): ReadonlyMap<string, string> {
  const own = 'Set the model under the name that the container serves it by.';
  return new Map(
    [...remedies].map(([code, remedy]) => [code, /\/models\b/.test(remedy) ? own : remedy]),
  );
}

function streamRequest(settings: DialectSettings, inner: Inner): EventStreamRequest {
  const url = streamUrl(settings.url);
  const request = containerRequest(inner);
  return {
    transport: 'event-stream',
    url: url.href,
    headers: containerHeaders(inner.options, request),
    region: regionOf(url, inner.options.region),
    ...(request.maxMessageBytes !== undefined && { maxMessageBytes: request.maxMessageBytes }),
  };
}

function containerRequest({ dialect, settings }: Inner): WebSocketRequest {
  const request = dialect.request(settings, null);
  if (request.transport === 'websocket') return request;
  throw new BenchError(
    'request_invalid',
    `${label} carries WebSocket messages only: "${dialect.id}" cannot be the dialect inside.`,
  );
}

/** A protocol that says in its address what it wants has to say it to the container as well. */
function containerHeaders(options: Options, { url }: WebSocketRequest): Record<string, string> {
  const { pathname, search } = new URL(url);
  const query = search.slice(1).replaceAll('+', '%20');
  const path = query === '' ? '' : pathname.slice(1);
  const { targetVariant = '', invocationPath = path, queryString = query } = options;
  const headers = {
    'x-amzn-sagemaker-target-variant': targetVariant,
    'x-amzn-sagemaker-model-invocation-path': invocationPath.replace(/^\/+/, ''),
    'x-amzn-sagemaker-model-query-string': queryString.replace(/^\?/, ''),
  };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
}

/** The console shows an endpoint's address with the path of another operation and without a port. */
function streamUrl(endpointUrl: string): URL {
  const url = new URL(webSocketUrl(endpointUrl, '/').replace(/^ws/, 'http'));
  const isAws = /\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(url.hostname);
  if (isAws && url.port === '') url.port = streamPort;
  const [, endpoint] =
    /^(.*\/endpoints\/[^/]+)(?:\/|\/invocations(?:-[a-z-]+)?\/?)?$/.exec(url.pathname) ?? [];
  if (endpoint !== undefined) url.pathname = `${endpoint}/${streamPath}`;
  else if (isAws || url.pathname === '/') {
    throw new BenchError(
      'request_invalid',
      `Endpoint URL "${redactUrl(endpointUrl)}" does not name an endpoint: write it as` +
        ` https://runtime.sagemaker.REGION.amazonaws.com:${streamPort}/endpoints/NAME.`,
    );
  }
  return url;
}

function regionOf({ hostname }: URL, chosen: string | undefined): string {
  if (chosen !== undefined) return chosen;
  const named = /(?:^|\.)sagemaker\.([^.]+)\./.exec(hostname)?.[1];
  if (named !== undefined && regionPattern.test(named)) return named;
  throw new BenchError(
    'request_invalid',
    `The host ${hostname} does not name an AWS region: set the option "region" of ${label}.`,
  );
}
