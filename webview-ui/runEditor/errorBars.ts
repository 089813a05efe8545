import type { TextFigure } from '../../src/runview/runView.ts';
import { element } from '../shared/element.ts';

type WordErrors = NonNullable<TextFigure['wordErrors']>;

const kinds = [
  { kind: 'substitute', letter: 'S', of: 'substitutions' },
  { kind: 'delete', letter: 'D', of: 'deletions' },
  { kind: 'insert', letter: 'I', of: 'insertions' },
] as const;

/** How the word errors divide; the card says the same in words. */
export function errorBars(errors: WordErrors): HTMLElement {
  const most = Math.max(1, ...kinds.map(({ of }) => errors[of]));
  const bars = kinds.map(({ kind, letter, of }) => {
    const bar = element('span', { class: `error-bar ${kind}` });
    bar.hidden = errors[of] === 0;
    bar.style.width = `${(100 * errors[of]) / most}%`;
    return element('div', { class: 'error-line', title: `${errors[of]} ${of}` }, [
      element('span', { class: 'error-letter' }, letter),
      element('span', { class: 'error-track' }, bar),
      element('span', { class: 'error-count' }, String(errors[of])),
    ]);
  });
  return element('div', { class: 'error-bars', aria: { hidden: true } }, bars);
}
