import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { failureClass, failureReasons } from '../../../src/trace/sessionFailure.ts';

const docs = new URL('../../../docs/dialects.md', import.meta.url);

/** Rows `| reason | class | … |` of the table of failures. */
async function documentedReasons(): Promise<[string, string][]> {
  const lines = (await readFile(docs, 'utf8')).split('\n');
  const begin = lines.findIndex((line) => /^\| Reason +\| Class/.test(line));
  assert.ok(begin >= 0, 'docs/dialects.md has no table of failure reasons');
  const rows = lines.slice(begin + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end).map((row) => {
    const [, reason = '', className = ''] = row.split('|').map((cell) => cell.trim());
    return [reason.replaceAll('`', ''), className.replaceAll('`', '')];
  });
}

describe('failure reasons', () => {
  test('are documented one by one, with the class they count under', async () => {
    const inCode = failureReasons.map((reason) => [reason, failureClass(reason)]);
    assert.deepEqual(await documentedReasons(), inCode);
  });
});
