import { errorText } from '../../common/benchError.ts';
import type { UtteranceResult } from '../recogniser/recognitionStream.ts';
import {
  OpenaiError,
  openaiErrorEvent,
  openaiFrame,
  parseOpenaiEvent,
  shortId,
} from './openaiEvent.ts';
import { bytesOfBase64, samplesOf } from './pcmBytes.ts';
import { sglangConfig, sglangDefaults, shownSglangConfig } from './sglangConfig.ts';
import { closeCodes } from './socketSession.ts';
import type { SessionPorts, SocketSession } from './socketSession.ts';
import { SpeechInput } from './speechInput.ts';
import { wordPieces } from './wordPieces.ts';

/** As SGLang's `--asr-max-buffer-seconds` has it, for one item. */
const maxItemSeconds = 60;

const transcription = 'conversation.item.input_audio_transcription';

/** The stretch of audio up to the next commit. */
interface Item {
  id: string;
  input: SpeechInput;
  hasText: boolean;
  /** What was said since the commit; the commit is answered first. */
  held: string[] | null;
}

/**
 * One connection's side of SGLang's `/v1/realtime`, without the socket. Words are sent before the
 * commit; while a commit is under way nothing else is done, and messages wait.
 */
export class SglangSession implements SocketSession {
  readonly #ports: SessionPorts;
  readonly #id = `sess_${shortId()}`;
  #config = sglangDefaults;
  #isConfigured = false;
  #item: Item | null = null;
  #previousId: string | null = null;
  readonly #waiting: string[] = [];

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  open(): void {
    this.#sendSession('session.created');
  }

  text(frame: string): void {
    if (this.#item?.held) {
      this.#waiting.push(frame);
      return;
    }
    let eventId: string | null = null;
    try {
      const event = parseOpenaiEvent(frame, 'invalid_payload');
      eventId = event.eventId;
      this.#handle(event.type, event.fields);
    } catch (error) {
      const isKnown = error instanceof OpenaiError;
      this.#sendError(isKnown ? error : internalError(errorText(error)), eventId);
    }
  }

  binary(): void {
    const message = 'Binary frames are not accepted: send audio as base64.';
    this.#sendError(new OpenaiError('invalid_payload', message), null);
  }

  close(): void {
    this.#item?.input.drop();
    this.#item = null;
    this.#waiting.length = 0;
  }

