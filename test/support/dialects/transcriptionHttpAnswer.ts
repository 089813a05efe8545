import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { SpeechScript } from './dialectServer.ts';

/** How the text is written. */
export interface Answering {
  /** Chunks like those of chat completions, or typed events. */
  form: 'chunks' | 'typed';
  lineEnd?: string;
  /** Comments between the events. */
  comments?: boolean;
  /** Writes so many bytes at a time, whatever they are cut out of. */
  pieceBytes?: number;
  /** Leaves out what a stream should end with. */
  without?: ('done' | 'finish' | 'blank line')[];
  /** Cuts the connection before the end of the response. */
  cuts?: boolean;
  /** Cuts it after so many bytes. */
  cutsAfterBytes?: number;
  /** Every chunk says its usage. */
  continuousUsage?: boolean;
}

export interface AnswerOptions {
  script: SpeechScript;
  response: ServerResponse;
  isStream: boolean;
  wantsUsage: boolean;
  isVerbose: boolean;
  wantsWords: boolean;
  fails: boolean;
}

/** Answers a request whose audio is complete. */
export function transcriptionAnswer(answering: Answering, options: AnswerOptions): void {
  if (options.isStream) void stream(answering, options);
  else whole(options);
}

function whole({ script, response, isVerbose, wantsWords, fails }: AnswerOptions): void {
  if (script.neverDone) return;
  const headers = { 'Content-Type': 'application/json' };
  if (fails) {
    const error = { message: 'The engine died.', type: 'InternalServerError', code: 500 };
    response.writeHead(500, headers).end(JSON.stringify({ error }));
    return;
  }
  const usage = { type: 'duration', seconds: 1 };
  const text = script.words.join(' ');
  const words = script.words.map((word, at) => ({ word, start: at / 10, end: (at + 1) / 10 }));
  const verbose = {
    task: 'transcribe',
    language: 'en',
    duration: '0.5',
    text,
    segments: [],
    usage,
  };
  const body = isVerbose ? { ...verbose, ...(wantsWords ? { words } : {}) } : { text, usage };
  response.writeHead(200, headers).end(JSON.stringify(body));
}

async function stream(answering: Answering, options: AnswerOptions): Promise<void> {
  const { response, script } = options;
  const { lineEnd = '\n', comments = false, pieceBytes, cutsAfterBytes, without = [] } = answering;
  const cuts = answering.cuts === true || cutsAfterBytes !== undefined;
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  const events = eventsOf(answering, options);
  const lines = events.flatMap((event) => [
    ...(comments ? [': ping', ''] : []),
    ...(comments ? ['event: message', 'id: 7'] : []),
    `data: ${event}`,
    '',
  ]);
  if (without.includes('blank line')) lines.pop();
  const text = lines.map((line) => line + lineEnd).join('');
  const bytes = Buffer.from(text).subarray(0, cutsAfterBytes);
  const step = pieceBytes ?? bytes.length;
  for (let at = 0; at < bytes.length && !response.destroyed; at += step) {
    response.write(bytes.subarray(at, at + step));
    await nextTurn();
  }
  if (cuts) response.destroy();
  else if (!script.neverDone) response.end();
}

function eventsOf(answering: Answering, options: AnswerOptions): string[] {
  const { form, without = [] } = answering;
  const { script, fails } = options;
  const events = form === 'chunks' ? chunks(answering, options) : typed(answering, options);
  const deltas = script.words.length;
  const error = {
    message: 'The engine died.',
    type: 'InternalServerError',
    param: null,
    code: 500,
  };
  if (fails) events.splice(1, Infinity, { error });
  else if (script.neverDone) events.splice(deltas);
  const texts = events.map((event) => JSON.stringify(event));
  const hasEnd = form === 'chunks' && !script.neverDone && !without.includes('done');
  return hasEnd ? [...texts, '[DONE]'] : texts;
}

function chunks({ without = [], continuousUsage }: Answering, options: AnswerOptions): object[] {
  const { script, wantsUsage } = options;
  const chunk = (content: string, finish: string | null, at: number): object => ({
    id: 'trsc-6f1c',
    object: 'transcription.chunk',
    created: 1767323045,
    model: 'm',
    // As vLLM 0.33.0: nothing is said of an end before there is one.
    choices: [
      finish === null
        ? { delta: { content } }
        : { delta: { content }, finish_reason: finish, stop_reason: null },
    ],
    ...(continuousUsage ? { usage: usageOf(at) } : {}),
  });
  const all = script.words.map((word, at) => chunk(` ${word}`, null, at + 1));
  if (!without.includes('finish')) all.push(chunk('', 'stop', script.words.length));
  if (wantsUsage) {
    const usage = usageOf(script.words.length);
    all.push({ id: 'trsc-6f1c', object: 'transcription.chunk', choices: [], usage });
  }
  return all;
}

function usageOf(words: number): object {
  return { prompt_tokens: 13, completion_tokens: words, total_tokens: 13 + words };
}

function typed({ without = [] }: Answering, { script }: AnswerOptions): object[] {
  const deltas: object[] = script.words.map((word, at) => ({
    type: 'transcript.text.delta',
    delta: at === 0 ? word : ` ${word}`,
  }));
  const usage = { type: 'tokens', input_tokens: 14, output_tokens: 45, total_tokens: 59 };
  const done = { type: 'transcript.text.done', text: script.words.join(' '), usage };
  return without.includes('done') ? deltas : [...deltas, done];
}
