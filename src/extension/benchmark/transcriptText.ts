import { formatDuration } from '../../common/formatDuration.ts';
import { shortTime } from './shortTime.ts';

/** A transcription as it is shown while it goes on and after it. */
export interface TranscriptState {
  audioName: string;
  endpointName: string;
  text: string;
  /** Audio sent so far. */
  audioMs: number;
  outcome: TranscriptOutcome | null;
}

export type TranscriptOutcome =
  | { type: 'complete'; ttftMs: number | null; tailMs: number | null }
  | { type: 'failed'; message: string }
  | { type: 'stopped' };

const columns = 80;

/** The whole document: a line that says what this is, the text, and at the end its figures. */
export function transcriptText(state: TranscriptState): string {
  const { audioName, endpointName, text, outcome } = state;
  const shown = outcome === null ? `${text} ▍`.trimStart() : text;
  const lines = [`${audioName} → ${endpointName} · ${statusText(state)}`, ''];
  lines.push(...wrapText(shown, columns));
  if (outcome?.type === 'complete') lines.push(...figureLines(outcome));
  if (outcome?.type === 'failed') lines.push('', outcome.message);
  return `${lines.join('\n')}\n`;
}

function statusText({ audioMs, outcome }: TranscriptState): string {
  const sent = formatDuration(audioMs);
  if (outcome === null) return audioMs === 0 ? 'connecting…' : `${sent} of speech sent`;
  if (outcome.type === 'complete') return `${sent} of speech`;
  return outcome.type === 'stopped' ? `stopped after ${sent} of speech` : 'failed';
}

function figureLines({
  ttftMs,
  tailMs,
}: Extract<TranscriptOutcome, { type: 'complete' }>): string[] {
  const figures = [
    ...(ttftMs === null ? [] : [`First text after ${shortTime(ttftMs)}`]),
    ...(tailMs === null ? [] : [`final text ${shortTime(tailMs)} after the end of the audio`]),
  ];
  return figures.length === 0 ? [] : ['', figures.join(' · ')];
}

/**
 * Breaks text into lines at spaces. Lines that are full stay as they are while the text grows.
 * Scripts without spaces are broken between characters. At least one line.
 */
export function wrapText(text: string, width: number): string[] {
  return text.split(/\r?\n/).flatMap((paragraph) => wrapParagraph(paragraph, width));
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let start = 0;
  while (paragraph.length - start > width) {
    const candidate = paragraph.slice(start, start + width + 1);
    const space = candidate.lastIndexOf(' ');
    const length = space > 0 ? space : lastBoundary(candidate);
    lines.push(candidate.slice(0, length));
    start += space > 0 ? length + 1 : length;
  }
  return [...lines, paragraph.slice(start)];
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where the last character begins, as people count characters; at least one is before it. */
function lastBoundary(text: string): number {
  const starts = Array.from(graphemes.segment(text), ({ index }) => index);
  const last = starts.at(-1) ?? 0;
  return last > 0 ? last : text.length;
}
