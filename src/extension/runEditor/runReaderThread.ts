import { Worker } from 'node:worker_threads';
import { errorText } from '../../common/benchError.ts';
import type { ReaderAnswer, ReaderAnswers, ReaderRequest } from './readerMessages.ts';

interface Pending {
  resolve: (result: ReaderAnswers[keyof ReaderAnswers]) => void;
  reject: (error: Error) => void;
}

/** The thread that reads the run files of one document; started by the first request. */
export class RunReaderThread {
  readonly #program: string;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #lastId = 0;

  /** @param program path of the bundle of `runReader.ts` */
  constructor(program: string) {
    this.#program = program;
  }

  /** Rejects when the thread breaks, for example out of memory; the next request starts another. */
  async ask<Request extends ReaderRequest>(
    request: Request,
  ): Promise<ReaderAnswers[Request['type']]> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const id = ++this.#lastId;
    const answer = await new Promise<ReaderAnswers[keyof ReaderAnswers]>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.postMessage({ id, request });
    });
    return answer as ReaderAnswers[Request['type']];
  }

  dispose(): void {
    this.#fail(new Error('The run was closed.'));
  }

  #start(): Worker {
    const worker = new Worker(this.#program);
    worker.on('message', (answer: ReaderAnswer) => {
      this.#settle(answer);
    });
    worker.on('error', (error) => {
      if (this.#worker === worker) this.#fail(new Error(errorText(error)));
    });
    return worker;
  }

  #settle(answer: ReaderAnswer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if ('error' in answer) pending?.reject(new Error(answer.error));
    else pending?.resolve(answer.result);
  }

  #fail(error: Error): void {
    void this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
