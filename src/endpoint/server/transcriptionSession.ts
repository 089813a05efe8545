import { AudioError } from '../../audio/audioError.ts';
import { decodeAudioBytes } from '../../audio/decodeAudioFile.ts';
import { mixDown } from '../../audio/mixDown.ts';
import { pcm16FromSamples } from '../../audio/pcm16.ts';
import { Resampler } from '../../audio/resampler.ts';
import { errorText } from '../../common/benchError.ts';
import type { UtteranceResult } from '../recogniser/recognitionStream.ts';
import type { Utterance } from '../recogniser/recogniserThread.ts';
import { recogniserHz } from './liveResampler.ts';
import { shortId } from './openaiEvent.ts';
import { RequestError } from './requestError.ts';
import type { SessionPorts } from './socketSession.ts';
import { readTranscriptionForm } from './transcriptionForm.ts';
import type { TranscriptionForm } from './transcriptionForm.ts';

const maxDurationMs = 3600 * 1000;

/** What the answer to one request needs from HTTP. */
export interface TranscriptionPorts extends Pick<SessionPorts, 'modelId' | 'openUtterance'> {
  /** The whole answer. */
  respond(status: number, contentType: string, body: string): void;
  /** A piece of an event stream, which begins with the first. */
  write(text: string): void;
  endStream(): void;
}

/** One request of vLLM's `POST /v1/audio/transcriptions`, without HTTP. */
export class TranscriptionSession {
  readonly #ports: TranscriptionPorts;
  readonly #id = `trsc-${shortId()}`;
  readonly #createdS = Math.floor(Date.now() / 1000);
  #utterance: Utterance | null = null;
  #isOver = false;

  constructor(ports: TranscriptionPorts) {
    this.#ports = ports;
  }

  /** Answers a request whose body has come; never throws. */
  async answer(body: Uint8Array, contentType: string): Promise<void> {
    try {
      const form = readTranscriptionForm(body, contentType, this.#ports.modelId);
      await this.#recognise(form);
    } catch (error) {
      this.#refuse(requestError(error));
    }
  }

  /** The client is gone, or has its answer: recognition stops. */
  close(): void {
    this.#isOver = true;
    this.#utterance?.drop();
    this.#utterance = null;
  }

  /** The text comes once the file is known to be sound to its end. */
  async #recognise(form: TranscriptionForm): Promise<void> {
    const { parts, seconds } = await decoded(form.file);
    if (this.#isOver) return;
    const utterance = this.#ports.openUtterance({
      delta: (text) => {
        if (form.stream) this.#writeChunk({ content: text }, null);
      },
      done: (result) => {
        this.#finish(form, result, seconds);
      },
      failed: (message) => {
        this.#fail(form, new RequestError('InternalServerError', message));
      },
    });
    this.#utterance = utterance;
    for (const part of parts) utterance.addAudio(part);
    utterance.endAudio();
  }

  #finish({ format, stream, includeUsage }: TranscriptionForm, result: UtteranceResult, s: number) {
    this.#utterance = null;
    this.#isOver = true;
    const { text, tokens, audioFrames } = result;
    if (stream) {
      this.#writeChunk({ content: '' }, 'stop');
      const usage = {
        prompt_tokens: audioFrames,
        completion_tokens: tokens,
        total_tokens: audioFrames + tokens,
      };
      if (includeUsage) this.#writeData({ ...this.#chunkHead(), choices: [], usage });
      this.#endStream();
    } else if (format === 'text') {
      this.#ports.respond(200, 'text/plain; charset=utf-8', text);
    } else {
      const usage = { type: 'duration', seconds: Math.ceil(s) };
      this.#respondJson(200, { text, usage });
    }
  }

  /** A stream has its status already. */
  #fail(form: TranscriptionForm, error: RequestError): void {
    this.#utterance = null;
    if (!form.stream) {
      this.#refuse(error);
      return;
    }
    this.#isOver = true;
    this.#writeData(error.body);
    this.#endStream();
  }

  #refuse(error: RequestError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#respondJson(error.status, error.body);
  }

  #respondJson(status: number, body: object): void {
    this.#ports.respond(status, 'application/json', JSON.stringify(body));
  }

  #writeChunk(delta: { content: string }, finish: 'stop' | null): void {
    const choice = { delta, finish_reason: finish, stop_reason: null };
    this.#writeData({ ...this.#chunkHead(), choices: [choice] });
  }

  #chunkHead(): object {
    const { modelId: model } = this.#ports;
    return { id: this.#id, object: 'transcription.chunk', created: this.#createdS, model };
  }

  #writeData(data: object): void {
    this.#ports.write(`data: ${JSON.stringify(data)}\n\n`);
  }

  #endStream(): void {
    this.#ports.write('data: [DONE]\n\n');
    this.#ports.endStream();
  }
}

/** The file's audio as the recogniser hears it. */
async function decoded({
  name,
  bytes,
}: TranscriptionForm['file']): Promise<{ parts: Int16Array<ArrayBuffer>[]; seconds: number }> {
  const file = { path: name, bytes };
  const { sampleRateHz, blocks } = await decodeAudioBytes(file, { maxDurationMs });
  const resampler = new Resampler(sampleRateHz, recogniserHz);
  const parts: Int16Array<ArrayBuffer>[] = [];
  const take = (samples: Float32Array): void => {
    if (samples.length > 0) parts.push(Int16Array.from(pcm16FromSamples(samples)));
  };
  for await (const block of blocks()) take(resampler.push(mixDown(block)));
  take(resampler.finish());
  const samples = parts.reduce((sum, part) => sum + part.length, 0);
  return { parts, seconds: samples / recogniserHz };
}

function requestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  return error instanceof AudioError
    ? new RequestError('BadRequestError', error.message, 'file')
    : new RequestError('InternalServerError', errorText(error));
}
