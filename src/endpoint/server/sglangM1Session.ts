import * as z from 'zod';
import type { UtteranceResult } from '../recogniser/recognitionStream.ts';
import { shortId } from './openaiEvent.ts';
import { samplesOf } from './pcmBytes.ts';
import { recogniserHz } from './liveResampler.ts';
import { closeCodes } from './socketSession.ts';
import type { SessionPorts, SocketSession } from './socketSession.ts';
import { SpeechInput } from './speechInput.ts';
import { wordPieces } from './wordPieces.ts';

/** As SGLang's `--asr-max-buffer-seconds` has it, for the whole session. */
const maxSeconds = 60;

const messageSchema = z.looseObject({ type: z.string() });
const startSchema = z.looseObject({
  model: z.string().nullish(),
  language: z.string().nullish(),
});

/**
 * One connection's side of the first form of SGLang's streaming transcription, without the socket:
 * one utterance, audio in binary frames, a word per delta.
 */
export class SglangM1Session implements SocketSession {
  readonly #ports: SessionPorts;
  /** Echoed; null where the client named none. */
  #model: string | null = null;
  #input: SpeechInput | null = null;
  /** The audio has ended, or the session: what comes now is not looked at. */
  #isOver = false;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** The client speaks first. */
  open(): void {
    // Nothing to say.
  }

  text(frame: string): void {
    if (this.#isOver) return;
    const message = parsed(frame);
    if (message === 'invalid_json' || message === 'invalid_payload') {
      this.#sendError(message, 'A control message must be a JSON object with a `type`.');
      return;
    }
    switch (message.type) {
      case 'session.start':
        this.#start(message);
        break;
      case 'session.end':
        this.#end();
        break;
      default:
        this.#sendError('unknown_message', `Unknown message type: ${message.type}`);
    }
  }

  binary(bytes: Uint8Array): void {
    if (this.#isOver) return;
    if (this.#input === null) {
      this.#sendError('invalid_state', 'Send session.start before audio.');
    } else if (bytes.length % 2 !== 0) {
      const message = 'PCM of 16 bits has an even number of bytes.';
      this.#sendError('invalid_audio_format', message);
    } else if (bytes.length > 0) {
      this.#input.add(samplesOf(bytes));
      if (this.#input.seconds > maxSeconds) {
        const message = `A session may have ${maxSeconds} s of audio.`;
        this.#fail('buffer_overflow', message, closeCodes.tooBig);
      }
    }
  }

  close(): void {
    this.#isOver = true;
    this.#input?.drop();
    this.#input = null;
  }

  #start(message: object): void {
    const start = startSchema.safeParse(message);
    if (!start.success) {
      this.#sendError('invalid_payload', 'model and language must be texts.');
      return;
    }
    if (this.#input !== null) {
      this.#sendError('invalid_state', 'The session has started already.');
      return;
    }
    this.#model = start.data.model ?? null;
    const utterance = this.#ports.openUtterance({
      delta: (text) => {
        this.#sendWords(text);
      },
      done: (result) => {
        this.#finish(result);
      },
      failed: (why) => {
        this.#fail('internal_error', why, closeCodes.serverError);
      },
    });
    this.#input = new SpeechInput(utterance, recogniserHz);
    const session_id = `sess_${shortId().slice(0, 12)}`;
    this.#send({ type: 'session.started', session_id, model: this.#model });
  }

  #end(): void {
    if (this.#input === null) {
      const message = 'Send session.start before session.end.';
      this.#fail('invalid_state', message, closeCodes.normal);
      return;
    }
    this.#isOver = true;
    this.#input.end();
  }

  /** Punctuation that comes apart from its word is left to the final text. */
  #sendWords(text: string): void {
    const words = wordPieces(text).map((piece) => piece.trim());
    for (const delta of words.filter((word) => /[\p{L}\p{N}]/u.test(word))) {
      this.#send({ type: 'transcript.delta', delta });
    }
  }

  #finish({ text }: UtteranceResult): void {
    const duration_sec = Number((this.#input?.seconds ?? 0).toFixed(3));
    this.#send({ type: 'transcript.final', text: text.trim(), duration_sec, model: this.#model });
    this.#ports.end(closeCodes.normal);
  }

  #fail(code: string, message: string, closeCode: number): void {
    this.#sendError(code, message);
    this.close();
    this.#ports.end(closeCode, code);
  }

  #sendError(code: string, message: string): void {
    this.#send({ type: 'error', code, message });
  }

  #send(message: object): void {
    this.#ports.send(JSON.stringify(message));
  }
}

function parsed(frame: string): z.infer<typeof messageSchema> | 'invalid_json' | 'invalid_payload' {
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    return 'invalid_json';
  }
  const message = messageSchema.safeParse(json);
  return message.success ? message.data : 'invalid_payload';
}
