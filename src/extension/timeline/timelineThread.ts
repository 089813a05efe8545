import { RequestThread } from '../requestThread.ts';
import type {
  AnyTimelineAnswer,
  TimelineAnswers,
  TimelineNews,
  TimelineRequest,
} from './timelineReaderMessages.ts';

/** The thread behind one timeline; started by the first request. */
export class TimelineThread {
  readonly #thread: RequestThread<TimelineRequest, AnyTimelineAnswer, TimelineNews>;
  /** Takes what the thread tells unasked. */
  onNews: (news: TimelineNews) => void = () => undefined;

  /** @param program path of the bundle of `timelineReader.ts` */
  constructor(program: string) {
    this.#thread = new RequestThread(program, (news) => {
      this.onNews(news);
    });
  }

  /** Rejects when the thread breaks, for example out of memory; the next request starts another. */
  async ask<Request extends TimelineRequest>(
    request: Request,
  ): Promise<TimelineAnswers[Request['type']]> {
    return (await this.#thread.request(request)) as TimelineAnswers[Request['type']];
  }

  dispose(): void {
    this.#thread.dispose('The timeline was closed.');
  }
}
