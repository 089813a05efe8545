import { timelineActions, type TimelineActionId } from '../../src/timeline/timelineActions.ts';

/** What of a keyboard event tells keys apart. */
export interface PressedKey {
  key: string;
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** AltGr, with which many layouts type brackets, looks like Ctrl and Alt on Windows. */
  altGraph: boolean;
}

/**
 * The action of a key, by the one list of them; null where it has none. Letters are taken by
 * their place on the keyboard, so that A, D, W and S are a cluster on every layout; signs by
 * what is typed, whichever keys that takes.
 *
 * @param isMac where Option types signs, and Command does what Ctrl does elsewhere
 */
export function actionOfKey(pressed: PressedKey, isMac: boolean): TimelineActionId | null {
  const found = timelineActions.find(({ keys }) =>
    keys.some((key) => isPressed(key, pressed, isMac)),
  );
  return found?.id ?? null;
}

function isPressed(wanted: string, pressed: PressedKey, isMac: boolean): boolean {
  const parts = wanted.split(/\+(?=.)/);
  const name = parts.at(-1)!;
  const command = pressed.ctrlKey || pressed.metaKey;
  if (isSign(name)) {
    const typed = pressed.altGraph || (!command && (isMac || !pressed.altKey));
    return typed && pressed.key === name;
  }
  if (pressed.altKey || command !== parts.includes('Ctrl')) return false;
  if (pressed.shiftKey !== parts.includes('Shift')) return false;
  if (/^[A-Z]$/.test(name)) return pressed.code === `Key${name}`;
  if (name === '0') return pressed.key === '0' || pressed.code === 'Digit0';
  return name === 'Space' ? pressed.code === 'Space' : pressed.key === name;
}

/** Typed by one character that is neither letter nor digit. */
function isSign(name: string): boolean {
  return name.length === 1 && !/[A-Z0-9]/.test(name);
}
