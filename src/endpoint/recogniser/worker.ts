// The inference thread: loads the model, then recognises what the server's thread sends.
import { parentPort, workerData } from 'node:worker_threads';
import { errorText } from '../../common/benchError.ts';
import { EndpointError } from '../endpointError.ts';
import { loadRuntime } from './inferenceRuntime.ts';
import type { RuntimeName } from './inferenceRuntime.ts';
import { readModelFiles } from './modelFiles.ts';
import { MoonshineDecoder } from './moonshineDecoder.ts';
import { Recogniser } from './recogniser.ts';
import type { RecogniserModels } from './recogniser.ts';
import type { DecodePace } from './recognitionStream.ts';
import { SileroVad } from './sileroVad.ts';
import { Vocabulary } from './vocabulary.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './workerMessages.ts';
import { yieldToOthers } from './yieldToOthers.ts';

const pace: Record<RuntimeName, DecodePace> = {
  wasm: { baseMs: 250, perWindowSecondMs: 20 },
  native: { baseMs: 200, perWindowSecondMs: 10 },
};
const warmUpSamples = 16_000;
const warmUpTokens = 4;

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}

async function load(settings: WorkerSettings): Promise<Recogniser> {
  const startMs = performance.now();
  const files = await readModelFiles(settings.modelDir);
  const runtime = await loadRuntime(settings.runtime, settings.programDir);
  const models: RecogniserModels = {
    decoder: new MoonshineDecoder(
      runtime,
      await runtime.createSession(files.encoder),
      await runtime.createSession(files.decoder),
    ),
    vad: new SileroVad(runtime, await runtime.createSession(files.vad)),
    vocabulary: new Vocabulary(files.vocabulary),
  };
  await warmUp(models);
  const recogniser = new Recogniser(models, pace[runtime.name], {
    delta: (stream, text) => {
      post({ type: 'delta', stream, text });
    },
    progress: (stream, progress) => {
      post({ type: 'progress', stream, progress });
    },
    done: (stream, result) => {
      post({ type: 'done', stream, ...result });
    },
    failed: (stream, message) => {
      post({ type: 'failed', stream, message });
    },
  });
  post({
    type: 'ready',
    runtime: runtime.name,
    threads: 1,
    weightsSha256: files.weightsSha256,
    loadMs: performance.now() - startMs,
  });
  return recogniser;
}

/** The first run of each part is slower than those after it. */
async function warmUp({ decoder, vad }: RecogniserModels): Promise<void> {
  const samples = Float32Array.from(
    { length: warmUpSamples },
    (_, index) => 0.1 * Math.sin(index / 10),
  );
  let steps = 0;
  await decoder.decode({
    samples,
    draft: [],
    shouldStop: () => Promise.resolve((steps += 1) > warmUpTokens),
  });
  await vad.probability(vad.newState(), samples.subarray(0, 512));
}

function handle(recogniser: Recogniser, message: ToWorker): void {
  if (message.type === 'open') recogniser.open(message.stream, message.progress);
  else if (message.type === 'audio') recogniser.addAudio(message.stream, message.samples);
  else if (message.type === 'end') recogniser.end(message.stream);
  else recogniser.drop(message.stream);
}

async function main(): Promise<void> {
  yieldToOthers();
  try {
    const recogniser = await load(workerData as WorkerSettings);
    parentPort?.on('message', (message: ToWorker) => {
      handle(recogniser, message);
    });
  } catch (error) {
    const reason = error instanceof EndpointError ? error.reason : 'model_load_failed';
    post({ type: 'unavailable', reason, message: errorText(error) });
  }
}

void main();
