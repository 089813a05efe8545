import * as z from 'zod';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
import type {
  ConnectionEnd,
  Dialect,
  DialectSession,
  Interpretation,
  OutgoingFrame,
} from '../dialect.ts';
import { webSocketUrl } from '../endpointUrl.ts';
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { parseOptions } from '../parseOptions.ts';
import { serverFailure, serverFailureCode } from '../serverFailure.ts';
import { sherpaOnnxResult } from './sherpaOnnxMessages.ts';
import type { SherpaOnnxResult } from './sherpaOnnxMessages.ts';
import { tokenWords } from './tokenWords.ts';

const label = 'sherpa-onnx';
/** Neither of them is JSON. */
const endOfAudio = 'Done';
const endOfText = 'Done!';

const optionsSchema = z.strictObject({
  sampleRateHz: z.int().min(8_000).max(48_000).default(16_000),
});

/** 16-bit samples as little-endian floats of −1 to 1. */
function floatSamples(chunk: Uint8Array): Uint8Array {
  const samples = Math.floor(chunk.byteLength / 2);
  const pcm = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const floats = new DataView(new ArrayBuffer(samples * 4));
  for (let at = 0; at < samples; at++) {
    floats.setFloat32(at * 4, pcm.getInt16(at * 2, true) / 2 ** 15, true);
  }
  return new Uint8Array(floats.buffer);
}

/** A segment of which text was shown and that is not final yet. */
interface OpenSegment {
  unit: string;
  /** The server's number; a final blank segment does not use one up. */
  segment: number | null;
  text: string;
}

class SherpaOnnxSession implements DialectSession {
  #ended = false;
  #done = false;
  /** Segments so far: the server's own numbers may repeat. */
  #units = 0;
  #open: OpenSegment | null = null;

  open(): OutgoingFrame[] {
    return [];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return { data: floatSamples(chunk), commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    this.#ended = true;
    return [{ data: endOfAudio, commit: 'final' }];
  }

  receive(frame: string | Uint8Array): Interpretation {
    if (frame === endOfText) return { events: this.#finished(), keepRaw: true };
    const result = parseJsonFrame(frame, sherpaOnnxResult);
    if (this.#done) return { events: [{ type: 'other', name: 'late result' }], keepRaw: true };
    return { events: this.#result(result), keepRaw: true };
  }

  /** The server in Python closes instead of saying that it is done. */
  closed(end: ConnectionEnd): TranscriptEvent[] {
    if (this.#done) return [];
    return end.code === 1000 && this.#ended ? this.#finished() : serverFailure(end);
  }

  #result(result: SherpaOnnxResult): TranscriptEvent[] {
    const { text, segment = null, is_final: isFinal = false } = result;
    const events: TranscriptEvent[] = [];
    if (this.#open && this.#open.segment !== segment) events.push(...this.#closeSegment());
    if (text.trim() === '' && !this.#open) {
      return [...events, { type: 'other', name: 'blank result' }];
    }
    const open = (this.#open ??= { unit: String(this.#units++), segment, text });
    const { unit } = open;
    // A final without text would confirm what is shown; here it takes it back.
    if (!isFinal || text.trim() === '') {
      events.push({ type: 'text', mode: 'replace', unit, text });
    }
    open.text = text;
    events.push(...wordEvents(unit, result));
    return isFinal ? [...events, ...this.#closeSegment()] : events;
  }

  #closeSegment(): TranscriptEvent[] {
    if (!this.#open) return [];
    const { unit, text } = this.#open;
    this.#open = null;
    return [{ type: 'final', unit, text }];
  }

  #finished(): TranscriptEvent[] {
    if (this.#done) return [{ type: 'other', name: endOfText }];
    this.#done = true;
    return [...this.#closeSegment(), { type: 'done' }];
  }
}

function wordEvents(unit: string, result: SherpaOnnxResult): TranscriptEvent[] {
  const { tokens = [], timestamps = [], start_time: startS = 0 } = result;
  if (tokens.length === 0 || tokens.length !== timestamps.length) return [];
  const timesMs = timestamps.map((seconds) => Math.round((startS + seconds) * 1000));
  return [{ type: 'words', unit, words: tokenWords(tokens, timesMs) }];
}

/** sherpa-onnx's streaming servers: binary float32 audio, each result the whole segment anew. */
export const sherpaOnnx: Dialect = {
  id: 'sherpa-onnx',
  label,
  awaitsReady: false,
  textModel: 'replace-segment',
  features: { wordTimes: true, usage: false, speech: false },
  exampleUrl: 'ws://localhost:6006',
  remedies: new Map([[String(serverFailureCode), "The server's own log says why."]]),
  audioFormat: (settings) => ({
    encoding: 'pcm_f32le',
    sampleRateHz: parseOptions(label, optionsSchema, settings).sampleRateHz,
  }),
  modelsUrl: () => null,
  request: ({ url }) => ({
    transport: 'websocket',
    url: webSocketUrl(url, '/'),
    headers: {},
    subprotocols: [],
  }),
  start(settings) {
    parseOptions(label, optionsSchema, settings);
    return new SherpaOnnxSession();
  },
};
