import { sanitiseText } from '../../transport/sanitiseText.ts';
import type { TimingMode } from '../../transcript/timingHints.ts';
import type { Transcript } from '../../transcript/transcript.ts';

const mostCharacters = 160;

/** What a reader must know before the text: its figures, and why there is none or not all of it. */
export function summaryOf({ status, failure, figures, lines }: Transcript): string[] {
  const values = figures.map(({ label, value }) => `${label} ${value}`);
  const problem = failure ?? (lines.length === 0 ? 'No text came' : null);
  const said = status === 'success' ? values : [status, ...values];
  return [
    ...(said.length > 0 ? [plain(said.join(' · '))] : []),
    ...(problem === null ? [] : [plain(problem)]),
  ];
}

/** What the lens that toggles timings says. */
export function timingTitle(mode: TimingMode, { noLags, words }: Transcript): string {
  switch (mode) {
    case 'off':
      return 'Timings: off';
    case 'gaps':
      return 'Timings: gaps between deltas';
    case 'lag': {
      const hasNone = noLags !== null && words.every(({ lagMs }) => lagMs === null);
      return `Timings: lag behind the speech${hasNone ? `: ${plain(noLags)}` : ''}`;
    }
    case 'heat':
      return 'Timings: revisions';
  }
}

/** Lenses make icons of `$(name)`. */
function plain(text: string): string {
  return sanitiseText(text, mostCharacters).replaceAll('$(', '$ (');
}
