import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';

export interface VllmOmniManner {
  /** Which of the protocols that share the path it speaks. */
  variant: 'vllm-style' | 'openai-style' | 'full-duplex';
  /** Serves a model in full duplex only, and was told not to speak it, or kept waiting. */
  refusal: 'unsupported' | 'config_timeout' | null;
  /** What its messages of spoken answers are called. */
  audioName: 'response.audio' | 'response.output_audio';
  /** Fails after the final text, while it still speaks. */
  voiceFails: boolean;
  /** Bytes of sound in each message of a spoken answer. */
  voiceBytes: number;
  /** Its model answers in text only. */
  isMute: boolean;
}

const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('session.update'), model: z.literal('omni') }),
  z.strictObject({ type: z.literal('input_audio_buffer.append'), audio: z.base64().min(1) }),
  z.strictObject({
    type: z.literal('input_audio_buffer.commit'),
    final: z.boolean().default(false),
  }),
]);

const nested = {
  'openai-style': { type: 'realtime', id: 'sess_1', object: 'realtime.session', model: 'omni' },
  'full-duplex': { id: 'sess_1', capabilities: { supports_barge_in: false } },
};

const refusals = {
  unsupported: { type: 'error', error: 'Realtime API is not available', code: 'unsupported' },
  config_timeout: {
    type: 'error',
    event_id: 'event_1',
    error: {
      type: 'invalid_request_error',
      code: 'config_timeout',
      message: 'Timeout waiting for session.update',
    },
  },
};

class VllmOmniProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #manner: VllmOmniManner;
  readonly #words: SpokenWords;
  #state: 'new' | 'updated' | 'started' | 'ended' = 'new';
  #told = 0;

  constructor(connection: ServerConnection, manner: VllmOmniManner) {
    this.#connection = connection;
    this.#manner = manner;
    this.#words = new SpokenWords(connection.script);
  }

  opened(): void {
    const connection = this.#connection;
    const { variant, refusal } = this.#manner;
    if (refusal !== null) {
      connection.send(refusals[refusal]);
      connection.close(1000);
      return;
    }
    if (variant === 'vllm-style') {
      connection.send({ type: 'session.created', id: 'sess-6f1c', created: 1_767_323_045 });
      return;
    }
    connection.send({ type: 'session.created', session: nested[variant] });
    if (variant === 'openai-style') {
      connection.send({ type: 'conversation.created', conversation: { id: 'conv_1' } });
    }
  }

  text(text: string): void {
    const connection = this.#connection;
    const parsed = clientMessage.safeParse(JSON.parse(text));
    if (this.#manner.variant !== 'vllm-style' || !parsed.success) {
      connection.violation(`a message that it does not take: ${text.slice(0, 100)}`);
      return;
    }
    const message = parsed.data;
    if (message.type === 'session.update') this.#go('new', 'updated');
    else if (message.type === 'input_audio_buffer.append') this.#append(message.audio);
    else if (message.final) this.#end();
    else this.#go('updated', 'started');
  }

  binary(): void {
    this.#connection.violation('a binary frame');
    this.#connection.close(1011);
  }

  /** The end of the audio comes after an error too. */
  fail(): void {
    this.#error();
    this.#endOfVoice(false);
  }

  #go(from: 'new' | 'updated' | 'started', to: 'updated' | 'started' | 'ended'): void {
    if (this.#state !== from) this.#connection.violation(`${to} while ${this.#state}`);
    this.#state = to;
  }

  #append(audio: string): void {
    const connection = this.#connection;
    const pcm = Buffer.from(audio, 'base64');
    if (this.#state !== 'started') connection.violation(`audio while ${this.#state}`);
    if (pcm.length % 2 !== 0) connection.violation(`${pcm.length} bytes of audio`);
    if (!connection.heard(pcm)) return;
    if (!this.#words.advance()) return;
    this.#tell();
    if (!this.#manner.isMute) this.#speak();
    connection.send({ type: 'session.heartbeat' });
  }

  #end(): void {
    const connection = this.#connection;
    this.#go('started', 'ended');
    this.#words.finish();
    this.#tell();
    const usage = {
      prompt_tokens: 20,
      completion_tokens: this.#told,
      total_tokens: 20 + this.#told,
    };
    connection.send({ type: 'transcription.done', text: this.#words.words.join(' '), usage });
    if (connection.script.neverDone) return;
    if (!this.#manner.isMute) this.#speak();
    if (this.#manner.voiceFails) this.#error();
    this.#endOfVoice(!this.#manner.isMute);
  }

  #tell(): void {
    for (const word of this.#words.words.slice(this.#told)) {
      const delta = this.#told === 0 ? word : ` ${word}`;
      this.#connection.send({ type: 'transcription.delta', delta });
      this.#told += 1;
    }
  }

  #speak(): void {
    const audio = Buffer.alloc(this.#manner.voiceBytes).toString('base64');
    this.#connection.send({
      type: `${this.#manner.audioName}.delta`,
      audio,
      format: 'pcm16',
      sample_rate_hz: 24_000,
    });
  }

  #endOfVoice(has_audio: boolean): void {
    this.#connection.send({ type: `${this.#manner.audioName}.done`, has_audio });
  }

  #error(): void {
    this.#connection.send({ type: 'error', error: 'the engine died', code: 'processing_error' });
  }
}

/** vLLM-Omni's `/v1/realtime`, in each of its generations as far as a recogniser meets them. */
export function vllmOmniServer(manner: Partial<VllmOmniManner> = {}): DialectServerKind {
  const whole: VllmOmniManner = {
    variant: 'vllm-style',
    refusal: null,
    audioName: 'response.audio',
    voiceFails: false,
    voiceBytes: 480,
    isMute: false,
    ...manner,
  };
  return {
    dialect: 'vllm-omni',
    paths: ['/v1/realtime'],
    protocol: (connection) => new VllmOmniProtocol(connection, whole),
  };
}