  #handle(type: string, { session, audio }: Record<string, unknown>): void {
    switch (type) {
      case 'session.update':
        this.#configure(session);
        break;
      case 'input_audio_buffer.append':
        this.#requireConfiguration();
        this.#append(audio);
        break;
      case 'input_audio_buffer.commit':
        this.#requireConfiguration();
        this.#commit();
        break;
      case 'input_audio_buffer.clear':
        this.#requireConfiguration();
        this.#item?.input.drop();
        this.#item = null;
        this.#send({ type: 'input_audio_buffer.cleared' });
        break;
      default:
        throw new OpenaiError('unknown_event', `Unknown event type: ${type}`, { param: 'type' });
    }
  }

  #configure(session: unknown): void {
    const config = sglangConfig(session, this.#ports.modelId);
    if (this.#item !== null && config.rateHz !== this.#config.rateHz) {
      const message = 'The rate cannot change while audio is buffered.';
      throw new OpenaiError('invalid_state', message);
    }
    this.#config = config;
    this.#isConfigured = true;
    this.#sendSession('session.updated');
  }

  #requireConfiguration(): void {
    if (this.#isConfigured) return;
    throw new OpenaiError('invalid_state', 'Send session.update before audio.');
  }

  #append(audio: unknown): void {
    const bytes = typeof audio === 'string' ? bytesOfBase64(audio) : null;
    if (bytes === null) throw new OpenaiError('invalid_audio', 'The audio is not valid base64.');
    if (bytes.length % 2 !== 0) {
      const message = 'PCM of 16 bits has an even number of bytes.';
      throw new OpenaiError('invalid_audio_format', message);
    }
    if (bytes.length === 0) return;
    const item = (this.#item ??= this.#begin());
    item.input.add(samplesOf(bytes));
    if (item.input.seconds > maxItemSeconds) this.#overflow(item);
  }

  #overflow(item: Item): void {
    item.input.drop();
    this.#item = null;
    const message = `An item may have ${maxItemSeconds} s of audio.`;
    const type = 'rate_limit_exceeded';
    this.#sendError(new OpenaiError('buffer_overflow', message, { type }), null);
    this.#ports.end(closeCodes.tooBig, 'buffer overflow');
  }

  #begin(): Item {
    const item: Item = {
      id: `item_${shortId()}`,
      input: new SpeechInput(
        this.#ports.openUtterance({
          delta: (text) => {
            if (item.held) item.held.push(text);
            else this.#sendWords(item, text);
          },
          done: (result) => {
            this.#completed(item, result);
          },
          failed: (message) => {
            this.#failed(item, message);
          },
        }),
        this.#config.rateHz,
      ),
      hasText: false,
      held: null,
    };
    return item;
  }

  #commit(): void {
    if (this.#item === null) {
      throw new OpenaiError('invalid_state', 'There is no audio to commit.');
    }
    this.#item.held = [];
    this.#item.input.end();
  }

  #sendWords(item: Item, text: string): void {
    for (const piece of wordPieces(text)) {
      const delta = item.hasText ? piece : ` ${piece.trimStart()}`;
      item.hasText = true;
      this.#send({ type: `${transcription}.delta`, item_id: item.id, content_index: 0, delta });
    }
  }

  #completed(item: Item, { text }: UtteranceResult): void {
    const transcript = text.trim();
    this.#sendCommitted(item, transcript);
    for (const held of item.held ?? []) this.#sendWords(item, held);
    this.#send({
      type: `${transcription}.completed`,
      item_id: item.id,
      content_index: 0,
      transcript,
      usage: { type: 'duration', seconds: Number(item.input.seconds.toFixed(3)) },
    });
    this.#goOn();
  }

  #failed(item: Item, message: string): void {
    if (item.held === null) {
      this.#item = null;
      this.#sendError(internalError(message), null);
      this.#ports.end(closeCodes.serverError, 'inference failed');
      return;
    }
    this.#sendCommitted(item, null);
    const error = { type: 'server_error', code: 'inference_failed', message, param: null };
    this.#send({
      type: `${transcription}.failed`,
      item_id: item.id,
      content_index: 0,
      error,
    });
    this.#goOn();
  }

  #sendCommitted({ id }: Item, transcript: string | null): void {
    const previous = { previous_item_id: this.#previousId };
    this.#previousId = id;
    this.#send({ type: 'input_audio_buffer.committed', item_id: id, ...previous });
    const content = [{ type: 'input_audio', transcript }];
    const item = { id, type: 'message', role: 'user', status: 'completed', content };
    this.#send({ type: 'conversation.item.created', ...previous, item });
  }

  /** Does what came while the commit was under way, up to the next commit. */
  #goOn(): void {
    this.#item = null;
    while (this.#waiting.length > 0 && !this.#isCommitting()) {
      this.text(this.#waiting.shift() ?? '');
    }
  }

  #isCommitting(): boolean {
    return this.#item?.held != null;
  }

  #sendSession(type: string): void {
    this.#send({ type, session: shownSglangConfig(this.#config, this.#id, this.#ports.modelId) });
  }

  #sendError(error: OpenaiError, eventId: string | null): void {
    this.#send(openaiErrorEvent(error, eventId));
  }

  #send(event: object): void {
    this.#ports.send(openaiFrame(event));
  }
}

function internalError(message: string): OpenaiError {
  return new OpenaiError('inference_failed', message, { type: 'server_error' });
}
