import { BenchError } from '../common/benchError.ts';
import type { Dialect } from './dialect.ts';
import { assemblyAi } from './protocols/assemblyAi.ts';
import { deepgram } from './protocols/deepgram.ts';
import { deepgramFlux } from './protocols/deepgramFlux.ts';
import { elevenLabs } from './protocols/elevenLabs.ts';
import { gladia } from './protocols/gladia.ts';
import { kyutai } from './protocols/kyutai.ts';
import { mistral } from './protocols/mistral.ts';
import { nextainOmni } from './protocols/nextainOmni.ts';
import { openaiHttp } from './protocols/openaiHttp.ts';
import { openaiRealtime } from './protocols/openaiRealtime.ts';
import { sagemaker } from './protocols/sagemaker.ts';
import { sglangHttp } from './protocols/sglangHttp.ts';
import { sglangM1 } from './protocols/sglangM1.ts';
import { sglangOmni } from './protocols/sglangOmni.ts';
import { sglangRealtime } from './protocols/sglangRealtime.ts';
import { sherpaOnnx } from './protocols/sherpaOnnx.ts';
import { soniox } from './protocols/soniox.ts';
import { speechmatics } from './protocols/speechmatics.ts';
import { vllmHttp } from './protocols/vllmHttp.ts';
import { vllmOmni } from './protocols/vllmOmni.ts';
import { vllmRealtime } from './protocols/vllmRealtime.ts';
import { vosk } from './protocols/vosk.ts';
import { whisperLiveKit } from './protocols/whisperLiveKit.ts';

/** Every wire protocol RTBench speaks. */
export const dialects: readonly Dialect[] = [
  vllmRealtime,
  vllmHttp,
  sglangHttp,
  openaiHttp,
  openaiRealtime,
  sglangRealtime,
  sglangOmni,
  speechmatics,
  soniox,
  gladia,
  vllmOmni,
  nextainOmni,
  sglangM1,
  vosk,
  sherpaOnnx,
  deepgram,
  deepgramFlux,
  assemblyAi,
  elevenLabs,
  mistral,
  kyutai,
  whisperLiveKit,
  sagemaker(() => dialects),
];

/**
 * The dialect with this id.
 * @throws BenchError `request_invalid` that names the ids there are.
 */
export function dialectById(id: string): Dialect {
  const dialect = dialects.find((candidate) => candidate.id === id);
  if (!dialect) {
    const known = dialects.map((candidate) => candidate.id).join(', ');
    throw new BenchError('request_invalid', `There is no dialect "${id}"; use one of: ${known}.`);
  }
  return dialect;
}
