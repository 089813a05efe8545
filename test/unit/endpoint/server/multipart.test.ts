import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseMultipart } from '../../../../src/endpoint/server/multipart.ts';

async function encoded(form: FormData): Promise<[Uint8Array, string]> {
  const response = new Response(form);
  const type = response.headers.get('content-type') ?? '';
  return [new Uint8Array(await response.arrayBuffer()), type];
}

describe('parseMultipart', () => {
  it('reads what fetch writes, whatever the bytes', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { maxLength: 4 }), async (files) => {
        const form = new FormData();
        form.append('model', 'm');
        for (const [index, file] of files.entries()) {
          form.append('file', new Blob([Uint8Array.from(file)]), `speech ${index}.wav`);
        }
        const parts = parseMultipart(...(await encoded(form)));
        assert.deepEqual(
          parts?.map(({ name, fileName, bytes: read }) => [name, fileName, [...read]]),
          [
            ['model', null, [109]],
            ...files.map((file, index) => ['file', `speech ${index}.wav`, [...file]]),
          ],
        );
      }),
    );
  });

  it('reads unquoted parameters and what comes before the first part', () => {
    const body =
      'before\r\n--b\r\ncontent-disposition: form-data; name=x\r\n\r\n1\r\n--b--\r\nafter';
    const parts = parseMultipart(Buffer.from(body), 'multipart/form-data; boundary=b');
    assert.deepEqual(
      parts?.map(({ name, fileName }) => [name, fileName]),
      [['x', null]],
    );
  });

  it('finds nothing in what is none, or cut off', () => {
    const type = 'multipart/form-data; boundary="b"';
    const part = '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n';
    for (const body of ['', 'x', part, `${part}--`, '--b\r\n\r\n\r\n--b--', '--b\r\nx\r\n--b--']) {
      assert.equal(parseMultipart(Buffer.from(body), type), null, body);
    }
    for (const other of ['', 'application/json', 'multipart/form-data', 'text/plain; boundary=b']) {
      assert.equal(parseMultipart(Buffer.from(`${part}--b--`), other), null, other);
    }
  });
});
