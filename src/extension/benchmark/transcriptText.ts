import { formatDuration } from '../../common/formatDuration.ts';
import { wrapText } from '../../common/wrapText.ts';
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
