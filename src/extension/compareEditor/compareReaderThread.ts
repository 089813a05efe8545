import { RequestThread } from '../requestThread.ts';
import type {
  AnyCompareAnswer,
  CompareAnswers,
  CompareNews,
  CompareRequest,
} from './compareReaderMessages.ts';

/** The thread behind one comparison; started by the first request. */
export class CompareReaderThread {
  readonly #thread: RequestThread<CompareRequest, AnyCompareAnswer, CompareNews>;
  /** Takes what the thread tells unasked. */
  onNews: (news: CompareNews) => void = () => undefined;

  /** @param program path of the bundle of `compareReader.ts` */
  constructor(program: string) {
    this.#thread = new RequestThread(program, (news) => {
      this.onNews(news);
    });
  }

  /** Rejects when the thread breaks, for example out of memory; the next request starts another. */
  async ask<Request extends CompareRequest>(
    request: Request,
  ): Promise<CompareAnswers[Request['type']]> {
    return (await this.#thread.request(request)) as CompareAnswers[Request['type']];
  }

  dispose(): void {
    this.#thread.dispose('The comparison was closed.');
  }
}
