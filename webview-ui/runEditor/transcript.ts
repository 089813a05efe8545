import type { AlignedToken, SessionDetail } from '../../src/runview/runView.ts';
import { element, spoken } from '../shared/element.ts';

/** What was recognised beside what was said; differences by colour, by shape and in words. */
export function transcript({
  alignment,
  alignmentProblem,
  reference,
  hypothesis,
}: SessionDetail): HTMLElement {
  const aligned = alignment && alignment.tokens.length > 0 ? alignment : null;
  const different = aligned?.tokens.some(({ operation }) => operation !== 'equal') ?? false;
  return element('section', { class: 'transcript', aria: { label: 'Transcript' } }, [
    element('h3', {}, 'Transcript'),
    aligned
      ? element('p', { class: `aligned by-${aligned.unit}`, dir: 'auto' }, [
          ...aligned.tokens.flatMap((token) => [alignedToken(token), gap(aligned.unit)]),
        ])
      : null,
    different ? legend() : null,
    alignmentProblem === null ? null : element('p', { class: 'hint' }, alignmentProblem),
    asWritten('Reference', reference, 'The utterance has no reference text.'),
    asWritten('Recognised', hypothesis, 'No text was recognised.'),
  ]);
}

/** Also keeps words apart where text is selected and copied. */
function gap(unit: 'word' | 'character'): Node {
  return document.createTextNode(unit === 'word' ? ' ' : '');
}

function alignedToken({ operation, reference, hypothesis }: AlignedToken): HTMLElement {
  switch (operation) {
    case 'equal':
      return element('span', { class: 'token' }, reference);
    case 'substitute':
      return element('span', { class: 'token substitute' }, [
        spoken('substituted: '),
        element('ins', {}, hypothesis),
        spoken(' for '),
        element('del', {}, reference),
      ]);
    case 'delete':
      return element('span', { class: 'token delete' }, [
        spoken('left out: '),
        element('del', {}, reference),
      ]);
    case 'insert':
      return element('span', { class: 'token insert' }, [
        spoken('added: '),
        element('ins', {}, hypothesis),
      ]);
  }
}

function legend(): HTMLElement {
  const entries: [string, AlignedToken][] = [
    ['substituted', { operation: 'substitute', reference: 'said', hypothesis: 'written' }],
    ['left out', { operation: 'delete', reference: 'said', hypothesis: null }],
    ['added', { operation: 'insert', reference: null, hypothesis: 'written' }],
  ];
  return element(
    'ul',
    { class: 'legend', aria: { hidden: true } },
    entries.map(([label, token]) => element('li', {}, [alignedToken(token), ` ${label}`])),
  );
}

function asWritten(label: string, text: string | null, none: string): HTMLElement {
  const given = text !== null && text !== '';
  return element('div', { class: 'as-written' }, [
    element('h4', {}, label),
    element(
      'p',
      { class: given ? 'written' : 'hint', dir: given ? 'auto' : 'ltr' },
      given ? text : none,
    ),
  ]);
}
