import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Redactor } from '../../../src/session/redactor.ts';
import type { TranscriptEvent } from '../../../src/trace/transcriptEvent.ts';

const key = 'sk-"odd"/key+value=42';

describe('the redactor', () => {
  test('removes a key as it is, as JSON text and as part of a URL', () => {
    const redactor = new Redactor(key);
    for (const form of [key, JSON.stringify(key), `?k=${encodeURIComponent(key)}`]) {
      const text = redactor.text(`wrong: ${form} twice ${form}`);
      assert.ok(!text.includes('key'), text);
      assert.equal(text.split('[redacted]').length, 3);
    }
  });

  test('removes it from every kind of event that carries text', () => {
    const events: TranscriptEvent[] = [
      { type: 'text', mode: 'append', unit: '', text: key },
      { type: 'final', unit: '', text: key },
      { type: 'words', unit: '', words: [{ text: key, startMs: 0, endMs: 1 }] },
      { type: 'error', code: key, message: key, fatal: true },
      { type: 'other', name: key },
    ];
    const redactor = new Redactor(key);
    for (const event of events) {
      assert.ok(!JSON.stringify(redactor.event(event)).includes('value=42'), event.type);
    }
  });

  test('leaves speech alone when the key is a placeholder that may be a word', () => {
    const redactor = new Redactor('test');
    const said: TranscriptEvent = { type: 'final', unit: '', text: 'this is a test' };
    assert.deepEqual(redactor.event(said), said);
    assert.equal(redactor.raw('this is a test', [said]), 'this is a test');
    assert.equal(redactor.raw('bad key test', []), 'bad key [redacted]');
  });

  test('removes what is left of a key where a text was cut', () => {
    assert.equal(new Redactor('sk-123456').text('bad sk-1234… and'), 'bad [redacted]… and');
  });

  test('changes nothing without a key', () => {
    assert.equal(new Redactor(null).text('null undefined ""'), 'null undefined ""');
  });
});
