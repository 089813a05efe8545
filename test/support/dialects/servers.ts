import type { DialectOptions } from '../../../src/dialects/dialect.ts';
import {
  startDialectServer,
  type DialectServerKind,
  type RunningDialectServer,
  type SpeechScript,
} from './dialectServer.ts';
import { startScriptedVllmServer } from '../scriptedVllmServer.ts';
import { assemblyAiServer } from './assemblyAiServer.ts';
import { deepgramFluxServer } from './deepgramFluxServer.ts';
import { deepgramServer } from './deepgramServer.ts';
import { elevenLabsServer } from './elevenLabsServer.ts';
import { gladiaServer } from './gladiaServer.ts';
import { kyutaiServer } from './kyutaiServer.ts';
import { mistralServer } from './mistralServer.ts';
import { nextainOmniServer } from './nextainOmniServer.ts';
import { startSagemaker, testEnvironment, testRegion } from './sagemakerServer.ts';
import { openaiRealtimeServer } from './openaiRealtimeServer.ts';
import { sglangM1Server } from './sglangM1Server.ts';
import { sglangOmniServer } from './sglangOmniServer.ts';
import { sglangRealtimeServer } from './sglangRealtimeServer.ts';
import { sherpaOnnxServer } from './sherpaOnnxServer.ts';
import { sonioxServer } from './sonioxServer.ts';
import { speechmaticsServer } from './speechmaticsServer.ts';
import {
  openaiFields,
  sglangFields,
  startTranscriptionHttpServer,
  vllmFields,
} from './transcriptionHttpServer.ts';
import { vllmOmniServer } from './vllmOmniServer.ts';
import { voskServer } from './voskServer.ts';
import { whisperLiveKitServer } from './whisperLiveKitServer.ts';

/** The strict server of a dialect, and what has to be said to measure it. */
export interface DialectServerCase {
  start: (
    script: Partial<Pick<SpeechScript, 'words'>>,
  ) => Promise<Pick<RunningDialectServer, 'url' | 'violations' | 'close'>>;
  model?: string;
  options?: DialectOptions;
  /** Of the process that measures. */
  env?: Record<string, string>;
}

function of(
  kind: DialectServerKind,
  more: Omit<DialectServerCase, 'start'> = {},
): DialectServerCase {
  return { start: (script) => startDialectServer(kind, script), ...more };
}

/** By the dialect's id: all of them, see test/cli/dialects.test.ts. */
export const dialectServers: Readonly<Record<string, DialectServerCase>> = {
  'vllm-realtime': { start: (script) => startScriptedVllmServer(script) },
  sagemaker: {
    start: (script) => startSagemaker(script),
    model: 'voxtral',
    options: { region: testRegion },
    env: testEnvironment,
  },
  'vllm-http': {
    start: (script) =>
      startTranscriptionHttpServer({ fields: vllmFields, answer: { form: 'chunks' } }, script),
    model: 'qwen3-asr',
  },
  'sglang-http': {
    start: (script) =>
      startTranscriptionHttpServer({ fields: sglangFields, answer: { form: 'chunks' } }, script),
    model: 'qwen3-asr',
  },
  'openai-http': {
    start: (script) =>
      startTranscriptionHttpServer({ fields: openaiFields, answer: { form: 'typed' } }, script),
    model: 'gpt-transcribe',
  },
  'openai-realtime': of(openaiRealtimeServer),
  'sglang-realtime': of(sglangRealtimeServer, { model: 'qwen3-asr' }),
  'sglang-omni': of(sglangOmniServer),
  'vllm-omni': of(vllmOmniServer(), { model: 'omni' }),
  'nextain-omni': of(nextainOmniServer()),
  'sglang-m1': of(sglangM1Server(), { model: 'qwen3-asr' }),
  vosk: of(voskServer()),
  'sherpa-onnx': of(sherpaOnnxServer({ server: 'c++' })),
  speechmatics: of(speechmaticsServer),
  soniox: of(sonioxServer),
  gladia: of(gladiaServer),
  deepgram: of(deepgramServer),
  'deepgram-flux': of(deepgramFluxServer),
  // A formatted turn is not what was said word by word.
  assemblyai: of(assemblyAiServer, { options: { format_turns: false } }),
  elevenlabs: of(elevenLabsServer),
  mistral: of(mistralServer),
  kyutai: of(kyutaiServer),
  whisperlivekit: of(whisperLiveKitServer),
};
