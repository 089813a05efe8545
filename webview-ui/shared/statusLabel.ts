import type { SessionStatusName } from '../../src/runview/runView.ts';
import { element, icon } from './element.ts';

const statusIcons: Readonly<Record<SessionStatusName, string>> = {
  success: 'pass',
  empty: 'circle-slash',
  partial: 'warning',
  failed: 'error',
  cancelled: 'debug-stop',
};

const statusMeanings: Readonly<Record<SessionStatusName, string>> = {
  success: 'Ended well, with text.',
  empty: 'Ended well, without any text.',
  partial: 'Broke off after some text.',
  failed: 'Failed before any text.',
  cancelled: 'Stopped before it ended.',
};

/** A status as its sign and its word. */
export function statusLabel(status: SessionStatusName): HTMLElement {
  return element(
    'span',
    { class: `status status-${status}`, title: `${status}: ${statusMeanings[status]}` },
    [icon(statusIcons[status]), element('span', { class: 'status-word' }, status)],
  );
}

export function isStatus(text: string): text is SessionStatusName {
  return Object.hasOwn(statusIcons, text);
}
