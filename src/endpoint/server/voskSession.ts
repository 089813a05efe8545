import * as z from 'zod';
import type { StreamProgress } from '../recogniser/turnTracker.ts';
import { vadFrameSamples } from '../recogniser/sileroVad.ts';
import { canResample, recogniserHz } from './liveResampler.ts';
import { samplesOf } from './pcmBytes.ts';
import { closeCodes } from './socketSession.ts';
import type { SessionPorts, SocketSession } from './socketSession.ts';
import { SpeechInput } from './speechInput.ts';

const endOfAudio = '{"eof" : 1}';
const endOfUtterance = '{"reset" : 1}';
const defaultRateHz = 8000;
/** Audio that speech detection has not come to yet. */
const maxBacklogSamples = 3600 * recogniserHz;

const configSchema = z.object({
  config: z.looseObject({
    sample_rate: z.coerce.number().optional(),
    model: z.string().optional(),
    max_alternatives: z.coerce.number().optional(),
  }),
});

/** What is recognised between two results that the client asked for. */
interface Stream {
  input: SpeechInput;
  /** How far speech detection has come. */
  heardSample: number;
  /** For each message without a reply: how far speech detection has to come for it. */
  repliesAt: number[];
  /** Texts of utterances that were not told yet. */
  results: string[];
  partial: string;
  /** The client has ended it, and waits for the result; other messages wait with it. */
  end: 'eof' | 'reset' | null;
}

/**
 * One connection's side of Vosk-server's protocol, without the socket. Each message of audio gets
 * one reply, once its speech detection is done: the result of the oldest utterance that was not
 * told yet, else what the utterance under way sounds like so far. The model is the endpoint's own.
 */
export class VoskSession implements SocketSession {
  readonly #ports: SessionPorts;
  #rateHz = defaultRateHz;
  #wantsAlternatives = false;
  #stream: Stream | null = null;
  readonly #waiting: (string | Uint8Array)[] = [];

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** The client speaks first. */
  open(): void {
    // Nothing to say.
  }

  text(frame: string): void {
    this.#receive(frame);
  }

  binary(bytes: Uint8Array): void {
    this.#receive(bytes);
  }

  close(): void {
    this.#stream?.input.drop();
    this.#stream = null;
    this.#waiting.length = 0;
  }

  #receive(message: string | Uint8Array): void {
    if (this.#stream?.end != null) this.#waiting.push(message);
    else if (typeof message !== 'string') this.#audio(message);
    else if (message.includes('config')) this.#configure(message);
    else if (message === endOfAudio) this.#end('eof');
    else if (message === endOfUtterance) this.#end('reset');
    else this.#fail('a text that is no message of the protocol');
  }

  /** As in Vosk-server, a rate counts only before the first audio. */
  #configure(frame: string): void {
    const parsed = configSchema.safeParse(parseJson(frame));
    if (!parsed.success) {
      this.#fail('a configuration that cannot be read');
      return;
    }
    const { sample_rate, model, max_alternatives } = parsed.data.config;
    if (model !== undefined && model !== this.#ports.modelId) {
      this.#fail(`there is no model ${model.slice(0, 50)}`);
    } else if (sample_rate !== undefined && !canResample(sample_rate)) {
      this.#fail('a sample_rate that is not supported');
    } else {
      this.#rateHz = sample_rate ?? this.#rateHz;
      this.#wantsAlternatives = (max_alternatives ?? Number(this.#wantsAlternatives)) > 0;
    }
  }

  #audio(bytes: Uint8Array): void {
    const stream = (this.#stream ??= this.#begin());
    stream.input.add(samplesOf(bytes));
    const { recogniserSamples } = stream.input;
    if (recogniserSamples - stream.heardSample > maxBacklogSamples) {
      this.#fail('too much audio is waiting');
      return;
    }
    // A frame that is not full yet waits for the next message.
    stream.repliesAt.push(recogniserSamples - (recogniserSamples % vadFrameSamples));
    this.#reply(stream);
  }

  #begin(): Stream {
    const utterance = this.#ports.openUtterance({
      // Vosk's text may still change: hypotheses tell more.
      delta: () => undefined,
      progress: (progress) => {
        this.#progress(stream, progress);
      },
      done: () => {
        this.#finish(stream);
      },
      failed: () => {
        this.#fail('the recogniser failed');
      },
    });
    const stream: Stream = {
      input: new SpeechInput(utterance, this.#rateHz),
      heardSample: 0,
      repliesAt: [],
      results: [],
      partial: '',
      end: null,
    };
    return stream;
  }

  #progress(stream: Stream, progress: StreamProgress): void {
    if (progress.kind === 'hypothesis') {
      stream.partial = progress.text;
    } else if (progress.kind === 'turn') {
      stream.partial = '';
      if (progress.result.lastText !== '') stream.results.push(progress.result.lastText);
    } else if (progress.kind === 'heard') {
      stream.heardSample = progress.sample;
      this.#reply(stream);
    }
  }

  #reply(stream: Stream): void {
    while ((stream.repliesAt[0] ?? Infinity) <= stream.heardSample) {
      stream.repliesAt.shift();
      this.#replyOnce(stream);
    }
  }

  #replyOnce(stream: Stream): void {
    const result = stream.results.shift();
    if (result === undefined) this.#ports.send(JSON.stringify({ partial: stream.partial }));
    else this.#sendResult(result);
  }

  #end(how: 'eof' | 'reset'): void {
    const stream = (this.#stream ??= this.#begin());
    stream.end = how;
    stream.input.end();
  }

  #finish(stream: Stream): void {
    for (; stream.repliesAt.length > 0; stream.repliesAt.shift()) this.#replyOnce(stream);
    this.#sendResult(stream.results.join(' '));
    this.#stream = null;
    if (stream.end === 'eof') this.#ports.end(closeCodes.normal);
    else this.#goOn();
  }

  /** Does what came while the result was under way, up to the next end. */
  #goOn(): void {
    while (this.#waiting.length > 0 && this.#currentEnd() === null) {
      this.#receive(this.#waiting.shift() ?? '');
    }
  }

  #currentEnd(): Stream['end'] {
    return this.#stream?.end ?? null;
  }

  #sendResult(text: string): void {
    this.#ports.send(
      JSON.stringify(this.#wantsAlternatives ? { alternatives: [{ text }] } : { text }),
    );
  }

  /** The protocol has no errors: the server closes. */
  #fail(why: string): void {
    this.close();
    this.#ports.end(closeCodes.serverError, why);
  }
}

function parseJson(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    return null;
  }
}
