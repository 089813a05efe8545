import { BenchError } from '../../common/benchError.ts';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
import type { Dialect, Interpretation } from '../dialect.ts';
import { modelsUrl, webSocketUrl } from '../endpointUrl.ts';
import { isObject, readObject } from '../readObject.ts';
import { spokenAnswerBytes } from '../spokenAnswerBytes.ts';
import type { AnyMessage } from './vllmMessages.ts';
import {
  vllmAudioFormat,
  vllmRemedies,
  vllmRequest,
  VllmSession,
  vllmUpdate,
} from './vllmSession.ts';

const label = 'vLLM-Omni';
const fullDuplexOnly =
  'The server speaks full duplex, which sends no input transcription: serve the model with ' +
  'session_mode "turn", or with vLLM.';

/** Full-duplex servers wait for the client to speak first: without this they would seem mute. */
function refuseDuplex(url: string): void {
  const { pathname, searchParams } = new URL(webSocketUrl(url, '/v1/realtime'));
  const duplex = searchParams.get('duplex');
  if ((duplex === null || duplex === '0') && !/\/duplex\/?$/.test(pathname)) return;
  throw new BenchError(
    'request_invalid',
    "vLLM-Omni's full-duplex protocol is speech-to-speech and sends no input transcription:" +
      ' use /v1/realtime without "duplex".',
  );
}

/** Servers whose `session.created` has a nested session are of a later kind, with no transcripts. */
function refusal(session: Readonly<Record<string, unknown>>): TranscriptEvent {
  const kind = 'capabilities' in session ? 'full-duplex' : 'OpenAI-style';
  return {
    type: 'error',
    code: 'no_input_transcription',
    message: `this variant of vLLM-Omni (${kind}, speech-to-speech) sends no input transcription`,
    fatal: true,
  };
}

/** vLLM's conversation whose model may also answer aloud: only then is the session over. */
class VllmOmniSession extends VllmSession {
  #done = false;

  protected override interpret(message: AnyMessage): Interpretation {
    const { type } = message;
    switch (type) {
      case 'session.created':
        if (!isObject(message.session) || this.isComplete) return super.interpret(message);
        return { events: [refusal(message.session)], keepRaw: true };
      case 'response.audio.delta':
      case 'response.output_audio.delta':
        // Minutes of speech in base64 that say nothing about recognition: only their size is kept.
        return { events: [{ type: 'other', name: type }], keepRaw: false };
      case 'response.audio.done':
      case 'response.output_audio.done':
        return { events: [this.#answered(type)], keepRaw: true };
      default:
        return super.interpret(message);
    }
  }

  /** Comes after errors too, where it ends nothing. */
  #answered(name: string): TranscriptEvent {
    if (this.#done || !this.isComplete) return { type: 'other', name };
    this.#done = true;
    return { type: 'done' };
  }
}

/** The vLLM-style `/v1/realtime` of vLLM-Omni, as far as it transcribes. */
export const vllmOmni: Dialect = {
  id: 'vllm-omni',
  label,
  awaitsReady: true,
  textModel: 'append',
  features: { wordTimes: false, usage: true, speech: false },
  exampleUrl: 'ws://localhost:8091',
  remedies: new Map([
    ...vllmRemedies,
    [
      'no_input_transcription',
      'It cannot be measured as a recogniser; serve the model with vLLM instead.',
    ],
    // Of servers that speak full duplex, asked for the other protocol or kept waiting.
    ['unsupported', fullDuplexOnly],
    ['config_timeout', fullDuplexOnly],
  ]),
  audioFormat: () => vllmAudioFormat,
  modelsUrl: ({ url }) => modelsUrl(url),
  request(settings, apiKey) {
    refuseDuplex(settings.url);
    return { ...vllmRequest(settings, apiKey), maxMessageBytes: spokenAnswerBytes };
  },
  start: (settings) => new VllmOmniSession(vllmUpdate(label, settings), false),
  /** The vLLM-style greeting cannot be told from vLLM's own; those without transcripts can. */
  recognises(frame) {
    const greeting = readObject(frame);
    if (greeting?.type === 'conversation.created') return true;
    return (
      greeting?.type === 'session.created' &&
      isObject(greeting.session) &&
      'capabilities' in greeting.session
    );
  },
};
