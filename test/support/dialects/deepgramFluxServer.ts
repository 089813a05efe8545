import * as z from 'zod';
import { deepgramKeyOf, deepgramRefusal } from './deepgramKey.ts';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';
import { guessedWords } from './guessedWords.ts';
import { jsonIn } from './jsonIn.ts';
import { requestParameters } from './requestParameters.ts';

/** How Flux may behave at the end. */
export interface FluxBehaviour {
  /** Closes without ending the last turn. */
  leavesTurnOpen?: boolean;
}

const decimal = z.string().regex(/^\d+(\.\d+)?$/);

function between(least: number, most: number): z.ZodType<string | undefined> {
  const inside = (text: string): boolean => Number(text) >= least && Number(text) <= most;
  return decimal.refine(inside, `from ${least} to ${most}`).optional();
}

const terms = z.union([z.string(), z.array(z.string())]).optional();

const parameters = z
  .strictObject({
    model: z.enum(['flux-general-en', 'flux-general-multi']),
    encoding: z.literal('linear16'),
    sample_rate: z.literal('16000'),
    eot_threshold: between(0.5, 1),
    eager_eot_threshold: between(0.3, 0.9),
    eot_timeout_ms: between(500, 60_000),
    keyterm: terms,
    language_hint: terms,
    tag: terms,
  })
  .refine(
    ({ model, language_hint }) => language_hint === undefined || model === 'flux-general-multi',
    'language_hint needs flux-general-multi',
  );

const control = z.union([
  z.strictObject({ type: z.literal('CloseStream') }),
  z.strictObject({
    type: z.literal('Configure'),
    thresholds: z.record(z.string(), z.number()).optional(),
    keyterms: z.array(z.string()).optional(),
    language_hints: z.array(z.string()).optional(),
  }),
]);

const wordsPerTurn = 2;
const wordSeconds = 0.1;

class FluxProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #behaviour: FluxBehaviour;
  readonly #spoken: SpokenWords;
  #state: 'starting' | 'listening' | 'ended' = 'starting';
  #isEager = false;
  #sequence = 0;
  #turn = 0;
  /** Words of turns that have ended. */
  #endedWords = 0;

  constructor(connection: ServerConnection, behaviour: FluxBehaviour) {
    this.#connection = connection;
    this.#behaviour = behaviour;
    this.#spoken = new SpokenWords(connection.script);
  }

  opened(): void {
    const parsed = parameters.safeParse(requestParameters(this.#connection.request));
    if (!parsed.success) {
      this.#connection.violation(`parameters: ${z.prettifyError(parsed.error)}`);
    }
    this.#isEager = parsed.data?.eager_eot_threshold !== undefined;
    // Late enough for audio that does not wait to be noticed.
    this.#connection.later(20, () => {
      this.#state = 'listening';
      this.#send({ type: 'Connected' });
    });
  }

  text(text: string): void {
    const parsed = control.safeParse(jsonIn(text));
    if (!parsed.success) this.#refuse(text);
    else if (this.#state !== 'listening') {
      this.#connection.violation(`a message while ${this.#state}: ${text}`);
    } else if (parsed.data.type === 'CloseStream') this.#end();
    else this.#send({ type: 'ConfigureSuccess' });
  }

  binary(bytes: Buffer): void {
    const connection = this.#connection;
    if (this.#state !== 'listening') connection.violation(`audio while ${this.#state}`);
    if (bytes.length === 0) connection.violation('an empty audio message');
    if (bytes.length % 2 !== 0) connection.violation('half a sample');
    if (!connection.heard(bytes)) return;
    if (this.#spoken.advance()) this.#heardWord();
    else this.#turnInfo('Update', this.#openWords());
  }

  fail(): void {
    const description = 'The recogniser went away.';
    this.#send({ type: 'Error', code: 'INTERNAL_SERVER_ERROR', description });
    this.#connection.close(1011);
  }

  #refuse(text: string): void {
    this.#connection.violation(`not a control message: ${text}`);
    const description = 'The message is not known.';
    this.#send({ type: 'Error', code: 'UNPARSABLE_CLIENT_MESSAGE', description });
    this.#connection.close(1011);
  }

  #openWords(): string[] {
    return this.#spoken.words.slice(this.#endedWords);
  }

  #heardWord(): void {
    const open = this.#openWords();
    this.#turnInfo(open.length === 1 ? 'StartOfTurn' : 'Update', guessedWords(open));
    if (open.length < wordsPerTurn) return;
    if (this.#isEager) this.#turnInfo('EagerEndOfTurn', open);
    this.#endTurn('model');
  }

  #endTurn(trigger: string): void {
    const open = this.#openWords();
    this.#turnInfo('EndOfTurn', open, { trigger });
    this.#turn += 1;
    this.#endedWords += open.length;
  }

  #end(): void {
    this.#state = 'ended';
    if (this.#connection.script.neverDone) return;
    this.#spoken.finish();
    const open = this.#openWords();
    if (open.length > 0) {
      if (this.#behaviour.leavesTurnOpen) this.#turnInfo('Update', open);
      else this.#endTurn('timeout');
    }
    this.#connection.close(1000);
  }

  #turnInfo(event: string, said: readonly string[], more: object = {}): void {
    const start = this.#endedWords * wordSeconds;
    const words = said.map((word, at) => {
      const from = start + at * wordSeconds;
      return { word, confidence: 0.9, start: from, end: from + wordSeconds };
    });
    this.#send({
      type: 'TurnInfo',
      event,
      turn_index: this.#turn,
      audio_window_start: start,
      audio_window_end: start + said.length * wordSeconds,
      transcript: said.join(' '),
      words,
      end_of_turn_confidence: event === 'EndOfTurn' ? 0.9 : 0.1,
      ...more,
    });
  }

  #send(message: object): void {
    const sequence_id = this.#sequence;
    this.#sequence += 1;
    this.#connection.send({ request_id: 'request-1', sequence_id, ...message });
  }
}

export function deepgramFluxServerThat(behaviour: FluxBehaviour): DialectServerKind {
  return {
    dialect: 'deepgram-flux',
    paths: ['/v2/listen'],
    keyOf: deepgramKeyOf,
    refusalHeaders: deepgramRefusal,
    protocol: (connection) => new FluxProtocol(connection, behaviour),
  };
}

/** Deepgram Flux, `/v2/listen`. */
export const deepgramFluxServer = deepgramFluxServerThat({});
