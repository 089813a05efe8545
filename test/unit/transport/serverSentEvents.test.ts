import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ServerSentEvents } from '../../../src/transport/serverSentEvents.ts';

function read(pieces: readonly Uint8Array[]): string[] {
  const events = new ServerSentEvents();
  return [...pieces.flatMap((piece) => events.push(piece)), ...events.end()];
}

function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [0, ...places.map((at) => at % (bytes.length + 1)), bytes.length];
  const sorted = cuts.toSorted((a, b) => a - b);
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

describe('server-sent events', () => {
  const cases: [string, string, string[]][] = [
    ['one', 'data: a\n\n', ['a']],
    ['without a space', 'data:a\n\n', ['a']],
    ['of several lines', 'data: a\ndata: b\n\n', ['a\nb']],
    ['among comments and other fields', ': hi\n\nevent: x\nid: 3\nretry: 5\ndata: a\n\n', ['a']],
    ['with \\r\\n and \\r', 'data: a\r\n\r\ndata: b\r\r', ['a', 'b']],
    ['without the last blank line', 'data: a\n\ndata: [DONE]\n', ['a', '[DONE]']],
    ['without the last line end', 'data: a\n\ndata: [DONE]', ['a', '[DONE]']],
    ['of no data', 'data:\n\nevent: x\n\n', []],
    ['behind a byte order mark', '\ufeffdata: a\n\n', ['a']],
    ['of nothing', '', []],
    ['of something else', '<html>\n\n{"text":"x"}\n', []],
  ];
  for (const [name, text, events] of cases) {
    test(name, () => {
      assert.deepEqual(read([Buffer.from(text)]), events);
    });
  }

  test('are the same however their bytes are cut', () => {
    const line = fc
      .string({ unit: 'grapheme' })
      .map((text) => text.replaceAll(/[\r\n\ufeff]/g, '·'));
    const datas = fc.array(
      line.filter((text) => text !== ''),
      { maxLength: 8 },
    );
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(datas, lineEnd, fc.array(fc.nat()), fc.boolean(), (all, end, cuts, comments) => {
        const comment = comments ? `: é${end}` : '';
        const text = all.map((data) => `${comment}data: ${data}${end}${end}`).join('');
        assert.deepEqual(read(cutAt(Buffer.from(text), cuts)), all);
      }),
    );
  });
});
