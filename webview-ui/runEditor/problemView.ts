import type { RunProblemKind } from '../../src/runview/runEditorMessages.ts';
import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';

export interface RunProblem {
  kind: RunProblemKind;
  message: string;
}

interface ProblemText {
  icon: string;
  title: string;
  advice: string;
}

const problems: Readonly<Record<RunProblemKind, ProblemText>> = {
  json_invalid: {
    icon: 'json',
    title: 'The file is not valid JSON',
    advice: 'Look for merge markers or a cut-off end, or restore an earlier version.',
  },
  not_a_run: {
    icon: 'question',
    title: 'The file is not a benchmark run',
    advice: 'Files that end in .rtbench.json are expected to be saved by RTBench.',
  },
  format_newer: {
    icon: 'versions',
    title: 'The run was saved by a newer RTBench',
    advice: 'Update the extension to open it here.',
  },
  run_invalid: {
    icon: 'error',
    title: 'The run cannot be read',
    advice: 'The text editor shows the place; undo or restore an earlier version.',
  },
  too_large: {
    icon: 'archive',
    title: 'The run is too large to show',
    advice: '“rtbench show” prints its figures in a terminal.',
  },
};

/** Instead of a run: what is wrong, where, and what to do. */
export function problemPage({ kind, message }: RunProblem, openAsText: () => void): HTMLElement {
  const { icon: name, title, advice } = problems[kind];
  return element('section', { class: 'problem', role: 'alert' }, [
    icon(name, 'problem-icon'),
    element('h1', {}, title),
    element('p', { class: 'problem-message', dir: 'auto' }, message),
    element('p', { class: 'hint' }, advice),
    button([icon('go-to-file'), 'Open as Text'], {
      appearance: 'primary',
      on: { click: openAsText },
    }),
  ]);
}

/** Above the last good view of a run whose text became unreadable. */
export function problemBanner({ kind, message }: RunProblem, openAsText: () => void): HTMLElement {
  return element('div', { class: 'banner', role: 'alert' }, [
    icon('error'),
    element('div', {}, [
      element('strong', {}, `${problems[kind].title}. What was last readable is shown.`),
      element('p', { dir: 'auto' }, message),
    ]),
    button('Open as Text', { on: { click: openAsText } }),
  ]);
}
