import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import * as z from 'zod';
import { monotonicClock } from '../../src/common/clock.ts';
import { wakeAt } from '../../src/session/preciseTimer.ts';
import type { VllmScript } from './vllmScript.ts';

const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('session.update'), model: z.string() }),
  z.strictObject({
    type: z.literal('input_audio_buffer.append'),
    audio: z.base64().min(1),
  }),
  z.strictObject({ type: z.literal('input_audio_buffer.commit'), final: z.boolean().optional() }),
]);

const clock = monotonicClock();

type ClientMessage = z.infer<typeof clientMessage>;

/**
 * The server's side of one connection. Answers as vLLM does, except where its script says
 * otherwise, and notes what a correct client would not have sent.
 */
export class ScriptedVllmConnection {
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;
  readonly #script: VllmScript;
  readonly #violations: string[];
  /** Cancel what is to be done later. */
  readonly #pending = new Set<() => void>();
  #greeted = false;
  #modelKnown = false;
  #started = false;
  #ended = false;
  #done = false;
  #wordsSent = 0;
  #readAgainAtMs = 0;
  /** PCM as it came, in order, of all utterances. */
  readonly pcm: Buffer[] = [];
  appends = 0;
  /** How many were begun. */
  utterances = 0;
  /** What the client's close frame said; null until it came. */
  clientClose: { code: number; reason: string } | null = null;

