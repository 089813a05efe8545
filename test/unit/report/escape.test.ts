import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvCell } from '../../../src/report/csvCell.ts';
import { escapeHtml } from '../../../src/report/escapeHtml.ts';
import { markdownCode } from '../../../src/report/escapeMarkdown.ts';

test('text in Markdown is code that formats, links and mentions nothing', () => {
  assert.equal(markdownCode('utt-003'), '<code>utt-003</code>');
  assert.equal(markdownCode('a|b\n@team'), '<code>a&#124;b &#64;team</code>');
  assert.equal(markdownCode(' \u202E '), '');
});

test('nothing in Markdown text can end its cell or its element', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const inner = markdownCode(text).replace(/^<code>|<\/code>$/g, '');
      assert.doesNotMatch(inner, /[<>|`*_[\]@\n\r\\]/);
      assert.doesNotMatch(inner, /https?:|www\./i);
    }),
  );
});

test('nothing in HTML text can begin or end anything', () => {
  assert.equal(escapeHtml('<b title="\'">&'), '&lt;b title=&quot;&#39;&quot;&gt;&amp;');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(escapeHtml(text), /[<>"']/);
    }),
  );
});

test('text in CSV is quoted, and no formula', () => {
  assert.equal(csvCell('plain'), 'plain');
  assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
  assert.equal(csvCell('two\nlines'), '"two\nlines"');
  for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\u200B=1']) {
    assert.equal(csvCell(formula)[0], "'", JSON.stringify(formula));
  }
  assert.match(csvCell('=HYPERLINK("http://x","y")'), /^"'=HYPERLINK/);
  assert.equal(csvCell(-21.5), '-21.5');
  assert.equal(csvCell(null), '');
});
