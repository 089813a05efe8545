import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { timelineActions } from '../../../../src/timeline/timelineActions.ts';
import { actionOfKey, type PressedKey } from '../../../../webview-ui/timeline/timelineKeys.ts';
import { keyLabels } from '../../../../webview-ui/shared/keyLabels.ts';

function press(change: Partial<PressedKey>): PressedKey {
  return {
    key: '',
    code: '',
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    altGraph: false,
    ...change,
  };
}

/** The event of a key of the list on a keyboard of the United States. */
function usual(listed: string): PressedKey {
  const parts = listed.split(/\+(?=.)/);
  const name = parts.at(-1)!;
  const shiftKey = parts.includes('Shift') || /^[<>?+]$/.test(name);
  const ctrlKey = parts.includes('Ctrl');
  if (name === 'Space') return press({ key: ' ', code: 'Space', shiftKey, ctrlKey });
  if (/^[A-Z]$/.test(name)) {
    const key = shiftKey ? name : name.toLowerCase();
    return press({ key, code: `Key${name}`, shiftKey, ctrlKey });
  }
  return press({ key: name, code: name, shiftKey, ctrlKey });
}

describe('the action of a key', () => {
  for (const isMac of [false, true]) {
    test(`each key of the list has its own, ${isMac ? 'macOS' : 'elsewhere'}`, () => {
      for (const { id, keys } of timelineActions) {
        for (const key of keys) assert.equal(actionOfKey(usual(key), isMac), id, key);
      }
    });
  }

  test('no key stands for two', () => {
    const keys = timelineActions.flatMap((action): readonly string[] => action.keys);
    assert.equal(new Set(keys).size, keys.length);
  });

  test('letters go by their place, on every layout', () => {
    assert.equal(actionOfKey(press({ key: 'z', code: 'KeyW' }), false), 'zoomIn');
    assert.equal(actionOfKey(press({ key: 'ц', code: 'KeyW' }), false), 'zoomIn');
    assert.equal(actionOfKey(press({ key: 'w', code: 'KeyZ' }), false), null);
  });

  test('digits by what is typed or by their place', () => {
    assert.equal(actionOfKey(press({ key: '0', code: 'Numpad0' }), false), 'zoomAll');
    assert.equal(actionOfKey(press({ key: 'à', code: 'Digit0' }), false), 'zoomAll');
  });

  test('signs go by what is typed, with whichever keys that takes', () => {
    const german = { code: 'Digit8', ctrlKey: true, altKey: true };
    assert.equal(
      actionOfKey(press({ ...german, key: '[', altGraph: true }), false),
      'selectionStart',
    );
    assert.equal(actionOfKey(press({ ...german, key: '[' }), false), null);
    const option = press({ key: '[', code: 'Digit5', altKey: true });
    assert.equal(actionOfKey(option, true), 'selectionStart');
    assert.equal(actionOfKey(option, false), null);
    assert.equal(
      actionOfKey(press({ key: '?', code: 'Minus', shiftKey: true }), false),
      'shortcuts',
    );
  });

  test('what VS Code or the system may want is left alone', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'] as const) {
      for (const key of ['W', 'P', 'F', '0', 'Space', 'Enter', 'Home']) {
        assert.equal(actionOfKey({ ...usual(key), [modifier]: true }, false), null, key);
      }
    }
    assert.equal(actionOfKey({ ...usual(','), ctrlKey: true }, false), null);
    assert.equal(actionOfKey({ ...usual('W'), shiftKey: true }, false), null);
  });

  test('Command is Ctrl', () => {
    assert.equal(actionOfKey(press({ key: 'ArrowLeft', metaKey: true }), true), 'previousWord');
  });
});

describe('how a key is written', () => {
  test('as on the keyboard of the reader', () => {
    assert.deepEqual(keyLabels('Ctrl+ArrowLeft', false), ['Ctrl', '←']);
    assert.deepEqual(keyLabels('Ctrl+ArrowLeft', true), ['⌘', '←']);
    assert.deepEqual(keyLabels('Shift+N', true), ['⇧', 'N']);
    assert.deepEqual(keyLabels('Escape', false), ['Esc']);
  });

  test('plus is a key, not only what joins keys', () => {
    assert.deepEqual(keyLabels('+', false), ['+']);
    assert.deepEqual(keyLabels('Ctrl++', false), ['Ctrl', '+']);
  });
});