  constructor(webSocket: WebSocket, socket: Socket, script: VllmScript, violations: string[]) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#script = script;
    this.#violations = violations;
    webSocket.on('message', (data, isBinary) => {
      this.#received(data, isBinary);
    });
    webSocket.on('close', (code, reason) => {
      this.clientClose = { code, reason: reason.toString() };
      this.stop();
    });
    webSocket.on('error', (error) => {
      this.#violations.push(`the client broke the WebSocket protocol: ${error.message}`);
    });
    if (script.helloDelayMs !== null) {
      this.#later(script.helloDelayMs, () => {
        this.#greet();
      });
    }
  }

  stop(): void {
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
  }

  /** To a fraction of a millisecond: what the script adds must be what is measured. */
  #later(delayMs: number, action: () => void): void {
    const cancel = wakeAt(clock, clock.nowUs() + delayMs * 1000, () => {
      this.#pending.delete(cancel);
      action();
    });
    this.#pending.add(cancel);
  }

  #greet(): void {
    this.#greeted = true;
    const { helloInstead, unknownEvent } = this.#script;
    if (helloInstead === null) {
      this.#send({ type: 'session.created', id: 'sess-0123456789abcdef', created: 1767323045 });
    } else {
      this.#webSocket.send(helloInstead);
    }
    if (unknownEvent) {
      this.#send({ type: 'session.temperature', celsius: 21 });
    }
  }

  #send(message: object): void {
    this.#webSocket.send(JSON.stringify(message));
  }

  /** Timers of one length end in the order they began. */
  #sendText(message: object, sent?: () => void): void {
    const { textDelayMs } = this.#script;
    const act = (): void => {
      sent?.();
      this.#send(message);
    };
    if (textDelayMs === 0) {
      act();
    } else {
      this.#later(textDelayMs, act);
    }
  }

  #sendError(code: string, error: string): void {
    this.#send({ type: 'error', error, code });
  }

  #violation(text: string): void {
    this.#violations.push(text);
  }

  #received(data: RawData, isBinary: boolean): void {
    if (!this.#greeted) {
      this.#violation('the client spoke before the greeting');
    }
    if (isBinary) {
      this.#violation('the client sent a binary frame');
      this.#webSocket.terminate();
      return;
    }
    const text = (data as Buffer).toString();
    const message = clientMessage.safeParse(JSON.parse(text));
    if (!message.success) {
      this.#violation(`the client sent ${text.slice(0, 200)}: ${z.prettifyError(message.error)}`);
      this.#sendError('unknown_event', 'Unknown event');
      return;
    }
    this.#obey(message.data);
    this.#readSlowly(text.length);
  }

  /** Stops reading until the bytes read so far fit the scripted rate. */
  #readSlowly(bytes: number): void {
    const { readBytesPerSecond } = this.#script;
    if (readBytesPerSecond === null) {
      return;
    }
    const waiting = this.#readAgainAtMs > performance.now();
    const beginMs = Math.max(this.#readAgainAtMs, performance.now());
    this.#readAgainAtMs = beginMs + (bytes / readBytesPerSecond) * 1000;
    if (!waiting) {
      this.#socket.pause();
      this.#readAgain();
    }
  }

  #readAgain(): void {
    this.#later(Math.max(1, this.#readAgainAtMs - performance.now()), () => {
      if (this.#readAgainAtMs > performance.now()) {
        this.#readAgain();
      } else {
        this.#socket.resume();
      }
    });
  }

  #obey(message: ClientMessage): void {
    switch (message.type) {
      case 'session.update':
        this.#update(message.model);
        break;
      case 'input_audio_buffer.append':
        this.#append(Buffer.from(message.audio, 'base64'));
        break;
      case 'input_audio_buffer.commit':
        if (message.final === true) {
          this.#finalCommit();
        } else {
          this.#startCommit();
        }
        break;
    }
  }

  #update(model: string): void {
    if (this.#modelKnown || this.#started) {
      this.#violation('session.update came twice or after the start');
    }
    if (!this.#script.models.includes(model)) {
      this.#sendError('model_not_found', `The model \`${model}\` does not exist.`);
      return;
    }
    this.#modelKnown = true;
    if (this.#script.sendSessionUpdated) {
      this.#send({ type: 'session.updated', model });
    }
  }

  #startCommit(): void {
    if (this.#started && !this.#isOver()) {
      this.#violation('the start commit came twice');
      return;
    }
    if (!this.#modelKnown || this.#script.modelNotValidated) {
      this.#sendError('model_not_validated', 'Model not validated. Send session.update first.');
      return;
    }
    this.#started = true;
    this.#ended = false;
    this.#done = false;
    this.#wordsSent = 0;
    this.utterances += 1;
    const { stampEveryMs } = this.#script;
    if (stampEveryMs !== null) {
      this.#stamp(stampEveryMs);
    }
  }

  /** Whether a further utterance may begin: vLLM ignores a start commit before `done`. */
  #isOver(): boolean {
    return this.#script.severalUtterances && this.#done;
  }

  #stamp(everyMs: number): void {
    this.#later(everyMs, () => {
      if (!this.#ended) {
        this.#sendDelta(` ${process.hrtime.bigint()}`);
        this.#stamp(everyMs);
      }
    });
  }

  #append(pcm: Buffer): void {
    if (!this.#started && !this.#script.modelNotValidated) {
      this.#violation('audio came before the start commit');
    }
    if (this.#ended) {
      // vLLM drops what comes between the final commit and `done`.
      this.#violation('audio came after the final commit');
      return;
    }
    if (pcm.length === 0 || pcm.length % 2 !== 0) {
      this.#violation(`an append carried ${pcm.length} bytes`);
      this.#sendError('invalid_audio', 'Invalid audio data');
      return;
    }
    this.pcm.push(pcm);
    this.appends += 1;
    if (this.#misbehave() || !this.#started || this.#script.ignoreStart) {
      return;
    }
    if (this.appends % this.#script.appendsPerDelta === 0 && !this.#script.doneWithoutDeltas) {
      this.#sendNextWord();
    }
  }

  /** Faults scripted for this append; true where nothing else should happen. */
  #misbehave(): boolean {
    const script = this.#script;
    if (this.appends === script.cutAfterAppends) {
      this.#webSocket.terminate();
      return true;
    }
    if (this.appends === script.freezeAfterAppends) {
      this.#ended = true;
      this.#socket.pause();
      return true;
    }
    if (this.appends === script.closeAfterAppends?.appends) {
      const { code, reason } = script.closeAfterAppends;
      this.#webSocket.close(code, reason);
      return true;
    }
    if (this.appends === script.errorAfterAppends?.appends) {
      this.#send(script.errorAfterAppends.message);
      return true;
    }
    if (this.appends === script.rubbishAfterAppends?.appends) {
      this.#webSocket.send(script.rubbishAfterAppends.frame);
      return true;
    }
    if (this.appends === script.doneAfterAppends) {
      this.#sendDone();
      return true;
    }
    return false;
  }

  #sendNextWord(): void {
    const word = this.#script.words[this.#wordsSent];
    for (let blank = 0; blank < this.#script.blankDeltas; blank++) {
      this.#sendDelta('');
    }
    if (word !== undefined) {
      this.#sendDelta(this.#wordsSent === 0 ? word : ` ${word}`);
      this.#wordsSent += 1;
    }
  }

  #sendDelta(delta: string): void {
    this.#sendText({ type: 'transcription.delta', delta });
  }

  #finalCommit(): void {
    if (this.#ended) {
      this.#violation('the final commit came twice');
      return;
    }
    if (!this.#started) {
      if (!this.#script.modelNotValidated) {
        this.#violation('the final commit came before the start commit');
      }
      return;
    }
    this.#ended = true;
    if (this.#script.ignoreStart || this.#script.neverDone) {
      return;
    }
    this.#later(this.#script.finalDelayMs, () => {
      this.#finish();
    });
  }

  #finish(): void {
    const script = this.#script;
    if (script.processingErrorInsteadOfDone) {
      this.#sendError('processing_error', 'Engine core died');
      return;
    }
    while (!script.doneWithoutDeltas && this.#wordsSent < script.words.length) {
      this.#sendNextWord();
    }
    this.#sendDone();
    for (let late = 0; late < script.lateDeltas; late++) {
      this.#sendDelta(' late');
    }
    if (script.closeAfterDone) {
      this.#webSocket.close(1000);
    } else if (script.ignoreClose) {
      this.#socket.pause();
    }
  }

  #sendDone(): void {
    const { usage, words } = this.#script;
    this.#sendText({ type: 'transcription.done', text: words.join(' '), usage }, () => {
      this.#done = true;
    });
  }
}
