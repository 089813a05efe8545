import type {
  Utterance,
  UtteranceListener,
} from '../../../../../src/endpoint/recogniser/recogniserThread.ts';
import type {
  SessionPorts,
  SocketSession,
} from '../../../../../src/endpoint/server/socketSession.ts';

/** An utterance of a recogniser that writes down what it is asked, and says what it is told to. */
export class ScriptedUtterance implements Utterance {
  readonly listener: UtteranceListener;
  samples = 0;
  ended = false;
  dropped = false;

  constructor(listener: UtteranceListener) {
    this.listener = listener;
  }

  addAudio(samples: Int16Array<ArrayBuffer>): void {
    this.samples += samples.length;
  }

  endAudio(): void {
    this.ended = true;
  }

  drop(): void {
    this.dropped = true;
  }

  /** Says `text` and that it is all. */
  finish(text: string): void {
    if (text !== '') this.listener.delta(text);
    this.listener.done({ text, tokens: 2, audioFrames: 40 });
  }
}

/** A session of a protocol with a scripted recogniser. */
export class ObservedSession {
  readonly session: SocketSession;
  readonly sent: Record<string, unknown>[] = [];
  readonly utterances: ScriptedUtterance[] = [];
  closed: number | null = null;

  constructor(Session: new (ports: SessionPorts) => SocketSession) {
    this.session = new Session({
      modelId: 'm',
      send: (frame) => this.sent.push(JSON.parse(frame) as Record<string, unknown>),
      end: (code) => {
        this.closed ??= code;
      },
      openUtterance: (listener) => {
        const utterance = new ScriptedUtterance(listener);
        this.utterances.push(utterance);
        return utterance;
      },
    });
    this.session.open();
  }

  receive(...messages: (string | object | Uint8Array)[]): void {
    for (const message of messages) {
      if (message instanceof Uint8Array) this.session.binary(message);
      else this.session.text(typeof message === 'string' ? message : JSON.stringify(message));
    }
  }

  /** What was sent since this was asked last, each by its type. */
  types(): string[] {
    return this.take().map(({ type }) => String(type));
  }

  take(): Record<string, unknown>[] {
    return this.sent.splice(0);
  }

  /** The `code` of the one error that was sent since. */
  code(): unknown {
    const [message, ...more] = this.take();
    if (message?.type !== 'error' || more.length > 0) {
      throw new Error(`Not one error: ${JSON.stringify([message, ...more])}`);
    }
    const error = typeof message.error === 'object' ? message.error : message;
    return (error as Record<string, unknown>).code;
  }
}

/** An `append` of so much silence. */
export function append(seconds: number, rateHz: number): object {
  const audio = Buffer.alloc(Math.round(seconds * rateHz) * 2).toString('base64');
  return { type: 'input_audio_buffer.append', audio };
}

export const commit = { type: 'input_audio_buffer.commit' };
export const clear = { type: 'input_audio_buffer.clear' };

/** A nested `session.update` of audio input. */
export function update(input: object): object {
  return { type: 'session.update', session: { type: 'transcription', audio: { input } } };
}
