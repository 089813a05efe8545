import { RequestThread } from '../requestThread.ts';
import type { ReaderAnswers, ReaderRequest } from './readerMessages.ts';

type AnyAnswer = ReaderAnswers[keyof ReaderAnswers];

/** The thread that reads the run files of one document; started by the first request. */
export class RunReaderThread {
  readonly #thread: RequestThread<ReaderRequest, AnyAnswer>;

  /** @param program path of the bundle of `runReader.ts` */
  constructor(program: string) {
    this.#thread = new RequestThread(program);
  }

  /** Rejects when the thread breaks, for example out of memory; the next request starts another. */
  async ask<Request extends ReaderRequest>(
    request: Request,
  ): Promise<ReaderAnswers[Request['type']]> {
    return (await this.#thread.request(request)) as ReaderAnswers[Request['type']];
  }

  dispose(): void {
    this.#thread.dispose('The run was closed.');
  }
}
