import type { ComparePair, CompareRow } from '../../src/compareview/compareView.ts';
import { element, icon } from '../shared/element.ts';

export type RowVerdict = CompareRow['verdict'];
type ConclusionVerdict = ComparePair['conclusion']['verdict'];

/** Each has a shape of its own: colour is only added to it. */
const icons: Readonly<Record<RowVerdict | ConclusionVerdict, string>> = {
  regressed: 'error',
  improved: 'pass',
  mixed: 'arrow-swap',
  changed: 'arrow-swap',
  equivalent: 'check',
  'no change': 'check',
  'no significant change': 'dash',
  'significant but negligible': 'dash',
  inconclusive: 'question',
  undecided: 'question',
  'insufficient data': 'circle-large-outline',
  'not comparable': 'circle-slash',
};

/** The class that gives improved and regressed their colours. */
export function verdictClass(verdict: RowVerdict | ConclusionVerdict): string {
  return `verdict-${verdict.replaceAll(' ', '-')}`;
}

/** Whether a row may show better and worse in colour: only these verdicts say that it is real. */
export function isJudged(verdict: RowVerdict): boolean {
  return verdict === 'improved' || verdict === 'regressed';
}

export function verdictIcon(verdict: RowVerdict | ConclusionVerdict): HTMLElement {
  return icon(icons[verdict]);
}

/** Icon, word, and where the number went; `~` for no significant change. */
export function verdictLabel(verdict: RowVerdict, delta: number | null): HTMLElement {
  return element('span', { class: `verdict ${verdictClass(verdict)}`, title: verdict }, [
    verdictIcon(verdict),
    verdict === 'no significant change'
      ? element('span', { class: 'verdict-sign', aria: { hidden: true } }, '~')
      : null,
    element('span', { class: 'verdict-word' }, verdict),
    verdictArrow(verdict, delta),
  ]);
}

/** Null but for improved and regressed. */
function verdictArrow(verdict: RowVerdict, delta: number | null): HTMLElement | null {
  if (!isJudged(verdict)) return null;
  const arrow = (delta ?? 0) > 0 ? '▲' : '▼';
  return element('span', { class: 'verdict-arrow', aria: { hidden: true } }, arrow);
}
