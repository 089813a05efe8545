import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';

/** Above both panes of a diff: they go together, and there is a better view of the two. */
export function versionsBanner(openComparison: () => void): HTMLElement {
  return element('div', { class: 'banner versions-banner', role: 'status' }, [
    icon('diff'),
    element('div', {}, [
      element('strong', {}, 'These are two versions of one run.'),
      element('p', {}, 'What you choose in one is chosen in the other.'),
    ]),
    button('Open Comparison', { on: { click: openComparison } }),
  ]);
}
