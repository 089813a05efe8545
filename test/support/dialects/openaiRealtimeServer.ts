import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';
import { jsonIn } from './jsonIn.ts';
import { openaiClientEvent, unsupported } from './openaiRealtimeConfig.ts';
import type { OpenaiClientEvent, OpenaiRealtimeConfig } from './openaiRealtimeConfig.ts';

export interface OpenaiRealtimeManner {
  /** With turn detection: it ends a turn after so many audio messages. */
  messagesPerTurn: number;
  /** Whether deltas come while the audio does, without turn detection. */
  streams: boolean;
  /** The result of the first item comes after that of the last. */
  firstIsLast: boolean;
  /** Items, counted from 0, that fail. */
  failing: number[];
  /** What it says to a commit that turn detection left nothing for. */
  emptyCommit: 'error' | 'cleared';
  /** Says nothing of its commits. */
  hidesCommits: boolean;
  /** Refuses the configuration with this code. */
  refusal: string | null;
  /** What its events about the session are called: before the protocol's final form otherwise. */
  surface: 'session' | 'transcription_session';
}

const usual: OpenaiRealtimeManner = {
  messagesPerTurn: 2,
  streams: true,
  firstIsLast: false,
  failing: [],
  emptyCommit: 'error',
  hidesCommits: false,
  refusal: null,
  surface: 'session',
};

const bytesPerMs = 48;
const leastCommitMs = 100;
const mostBytes = 15 * 1024 * 1024;
const transcription = 'conversation.item.input_audio_transcription';

class OpenaiRealtimeProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #manner: OpenaiRealtimeManner;
  readonly #spoken: SpokenWords;
  #config: OpenaiRealtimeConfig | null = null;
  #events = 0;
  #items = 0;
  #totalMs = 0;
  #bufferedMs = 0;
  #turnMessages = 0;
  /** Words that went into items before, and those of this item that were said as deltas. */
  #usedWords = 0;
  #toldWords = 0;
  #heldBack: (() => void)[] = [];

  constructor(connection: ServerConnection, manner: OpenaiRealtimeManner) {
    this.#connection = connection;
    this.#manner = manner;
    this.#spoken = new SpokenWords(connection.script);
  }

  opened(): void {
    const { searchParams } = new URL(this.#connection.request.url ?? '', 'ws://host');
    const purposes = ['model', 'intent', 'call_id'].filter((name) => searchParams.has(name));
    if (purposes.join() !== 'intent' || searchParams.get('intent') !== 'transcription') {
      this.#wrong(null, `a connection for ${searchParams.toString()}`);
    }
    this.#send({ type: `${this.#manner.surface}.created`, session: this.#session({}) });
  }

  text(text: string): void {
    const parsed = openaiClientEvent.safeParse(jsonIn(text));
    if (!parsed.success) this.#wrong(null, z.prettifyError(parsed.error));
    else this.#act(parsed.data);
  }

  binary(): void {
    this.#wrong(null, 'a binary frame');
  }

  fail(): void {
    this.#error('server_error', 'server_error', 'The server had an error.');
  }

  #act(event: OpenaiClientEvent): void {
    switch (event.type) {
      case 'session.update':
      case 'transcription_session.update':
        if (event.type !== `${this.#manner.surface}.update`) this.#wrong(null, event.type);
        this.#configure(event.session);
        return;
      case 'input_audio_buffer.append':
        this.#append(Buffer.from(event.audio, 'base64'));
        return;
      case 'input_audio_buffer.commit':
        this.#commitByClient();
    }
  }

  #configure(config: OpenaiRealtimeConfig): void {
    const param = unsupported(config);
    if (this.#totalMs > 0) this.#wrong(null, 'session.update after audio');
    else if (this.#manner.refusal !== null) {
      this.#error('invalid_request_error', this.#manner.refusal, 'Not so.');
    } else if (param !== null) {
      this.#error('invalid_request_error', 'unsupported_parameter', `Not with ${param}.`);
    } else {
      // Late enough for audio that does not wait to be noticed.
      this.#connection.later(20, () => {
        this.#config = config;
        this.#send({
          type: `${this.#manner.surface}.updated`,
          session: this.#session(config.audio.input),
        });
      });
    }
  }

  #session(input: object): object {
    return {
      type: 'transcription',
      id: 'sess_1',
      object: 'realtime.transcription_session',
      audio: { input },
    };
  }

  #append(pcm: Buffer): void {
    if (this.#config === null) this.#wrong(null, 'audio before the configuration was taken');
    if (pcm.length > mostBytes || pcm.length % 2 === 1) {
      this.#wrong('invalid_value', `${pcm.length} bytes of audio`);
    }
    if (!this.#connection.heard(pcm)) return;
    const ms = pcm.length / bytesPerMs;
    this.#totalMs += ms;
    this.#bufferedMs += ms;
    const isNewWord = this.#spoken.advance();
    if (this.#config?.audio.input.turn_detection) this.#detectTurn(ms);
    else if (isNewWord && this.#manner.streams) this.#tellWords();
  }

  #detectTurn(ms: number): void {
    this.#turnMessages += 1;
    if (this.#turnMessages === 1) {
      const audio_start_ms = this.#totalMs - ms;
      const item_id = this.#itemId;
      this.#send({ type: 'input_audio_buffer.speech_started', audio_start_ms, item_id });
    }
    if (this.#turnMessages < this.#manner.messagesPerTurn) return;
    const audio_end_ms = this.#totalMs;
    this.#send({
      type: 'input_audio_buffer.speech_stopped',
      audio_end_ms,
      item_id: this.#itemId,
    });
    this.#commit();
  }

  #commitByClient(): void {
    if (this.#config === null) this.#wrong(null, 'a commit before the configuration was taken');
    if (this.#bufferedMs >= leastCommitMs) {
      this.#spoken.finish();
      this.#commit();
    } else if (!this.#config?.audio.input.turn_detection) {
      this.#wrong('input_audio_buffer_commit_empty', `a commit of ${this.#bufferedMs} ms`);
    } else if (this.#manner.emptyCommit === 'cleared') {
      this.#send({ type: 'input_audio_buffer.cleared' });
    } else {
      const message = 'Error committing input audio buffer: buffer too small.';
      this.#error('invalid_request_error', 'input_audio_buffer_commit_empty', message);
    }
    for (const tell of this.#heldBack) tell();
  }

  #commit(): void {
    const item_id = this.#itemId;
    const previous_item_id = this.#items === 0 ? null : `item_${this.#items}`;
    const item = {
      id: item_id,
      type: 'message',
      role: 'user',
      status: 'completed',
      content: [{ type: 'input_audio', transcript: null }],
    };
    if (!this.#manner.hidesCommits) {
      this.#send({ type: 'input_audio_buffer.committed', item_id, previous_item_id });
      this.#send({ type: 'conversation.item.added', previous_item_id, item });
      this.#send({ type: 'conversation.item.done', previous_item_id, item });
    }
    this.#tellWords();
    this.#finishItem();
  }

  #finishItem(): void {
    const item_id = this.#itemId;
    const index = this.#items;
    const transcript = this.#words.join(' ');
    this.#items += 1;
    this.#usedWords += this.#toldWords;
    this.#toldWords = 0;
    this.#bufferedMs = 0;
    this.#turnMessages = 0;
    const tell = (): void => {
      if (this.#manner.failing.includes(index)) this.#fails(item_id);
      else this.#completes(item_id, transcript);
    };
    if (this.#manner.firstIsLast && index === 0) this.#heldBack.push(tell);
    else tell();
  }

  #completes(item_id: string, transcript: string): void {
    if (this.#connection.script.neverDone) return;
    const usage = {
      type: 'tokens',
      input_tokens: 14,
      output_tokens: 3,
      total_tokens: 17,
      input_token_details: { audio_tokens: 14, text_tokens: 0 },
    };
    const type = `${transcription}.completed`;
    this.#send({ type, item_id, content_index: 0, transcript, usage });
  }

  #fails(item_id: string): void {
    const error = {
      type: 'server_error',
      code: 'server_error',
      message: 'It failed.',
      param: null,
    };
    this.#send({ type: `${transcription}.failed`, item_id, content_index: 0, error });
  }

  get #itemId(): string {
    return `item_${this.#items + 1}`;
  }

  /** Of this item. */
  get #words(): string[] {
    return this.#spoken.words.slice(this.#usedWords);
  }

  /** A word may come in more than one piece. */
  #tellWords(): void {
    const words = this.#words;
    for (const [at, word] of words.entries()) {
      if (at < this.#toldWords) continue;
      this.#delta(`${at === 0 ? '' : ' '}${word.slice(0, 2)}`);
      this.#delta(word.slice(2));
    }
    this.#toldWords = words.length;
  }

  #delta(delta: string): void {
    const more = this.#config?.include
      ? { logprobs: [{ token: delta, logprob: -0.1, bytes: [...Buffer.from(delta)] }] }
      : {};
    const type = `${transcription}.delta`;
    this.#send({ type, item_id: this.#itemId, content_index: 0, delta, ...more });
  }

  #wrong(code: string | null, what: string): void {
    this.#connection.violation(what);
    this.#error('invalid_request_error', code, what);
  }

  #error(type: string, code: string | null, message: string): void {
    this.#send({ type: 'error', error: { type, code, message, param: null, event_id: null } });
  }

  #send(event: { type: string } & Record<string, unknown>): void {
    const { type, ...rest } = event;
    this.#events += 1;
    this.#connection.send({ type, event_id: `event_${this.#events}`, ...rest });
  }
}

/** The key in a header of its own, as a bearer, or in a subprotocol. */
function keyOf({ headers }: IncomingMessage): string | null {
  const offered = headers['sec-websocket-protocol'] ?? '';
  const inSubprotocol = /openai-insecure-api-key\.([^, ]+)/.exec(offered)?.[1];
  const own = headers['api-key'];
  if (inSubprotocol !== undefined) return inSubprotocol;
  return typeof own === 'string' ? own : (headers.authorization?.replace(/^Bearer /, '') ?? null);
}

export function openaiRealtimeServerThat(manner: Partial<OpenaiRealtimeManner>): DialectServerKind {
  return {
    dialect: 'openai-realtime',
    paths: ['/v1/realtime', '/openai/v1/realtime'],
    subprotocol: (offered) => (offered.has('realtime') ? 'realtime' : false),
    keyOf,
    protocol: (connection) => new OpenaiRealtimeProtocol(connection, { ...usual, ...manner }),
  };
}

/** OpenAI's realtime transcription. */
export const openaiRealtimeServer = openaiRealtimeServerThat({});
