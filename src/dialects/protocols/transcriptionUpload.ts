import * as z from 'zod';
import { BenchError } from '../../common/benchError.ts';
import { bearerHeader } from '../bearerHeader.ts';
import type {
  ConnectionEnd,
  Dialect,
  DialectFeatures,
  DialectSession,
  DialectSettings,
  Interpretation,
  JsonValue,
  OutgoingFrame,
} from '../dialect.ts';
import { modelsUrl, webSocketUrl } from '../endpointUrl.ts';
import { languageCode } from '../languageCode.ts';
import { parseOptions } from '../parseOptions.ts';
import { formEnd, formField, formFile, multipartType } from './multipartForm.ts';
import { TranscriptionAnswers } from './transcriptionAnswers.ts';
import { wavHead } from './wavHead.ts';

const path = '/v1/audio/transcriptions';
const audioFormat = { encoding: 'pcm_s16le', sampleRateHz: 16_000 } as const;

/** How one server's `POST /v1/audio/transcriptions` differs from another's. */
export interface TranscriptionServer {
  id: string;
  label: string;
  exampleUrl: string;
  defaultModel?: string;
  /** Whether the first of its listed models is likely to be one that transcribes. */
  listsItsModels: boolean;
  /** Whether a stream says its usage only when asked to. */
  asksForUsage: boolean;
  /** Formats of the text beside `json`; those that can be streamed. */
  formats: { whole: readonly string[]; streamed: readonly string[] };
  features: Pick<DialectFeatures, 'wordTimes' | 'usage'>;
  remedies: ReadonlyMap<string, string>;
}

function optionsSchema({ formats }: TranscriptionServer) {
  return z.strictObject({
    stream: z.boolean().optional(),
    temperature: z.number().nonnegative().optional(),
    prompt: z.string().optional(),
    response_format: z.enum(['json', ...formats.whole, ...formats.streamed]).optional(),
    timestamp_granularities: z
      .array(z.enum(['word', 'segment']))
      .min(1)
      .optional(),
    config: z.record(z.string(), z.json()).default({}),
    query: z.record(z.string(), z.string()).default({}),
  });
}

type Options = z.infer<ReturnType<typeof optionsSchema>>;

function refuse(message: string): never {
  throw new BenchError('request_invalid', message);
}

/** Whether the text is to come in pieces: wherever the format of the text allows it. */
function streams(server: TranscriptionServer, options: Options): boolean {
  const { label, formats } = server;
  const { stream, response_format: format = 'json', timestamp_granularities: times } = options;
  const canStream = !formats.whole.includes(format);
  if (stream === true && !canStream) {
    refuse(`${label} cannot stream the response_format "${format}": set stream to false.`);
  }
  if (times && format !== 'verbose_json') {
    refuse(`${label} tells times only in the response_format "verbose_json": set it too.`);
  }
  return stream ?? canStream;
}

/** Values of a field of any kind: lists are sent one by one, objects as JSON. */
function formValues(value: JsonValue): string[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap(formValues);
  return [typeof value === 'object' ? JSON.stringify(value) : String(value)];
}

function formFields(
  server: TranscriptionServer,
  { model, language }: DialectSettings,
  options: Options,
): [string, string][] {
  const isStream = streams(server, options);
  const wanted = {
    model,
    language: language && languageCode(language),
    prompt: options.prompt ?? null,
    temperature: options.temperature ?? null,
    response_format: options.response_format ?? null,
    'timestamp_granularities[]': options.timestamp_granularities ?? null,
    stream: isStream ? true : null,
    stream_include_usage: isStream && server.asksForUsage ? true : null,
    ...options.config,
  };
  return Object.entries(wanted).flatMap(([name, value]) =>
    formValues(value).map((text): [string, string] => [name, text]),
  );
}

/** The audio is a WAV file in the request's body; its head says the length beforehand. */
class TranscriptionUploadSession implements DialectSession {
  readonly #head: OutgoingFrame[];
  readonly #answers = new TranscriptionAnswers();

  constructor(fields: readonly [string, string][], totalSamples: number) {
    this.#head = [
      ...fields.map(([name, value]) => ({ data: formField(name, value), commit: null })),
      { data: formFile('file', 'speech.wav', 'audio/wav'), commit: 'start' },
      { data: wavHead(audioFormat.sampleRateHz, totalSamples), commit: null },
    ];
  }

  open(): OutgoingFrame[] {
    return this.#head;
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return { data: chunk, commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    return [{ data: formEnd, commit: 'final' }];
  }

  receive(frame: string | Uint8Array): Interpretation {
    return this.#answers.receive(frame);
  }

  closed(end: ConnectionEnd) {
    return this.#answers.closed(end);
  }
}

function uploadUrl(url: string): URL {
  return new URL(webSocketUrl(url, path).replace(/^ws/, 'http'));
}

/** Beside the path of the upload where that is the usual one, behind whatever proxy. */
function modelsUrlBeside(url: string): string {
  const upload = uploadUrl(url);
  if (!upload.pathname.endsWith('/audio/transcriptions')) return modelsUrl(url);
  upload.pathname = upload.pathname.replace(/audio\/transcriptions$/, 'models');
  return upload.href;
}

/**
 * A dialect for a server of OpenAI's `POST /v1/audio/transcriptions`: the audio goes up as one
 * file while it is spoken, and the text comes when the file is complete.
 */
export function transcriptionUpload(server: TranscriptionServer): Dialect {
  const { id, label, exampleUrl, defaultModel, remedies, features } = server;
  const schema = optionsSchema(server);
  return {
    id,
    label,
    awaitsReady: false,
    textModel: 'append',
    features: { ...features, speech: false },
    exampleUrl,
    ...(defaultModel === undefined ? {} : { defaultModel }),
    remedies,
    audioFormat: () => audioFormat,
    modelsUrl: ({ url }) => (server.listsItsModels ? modelsUrlBeside(url) : null),
    request(settings, apiKey) {
      const url = uploadUrl(settings.url);
      const { query } = parseOptions(label, schema, settings);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const headers = { ...bearerHeader(apiKey), 'Content-Type': multipartType };
      return { transport: 'upload', url: url.href, headers };
    },
    start(settings, { totalSamples }) {
      const options = parseOptions(label, schema, settings);
      if (settings.model === null) {
        refuse(`${label} needs the name of a model: set one that the server offers.`);
      }
      return new TranscriptionUploadSession(formFields(server, settings, options), totalSamples);
    },
  };
}
