import { Worker } from 'node:worker_threads';
import { errorText } from '../common/benchError.ts';

/** What a thread says: an answer, a defect (what was thrown), or news that nobody asked for. */
export type ThreadMessage<Answer, News> =
  { id: number; result: Answer } | { id: number; error: string } | { news: News };

interface Pending<Answer> {
  resolve: (result: Answer) => void;
  reject: (error: Error) => void;
}

/** A thread that answers requests; started by the first one. Both sides are of one source. */
export class RequestThread<Request, Answer, News = never> {
  readonly #program: string;
  readonly #onNews: (news: News) => void;
  readonly #pending = new Map<number, Pending<Answer>>();
  #worker: Worker | null = null;
  #lastId = 0;

  /** @param program path of the thread's bundle */
  constructor(program: string, onNews: (news: News) => void = () => undefined) {
    this.#program = program;
    this.#onNews = onNews;
  }

  /** Rejects when the thread breaks, for example out of memory; the next request starts another. */
  async request(request: Request): Promise<Answer> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const id = ++this.#lastId;
    return await new Promise<Answer>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.postMessage({ id, request });
    });
  }

  /** Ends the thread; what was asked is rejected with this message. */
  dispose(because: string): void {
    this.#fail(new Error(because));
  }

  #start(): Worker {
    const worker = new Worker(this.#program);
    worker.on('message', (message: ThreadMessage<Answer, News>) => {
      if ('news' in message) {
        if (this.#worker === worker) this.#onNews(message.news);
      } else this.#settle(message);
    });
    worker.on('error', (error) => {
      if (this.#worker === worker) this.#fail(new Error(errorText(error)));
    });
    return worker;
  }

  #settle(answer: Exclude<ThreadMessage<Answer, News>, { news: News }>): void {
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
