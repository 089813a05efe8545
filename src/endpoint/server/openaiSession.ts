import { decodeALaw, decodeMuLaw } from '../../audio/g711.ts';
import { pcm16FromSamples } from '../../audio/pcm16.ts';
import { errorText } from '../../common/benchError.ts';
import { CommittedByClient } from './committedByClient.ts';
import { CommittedByVad } from './committedByVad.ts';
import { defaultConfig, rateOf, shownConfig, updatedConfig } from './openaiConfig.ts';
import type { AudioEncoding, OpenaiConfig } from './openaiConfig.ts';
import {
  OpenaiError,
  openaiErrorEvent,
  openaiFrame,
  parseOpenaiEvent,
  shortId,
} from './openaiEvent.ts';
import type { OpenaiEvent } from './openaiEvent.ts';
import { ItemEvents } from './openaiItems.ts';
import type { AudioItems } from './openaiItems.ts';
import { bytesOfBase64, samplesOf } from './pcmBytes.ts';
import { closeCodes } from './socketSession.ts';
import type { SessionPorts, SocketSession } from './socketSession.ts';

const leastCommitMs = 100;
const maxSessionSeconds = 3600;

const clientEvents = [
  'session.update',
  'input_audio_buffer.append',
  'input_audio_buffer.commit',
  'input_audio_buffer.clear',
] as const;

type ClientEventType = (typeof clientEvents)[number];

/** One connection's side of OpenAI's realtime transcription, without the socket. */
export class OpenaiSession implements SocketSession {
  readonly #ports: SessionPorts;
  readonly #maxSeconds: number;
  readonly #id = `sess_${shortId()}`;
  readonly #events: ItemEvents;
  #config: OpenaiConfig;
  #items: AudioItems;
  #seconds = 0;
  /** Intakes of configurations before this one, whose items may still be under way. */
  readonly #earlier: AudioItems[] = [];

  /** @param maxSeconds how much audio a session may have. */
  constructor(ports: SessionPorts, maxSeconds = maxSessionSeconds) {
    this.#ports = ports;
    this.#maxSeconds = maxSeconds;
    this.#config = defaultConfig(ports.modelId);
    this.#events = new ItemEvents((event) => {
      this.#send(event);
    });
    this.#items = this.#newItems();
  }

  open(): void {
    this.#send({ type: 'session.created', session: shownConfig(this.#config, this.#id) });
  }

  text(frame: string): void {
    let eventId: string | null = null;
    try {
      const event = parseOpenaiEvent(frame, 'invalid_value');
      eventId = event.eventId;
      this.#handle(event);
    } catch (error) {
      const known =
        error instanceof OpenaiError
          ? error
          : new OpenaiError('server_error', errorText(error), { type: 'server_error' });
      this.#send(openaiErrorEvent(known, eventId));
    }
  }

  binary(): void {
    this.#ports.end(closeCodes.unsupportedData, 'text frames only');
  }

  close(): void {
    for (const items of [...this.#earlier, this.#items]) items.close();
  }

  #handle({ type, fields }: OpenaiEvent): void {
    const known = clientEvents.find((name) => name === type);
    if (known === undefined) {
      const supported = clientEvents.map((name) => `'${name}'`).join(', ');
      const message = `Invalid value: '${type}'. Supported values are: ${supported}.`;
      throw new OpenaiError('invalid_value', message, { param: 'type' });
    }
    this.#act(known, fields);
  }

  #act(type: ClientEventType, { session, audio }: Record<string, unknown>): void {
    switch (type) {
      case 'session.update':
        this.#configure(session);
        break;
      case 'input_audio_buffer.append':
        this.#append(audio);
        break;
      case 'input_audio_buffer.commit':
        this.#commit();
        break;
      case 'input_audio_buffer.clear':
        this.#items.clear();
        this.#send({ type: 'input_audio_buffer.cleared' });
        break;
    }
  }

  #configure(session: unknown): void {
    const config = updatedConfig(this.#config, session, this.#ports.modelId);
    const { encoding, serverVad } = this.#config;
    const isOtherIntake = config.serverVad !== serverVad;
    if ((isOtherIntake || config.encoding !== encoding) && this.#items.bufferedSeconds > 0) {
      const message =
        'The audio format and turn detection cannot change while there is audio in the buffer.';
      throw new OpenaiError('invalid_value', message, { param: 'session.audio.input' });
    }
    this.#config = config;
    // A stream of turns has one rate: with another it begins anew.
    if (isOtherIntake || config.encoding !== encoding) this.#items.clear();
    if (isOtherIntake) {
      this.#earlier.push(this.#items);
      this.#items = this.#newItems();
    }
    this.#send({ type: 'session.updated', session: shownConfig(config, this.#id) });
  }

  #append(audio: unknown): void {
    const bytes = typeof audio === 'string' ? bytesOfBase64(audio) : null;
    if (bytes === null) throw invalidAudio('Expected base64 in `audio`.');
    const { encoding } = this.#config;
    if (encoding === 'audio/pcm' && bytes.length % 2 !== 0) {
      throw invalidAudio('PCM of 16 bits has an even number of bytes.');
    }
    if (bytes.length === 0) throw invalidAudio('There is no audio in `audio`.');
    const samples = decoded(bytes, encoding);
    const rateHz = rateOf(encoding);
    this.#seconds += samples.length / rateHz;
    if (this.#seconds > this.#maxSeconds) {
      const message = `Your session hit the maximum duration of ${this.#maxSeconds / 60} minutes.`;
      this.#send(openaiErrorEvent(new OpenaiError('session_expired', message), null));
      this.#ports.end(closeCodes.normal, 'session expired');
    } else {
      this.#items.append(samples, rateHz);
    }
  }

  #commit(): void {
    const bufferedMs = this.#items.bufferedSeconds * 1000;
    if (bufferedMs < leastCommitMs) {
      const message =
        `Error committing input audio buffer: buffer too small. Expected at least ` +
        `${leastCommitMs} ms of audio, but buffer only has ${bufferedMs.toFixed(2)} ms of audio.`;
      throw new OpenaiError('input_audio_buffer_commit_empty', message);
    }
    this.#items.commit();
  }

  #newItems(): AudioItems {
    const Items = this.#config.serverVad ? CommittedByVad : CommittedByClient;
    return new Items((listener) => this.#ports.openUtterance(listener), this.#events);
  }

  #send(event: object): void {
    this.#ports.send(openaiFrame(event));
  }
}

function invalidAudio(why: string): OpenaiError {
  return new OpenaiError('invalid_value', `Invalid 'audio'. ${why}`, { param: 'audio' });
}

function decoded(bytes: Uint8Array, encoding: AudioEncoding): Int16Array<ArrayBuffer> {
  if (encoding === 'audio/pcm') return samplesOf(bytes);
  const decode = encoding === 'audio/pcmu' ? decodeMuLaw : decodeALaw;
  return Int16Array.from(pcm16FromSamples(Float32Array.from(bytes, decode)));
}
