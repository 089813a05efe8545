import * as z from 'zod';
import { DialectError } from '../../../src/dialects/dialectError.ts';
import type { ConnectionRequest } from '../../../src/common/connectionRequest.ts';
import type { Dialect, DialectSession, OutgoingFrame } from '../../../src/dialects/dialect.ts';
import { TranscriptUnits } from '../../../src/metrics/transcriptUnits.ts';
import type { TranscriptEvent } from '../../../src/trace/transcriptEvent.ts';

/**
 * A conversation in readable text, written half by hand and half by the dialect: what the server
 * sends (`S`) and when the session does what (`@`) are given; what the client sends (`C`), what
 * frames mean (`=`) and the text shown then (`H`) are what the dialect makes of it.
 *
 * ```
 * settings {"url":"ws://host:8000","model":"m"}   first line; a key is always there
 * @connect                       the request
 * @greet  @ready  @audio 1600  @end  @close       as in DialectSession; audio in samples
 * @quiet                         the server says nothing for as long as was asked for
 * @closed 1000 reason            the server ends the connection
 * @answer {"url":"…"}            what answers an exchange, after @connect
 * S {"type":"…"}                 a text frame
 * S! 82a4…                       a binary frame in hex
 * # …                            a comment
 * ```
 */
export interface WireLog {
  /** The log with the dialect's part as it is now. */
  text: string;
}

const settingsSchema = z.object({
  url: z.string(),
  model: z.string().nullable().default(null),
  language: z.string().nullable().default(null),
  options: z.record(z.string(), z.json()).default({}),
});

/** What stands for the API key in logs. */
export const logKey = 'API-KEY';
const totalSamples = 16_000;
const dialectsPart = /^(C|C!|=|H|!) /;

/** Plays a log to a dialect. Lines that the dialect writes are written anew. */
export function replayWireLog(dialect: Dialect, log: string): WireLog {
  const given = log.split('\n').filter((line) => !dialectsPart.test(line));
  const player = new Player(dialect, given);
  return { text: given.flatMap((line) => [line, ...player.play(line)]).join('\n') };
}

class Player {
  readonly #dialect: Dialect;
  readonly #settings: z.infer<typeof settingsSchema>;
  readonly #session: DialectSession;
  readonly #units = new TranscriptUnits();
  #request: ConnectionRequest | null = null;
  #shown = '';
  #samplesSent = 0;

  constructor(dialect: Dialect, lines: readonly string[]) {
    const line = lines.find((each) => each.startsWith('settings '));
    if (line === undefined) throw new Error('A wire log needs a line `settings {…}`.');
    this.#dialect = dialect;
    this.#settings = settingsSchema.parse(JSON.parse(line.slice('settings '.length)));
    this.#session = dialect.start(this.#settings, { totalSamples }, logKey);
  }

  play(line: string): string[] {
    if (line.startsWith('S ')) return this.#receive(line.slice(2));
    if (line.startsWith('S! '))
      return this.#receive(new Uint8Array(Buffer.from(line.slice(3), 'hex')));
    if (!line.startsWith('@')) return [];
    const space = line.indexOf(' ');
    const command = space < 0 ? line : line.slice(0, space);
    return this.#act(command, space < 0 ? '' : line.slice(space + 1));
  }

  #act(command: string, argument: string): string[] {
    const session = this.#session;
    const act = {
      '@connect': () => this.#connect(),
      '@answer': () => this.#answer(argument),
      '@greet': () => sentLines(session.greet?.() ?? []),
      '@ready': () => sentLines(session.open()),
      '@audio': () => sentLines([session.audio(this.#chunk(Number(argument)))]),
      '@end': () => sentLines(session.endOfAudio()),
      '@close': () => sentLines(session.close?.() ?? []),
      '@quiet': () => this.#quiet(),
      '@closed': () => this.#closed(argument),
    }[command];
    if (!act) throw new Error(`A wire log has no "${command}".`);
    return act();
  }

  #connect(): string[] {
    this.#request = this.#dialect.request(this.#settings, logKey);
    return requestLines(this.#request);
  }

  #answer(body: string): string[] {
    if (this.#request?.transport !== 'exchange') throw new Error('Nothing was asked for.');
    const { request, secrets } = this.#request.next(body);
    return [...requestLines(request), `! secrets ${JSON.stringify(secrets)}`];
  }

  #quiet(): string[] {
    const events = this.#session.quiet?.() ?? [];
    return events.length === 0 ? ['! waits'] : this.#meant(events, true);
  }

  #closed(argument: string): string[] {
    const [code, ...reason] = argument.split(' ');
    const events = this.#session.closed?.({ code: Number(code), reason: reason.join(' ') }) ?? [];
    return events.length === 0 ? ['! broken off'] : this.#meant(events, true);
  }

  #receive(frame: string | Uint8Array): string[] {
    try {
      const { events, keepRaw, replies = [] } = this.#session.receive(frame);
      return [...this.#meant(events, keepRaw), ...sentLines(replies)];
    } catch (error) {
      if (error instanceof DialectError) return [`! ${error.message}`];
      throw error;
    }
  }

  #meant(events: readonly TranscriptEvent[], keepRaw: boolean): string[] {
    const lines = events.map(
      (event) => `= ${JSON.stringify(event)}${keepRaw ? '' : ' (raw not kept)'}`,
    );
    for (const event of events) this.#show(event);
    const text = this.#units.text();
    if (text === this.#shown) return lines;
    this.#shown = text;
    return [...lines, `H ${JSON.stringify(text)}`];
  }

  #show(event: TranscriptEvent): void {
    if (event.type === 'unit') this.#units.place(event.unit);
    if (event.type === 'final') this.#units.finalise(event.unit, event.text);
    if (event.type !== 'text' || this.#units.isFinal(event.unit)) return;
    if (event.mode === 'append') this.#units.append(event.unit, event.text);
    else this.#units.replace(event.unit, event.text);
  }

  #chunk(samples: number): Uint8Array {
    const chunk = Int16Array.from(
      { length: samples },
      (_, at) => (this.#samplesSent + at) % 30_000,
    );
    this.#samplesSent += samples;
    return new Uint8Array(chunk.buffer);
  }
}

function requestLines(request: ConnectionRequest): string[] {
  const { transport, url, headers } = request;
  const lines = [`C ${transport} ${url}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`C   ${name}: ${value}`);
  if (request.transport === 'websocket' && request.subprotocols.length > 0) {
    lines.push(`C   subprotocols: ${request.subprotocols.join(', ')}`);
  }
  if (request.transport === 'exchange') lines.push(`C   ${request.body}`);
  return lines;
}

function sentLines(frames: readonly OutgoingFrame[]): string[] {
  return frames.map(({ data, commit }) => {
    const mark = commit === null ? '' : ` (commit: ${commit})`;
    if (typeof data === 'string') return `C ${onOneLine(withoutAudio(data))}${mark}`;
    const begin = Buffer.from(data.subarray(0, 16)).toString('hex');
    return `C! ${data.length} bytes ${begin}${data.length > 16 ? '…' : ''}${mark}`;
  });
}

function onOneLine(text: string): string {
  return text.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}

/** Base64 of any length worth reading is audio. */
function withoutAudio(text: string): string {
  return text.replaceAll(/"([A-Za-z0-9+/]{64,}={0,2})"/g, (_, base64: string) => {
    return `"(${Buffer.from(base64, 'base64').length} bytes in base64)"`;
  });
}
