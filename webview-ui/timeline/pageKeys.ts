import type { TimelineActionId } from '../../src/timeline/timelineActions.ts';
import { actionOfKey, type PressedKey } from './timelineKeys.ts';

/** Controls that take every key for themselves. */
const typing = 'input, textarea, select, vscode-text-field, vscode-dropdown';
/** Controls that Space and Enter press. */
const pressing = 'button, vscode-button, a, summary';
/** Keys by which a text that is longer than its place is scrolled. */
const scrollKeys = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);

/**
 * Which action a key on the page means, unless whatever has the focus wants the key for itself;
 * null for keys that are VS Code's.
 *
 * @param timeline the element whose keys are all the timeline's
 */
export function actionOfEvent(
  event: KeyboardEvent,
  timeline: HTMLElement,
  isMac: boolean,
): TimelineActionId | null {
  if (event.defaultPrevented || event.isComposing) return null;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest(typing)) return null;
  const presses = event.key === ' ' || event.key === 'Enter';
  if (presses && target.closest(pressing)) return null;
  const isScrolled = target.closest('[tabindex="0"]') && !timeline.contains(target);
  if (isScrolled && scrollKeys.has(event.key) && !event.ctrlKey && !event.metaKey) return null;
  return actionOfKey(pressedKey(event), isMac);
}

function pressedKey(event: KeyboardEvent): PressedKey {
  const { key, code, shiftKey, ctrlKey, metaKey, altKey } = event;
  const altGraph = event.getModifierState('AltGraph');
  return { key, code, shiftKey, ctrlKey, metaKey, altKey, altGraph };
}
