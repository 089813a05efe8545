import { ServerSentEvents } from './serverSentEvents.ts';
import type { ReceivedFrame } from './transport.ts';

/** Cuts the body of an HTTP response into frames. */
export interface AnswerFrames {
  push(bytes: Buffer, atUs: number): ReceivedFrame[];
  /** The response is complete. */
  end(atUs: number): ReceivedFrame[];
}

/** Each server-sent event is a frame; a body of any other type is one. */
export function answerFrames(contentType: string | undefined): AnswerFrames {
  const [type] = (contentType ?? '').split(';');
  return type?.trim().toLowerCase() === 'text/event-stream' ? new EventFrames() : new BodyFrame();
}

class EventFrames implements AnswerFrames {
  readonly #events = new ServerSentEvents();

  push(bytes: Buffer, atUs: number): ReceivedFrame[] {
    return this.#events.push(bytes).map((data) => frame(data, atUs));
  }

  end(atUs: number): ReceivedFrame[] {
    return this.#events.end().map((data) => frame(data, atUs));
  }
}

class BodyFrame implements AnswerFrames {
  readonly #parts: Buffer[] = [];
  #lastUs: number | null = null;

  push(bytes: Buffer, atUs: number): ReceivedFrame[] {
    this.#parts.push(bytes);
    this.#lastUs = atUs;
    return [];
  }

  /** The text was there when its last bytes were, whatever the response still needed to end. */
  end(atUs: number): ReceivedFrame[] {
    return [frame(new TextDecoder().decode(Buffer.concat(this.#parts)), this.#lastUs ?? atUs)];
  }
}

function frame(data: string, atUs: number): ReceivedFrame {
  return { atUs, bytes: Buffer.byteLength(data), data };
}
