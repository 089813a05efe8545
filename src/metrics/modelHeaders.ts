import type { ReceivedMessage } from '../trace/sessionTrace.ts';
import type { TranscriptEvent } from '../trace/transcriptEvent.ts';

/** Qwen3-ASR says which language it hears in front of each stretch; some servers leave it in. */
const header = /language\s+\p{L}+\s*<asr_text>/gu;

/** A text without the headers that a model's server left in it. */
export function withoutModelHeaders(text: string): string {
  return cutHeaders(text, headersIn(text), 0);
}

/**
 * Messages whose texts have no such headers, for what is shown and scored; the trace keeps them. A
 * header that comes in several deltas is none of the text from its first one on. Messages and
 * events stay as many as they are, so that those of `received` can be found.
 */
export function messagesWithoutModelHeaders(
  received: readonly ReceivedMessage[],
): readonly ReceivedMessage[] {
  const cleaned = new Map<TranscriptEvent, TranscriptEvent>();
  for (const pieces of textRuns(received)) cleanRun(pieces, cleaned);
  if (cleaned.size === 0) return received;
  return received.map((message) => {
    if (!message.events.some((event) => cleaned.has(event))) return message;
    return { ...message, events: message.events.map((event) => cleaned.get(event) ?? event) };
  });
}

type TextPiece = Extract<TranscriptEvent, { type: 'text' | 'final' }>;

/** Pieces that make one text: what was appended to a unit without a break, or one whole text. */
function textRuns(received: readonly ReceivedMessage[]): TextPiece[][] {
  const runs: TextPiece[][] = [];
  const openRuns = new Map<string, TextPiece[]>();
  for (const event of received.flatMap(({ events }) => events)) {
    if (event.type !== 'text' && event.type !== 'final') continue;
    const isAppended = event.type === 'text' && event.mode === 'append';
    const open = isAppended ? openRuns.get(event.unit) : undefined;
    if (open) {
      open.push(event);
      continue;
    }
    const run = [event];
    runs.push(run);
    openRuns.set(event.unit, run);
  }
  return runs;
}

function cleanRun(
  pieces: readonly TextPiece[],
  cleaned: Map<TranscriptEvent, TranscriptEvent>,
): void {
  const headers = headersIn(pieces.map(({ text }) => text).join(''));
  if (headers.length === 0) return;
  let start = 0;
  for (const piece of pieces) {
    const text = cutHeaders(piece.text, headers, start);
    if (text !== piece.text) cleaned.set(piece, { ...piece, text });
    start += piece.text.length;
  }
}

interface Header {
  start: number;
  end: number;
  /** What stands in its place, so that the words around it stay apart. */
  instead: string;
}

function headersIn(text: string): Header[] {
  return [...text.matchAll(header)].map((match) => {
    const end = match.index + match[0].length;
    const isApart = /(^|\s)$/u.test(text.slice(0, match.index)) || /^(\s|$)/u.test(text.slice(end));
    return { start: match.index, end, instead: isApart ? '' : ' ' };
  });
}

/** What is left of a piece that begins at `start` of the text that the headers are in. */
function cutHeaders(piece: string, headers: readonly Header[], start: number): string {
  const end = start + piece.length;
  let left = '';
  let at = start;
  for (const header of headers) {
    if (header.end <= start || header.start >= end) continue;
    left += piece.slice(at - start, Math.max(header.start, at) - start);
    if (header.start >= start) left += header.instead;
    at = Math.min(header.end, end);
  }
  return left + piece.slice(at - start);
}
