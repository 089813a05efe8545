import { randomUUID } from 'node:crypto';
import { errorText } from '../../common/benchError.ts';
import type { UtteranceResult } from '../recogniser/recognitionStream.ts';
import type { Utterance } from '../recogniser/recogniserThread.ts';
import { parseClientMessage } from './clientMessage.ts';
import type { ClientMessage } from './clientMessage.ts';
import { decodeAudio } from './decodeAudio.ts';
import { ProtocolError } from './protocolError.ts';
import { closeCodes } from './socketSession.ts';
import type { SessionPorts, SocketSession } from './socketSession.ts';

const sampleRateHz = 16_000;
const maxUtteranceSamples = 3600 * sampleRateHz;

type QueueItem = { samples: Int16Array<ArrayBuffer> } | 'end';

/**
 * One connection's side of vLLM's `/v1/realtime`, without the socket. A commit without `final`
 * starts an utterance on what is queued; one with `final: true` marks the end of its audio.
 */
export class RealtimeSession implements SocketSession {
  readonly #ports: SessionPorts;
  #modelValidated = false;
  #running: { utterance: Utterance; ended: boolean } | null = null;
  /** What came since the last utterance was done and before the next one is started. */
  #queue: QueueItem[] = [];
  #samples = 0;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** Greets the client. */
  open(): void {
    const id = `sess-${randomUUID().replaceAll('-', '')}`;
    this.#send({ type: 'session.created', id, created: Math.floor(Date.now() / 1000) });
  }

  text(frame: string): void {
    try {
      this.#handle(parseClientMessage(frame));
    } catch (error) {
      const code = error instanceof ProtocolError ? error.reason : 'processing_error';
      this.#sendError(errorText(error), code);
    }
  }

  binary(): void {
    this.#ports.end(closeCodes.unsupportedData, 'text frames only');
  }

  close(): void {
    this.#running?.utterance.drop();
    this.#running = null;
    this.#queue = [];
  }

  #handle(message: ClientMessage): void {
    switch (message.type) {
      case 'session.update':
        this.#selectModel(message.model);
        break;
      case 'input_audio_buffer.append':
        this.#append(decodeAudio(message.audio));
        break;
      case 'input_audio_buffer.commit':
        this.#commit(message.final);
        break;
    }
  }

  #selectModel(model: string): void {
    if (model !== this.#ports.modelId) {
      throw new ProtocolError('model_not_found', `The model \`${model}\` does not exist.`);
    }
    this.#modelValidated = true;
  }

  #append(samples: Int16Array<ArrayBuffer>): void {
    this.#samples += samples.length;
    if (this.#samples > maxUtteranceSamples) {
      this.#reset();
      throw new ProtocolError('processing_error', 'An utterance may be one hour long at most.');
    }
    this.#accept({ samples });
  }

  #commit(final: boolean): void {
    if (!this.#modelValidated) {
      throw new ProtocolError(
        'model_not_validated',
        'Model not validated. Send session.update with a valid model first.',
      );
    }
    if (final) this.#accept('end');
    else if (this.#running === null) this.#start();
  }

  #start(): void {
    const utterance = this.#ports.openUtterance({
      delta: (delta) => {
        this.#send({ type: 'transcription.delta', delta });
      },
      done: (result) => {
        this.#finish(result);
      },
      failed: (message) => {
        this.#running = null;
        this.#reset();
        this.#sendError(message, 'processing_error');
      },
    });
    this.#running = { utterance, ended: false };
    const queued = this.#queue;
    this.#queue = [];
    for (const item of queued) this.#accept(item);
  }

  /** What comes after the end of the audio is let go, as vLLM empties its queue when done. */
  #accept(item: QueueItem): void {
    if (this.#running === null) {
      this.#queue.push(item);
    } else if (!this.#running.ended) {
      if (item === 'end') {
        this.#running.ended = true;
        this.#running.utterance.endAudio();
      } else {
        this.#running.utterance.addAudio(item.samples);
      }
    }
  }

  #finish({ text, tokens, audioFrames }: UtteranceResult): void {
    this.#running = null;
    this.#reset();
    this.#send({
      type: 'transcription.done',
      text,
      usage: {
        prompt_tokens: audioFrames,
        completion_tokens: tokens,
        total_tokens: audioFrames + tokens,
        prompt_tokens_details: null,
      },
    });
  }

  #reset(): void {
    this.#running?.utterance.drop();
    this.#running = null;
    this.#queue = [];
    this.#samples = 0;
  }

  #sendError(error: string, code: string): void {
    this.#send({ type: 'error', error, code });
  }

  #send(event: Record<string, unknown>): void {
    this.#ports.send(JSON.stringify(event));
  }
}
