import { Worker } from 'node:worker_threads';
import { EndpointError } from '../endpointError.ts';
import type { UtteranceResult } from './recognitionStream.ts';
import type { StreamProgress } from './turnTracker.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './workerMessages.ts';

type ReadyMessage = Extract<FromWorker, { type: 'ready' }>;

/** What one utterance's owner is told. After `done` or `failed` nothing more comes. */
export interface UtteranceListener {
  delta(text: string): void;
  /** Where speech begins and ends, and the like: only what has this is told of it. */
  progress?(progress: StreamProgress): void;
  done(result: UtteranceResult): void;
  failed(message: string): void;
}

/** One utterance as seen from the server's thread. */
export interface Utterance {
  /** 16 kHz mono. The samples' memory is handed over: do not use it afterwards. */
  addAudio(samples: Int16Array<ArrayBuffer>): void;
  endAudio(): void;
  /** Forgets the utterance; its listener hears nothing more. */
  drop(): void;
}

/** The inference thread, seen from the server's thread. */
export class RecogniserThread {
  readonly info: Readonly<ReadyMessage>;
  readonly #worker: Worker;
  readonly #listeners = new Map<number, UtteranceListener>();
  #nextStream = 1;

  private constructor(worker: Worker, info: ReadyMessage) {
    this.#worker = worker;
    this.info = info;
    worker.on('message', (message: FromWorker) => {
      this.#receive(message);
    });
  }

  /**
   * Starts the thread and waits until the model is loaded and warmed up.
   *
   * @param onCrash told once if the thread ends by itself later; it cannot be used any more then.
   * @throws EndpointError with the thread's reason when the model cannot be loaded.
   */
  static async start(
    script: string,
    settings: WorkerSettings,
    onCrash: (error: EndpointError) => void,
  ): Promise<RecogniserThread> {
    const worker = new Worker(script, { workerData: settings });
    const info = await firstMessage(worker);
    const thread = new RecogniserThread(worker, info);
    worker.once('error', (error) => {
      onCrash(crashed(error));
    });
    return thread;
  }

  /** Milliseconds the thread has been computing since it started. */
  get busyMs(): number {
    return this.#worker.performance.eventLoopUtilization().active;
  }

  open(listener: UtteranceListener): Utterance {
    const stream = this.#nextStream;
    this.#nextStream += 1;
    this.#listeners.set(stream, listener);
    this.#post({ type: 'open', stream, progress: listener.progress !== undefined });
    return {
      addAudio: (samples) => {
        this.#post({ type: 'audio', stream, samples }, [samples.buffer]);
      },
      endAudio: () => {
        this.#post({ type: 'end', stream });
      },
      drop: () => {
        this.#listeners.delete(stream);
        this.#post({ type: 'drop', stream });
      },
    };
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #receive(message: FromWorker): void {
    if (message.type === 'ready' || message.type === 'unavailable') return;
    const listener = this.#listeners.get(message.stream);
    if (listener === undefined) return;
    if (message.type === 'delta') {
      listener.delta(message.text);
    } else if (message.type === 'progress') {
      listener.progress?.(message.progress);
    } else {
      this.#listeners.delete(message.stream);
      if (message.type === 'done') listener.done(message);
      else listener.failed(message.message);
    }
  }
}

function firstMessage(worker: Worker): Promise<ReadyMessage> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown): void => {
      reject(crashed(error));
    };
    worker.once('error', failed);
    worker.once('message', (message: FromWorker) => {
      worker.off('error', failed);
      if (message.type === 'ready') {
        resolve(message);
      } else {
        void worker.terminate();
        const isReport = message.type === 'unavailable';
        reject(
          isReport ? new EndpointError(message.reason, message.message) : crashed(message.type),
        );
      }
    });
  });
}

function crashed(cause: unknown): EndpointError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new EndpointError('recogniser_failed', `The recogniser's thread failed: ${why}`, {
    cause,
  });
}
