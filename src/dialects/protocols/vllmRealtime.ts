import type { Dialect, OutgoingFrame } from '../dialect.ts';
import { modelsUrl } from '../endpointUrl.ts';
import { readObject } from '../readObject.ts';
import {
  vllmAudioFormat,
  vllmRemedies,
  vllmRequest,
  VllmSession,
  vllmUpdate,
} from './vllmSession.ts';

const label = 'vLLM realtime';

/** When the final text is out, the server waits for another utterance. */
class VllmRealtimeSession extends VllmSession {
  again(): OutgoingFrame[] {
    return this.restart();
  }
}

/** vLLM's `/v1/realtime`: JSON text frames, base64 PCM16 at 16 kHz, append-only deltas. */
export const vllmRealtime: Dialect = {
  id: 'vllm-realtime',
  label,
  awaitsReady: true,
  textModel: 'append',
  features: { wordTimes: false, usage: true, speech: false },
  exampleUrl: 'ws://localhost:8000',
  remedies: new Map(vllmRemedies),
  audioFormat: () => vllmAudioFormat,
  modelsUrl: ({ url }) => modelsUrl(url),
  request: vllmRequest,
  start: (settings) => new VllmRealtimeSession(vllmUpdate(label, settings), true),
  recognises(frame) {
    const greeting = readObject(frame);
    return greeting?.type === 'session.created' && !('session' in greeting);
  },
};
