import type { EndpointErrorReason } from '../endpointError.ts';
import type { RuntimeChoice, RuntimeName } from './inferenceRuntime.ts';
import type { UtteranceResult } from './recognitionStream.ts';
import type { StreamProgress } from './turnTracker.ts';

/** What the recogniser's thread is started with. */
export interface WorkerSettings {
  modelDir: string;
  programDir: string;
  runtime: RuntimeChoice;
}

/** From the server's thread to the recogniser's. `stream` names one utterance. */
export type ToWorker =
  | { type: 'open'; stream: number; progress: boolean }
  | { type: 'audio'; stream: number; samples: Int16Array<ArrayBuffer> }
  | { type: 'end'; stream: number }
  | { type: 'drop'; stream: number };

export type FromWorker =
  | { type: 'ready'; runtime: RuntimeName; threads: number; weightsSha256: string; loadMs: number }
  | { type: 'unavailable'; reason: EndpointErrorReason; message: string }
  | { type: 'delta'; stream: number; text: string }
  | { type: 'progress'; stream: number; progress: StreamProgress }
  | ({ type: 'done'; stream: number } & UtteranceResult)
  | { type: 'failed'; stream: number; message: string };
