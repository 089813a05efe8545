import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { compareRuns } from '../../../src/comparison/compareRuns.ts';
import type { Comparison } from '../../../src/comparison/comparison.ts';
import { csvReport } from '../../../src/report/csvReport.ts';
import { htmlReport } from '../../../src/report/htmlReport.ts';
import { markdownReport } from '../../../src/report/markdownReport.ts';
import { verdictText } from '../../../src/report/rowCells.ts';
import type { Run } from '../../../src/runfile/run.ts';
import { comparedReport, type ComparedRunOptions } from '../../support/comparedRuns.ts';

const options = { metrics: ['ttfs', 'ttft', 'wer', 'error_rate'] };

function against(candidate: ComparedRunOptions): Comparison {
  const title = { title: 'Candidate' };
  return compareRuns(
    [comparedReport({ seed: 1 }), comparedReport({ seed: 2, ...title, ...candidate })],
    options,
  );
}

const later = against({ laterMs: 60, broken: [3, 7, 9, 11, 13, 15, 17, 20], failing: [5] });

/** Names that mean something in every format. */
const evil = '=1+<script>alert(1)</script>|**@team** [x](http://evil.example)"\u202E';

/** A comparison in which every text that comes from outside is hostile. */
function hostile(): Comparison {
  const rename = (run: Run): Run => ({
    ...run,
    info: { ...run.info, title: evil },
    plan: { ...run.plan, endpoints: [{ ...run.plan.endpoints[0]!, id: evil }] },
    endpoints: [
      { ...run.endpoints[0]!, id: evil, url: evil, model: evil, metadata: { [evil]: evil } },
    ],
    environment: { ...run.environment, cpuModel: evil },
    dataset: { ...run.dataset, problems: [{ file: evil, line: null, message: evil }] },
    utterances: run.utterances.map((utterance) => ({
      ...utterance,
      id: `${utterance.id}${evil}`,
      reference: `hello world again ${evil}`,
    })),
    sessions: run.sessions.map((session) => ({
      ...session,
      endpointId: evil,
      utteranceId: `${session.utteranceId}${evil}`,
    })),
  });
  const plain = (run: Run): Run => ({
    ...rename(run),
    endpoints: [{ ...rename(run).endpoints[0]!, metadata: {}, model: 'plain' }],
  });
  return compareRuns(
    [
      comparedReport({ seed: 1, run: plain }),
      comparedReport({ seed: 2, laterMs: 60, broken: [1, 2, 3], utterances: 41, run: rename }),
    ],
    options,
  );
}

test('the Markdown says what changed, with the worst utterances and words', () => {
  const text = markdownReport(later);
  assert.match(text, /^## RTBench comparison\n/);
  assert.match(text, /\| A \| <code>Run<\/code> \|/);
  assert.match(text, /### A → B, endpoint <code>local<\/code>: \*\*regressed\*\*/);
  assert.match(text, /TTFT, TTFS, WER regressed\./);
  assert.match(
    text,
    /\| Time to final segment \(TTFS\) \| 2\d\d ms \| 3\d\d ms \| \+\d\d ms \| .* \*\*regressed ▲\*\* \|/,
  );
  assert.match(text, /<code>world<\/code> → <code>whirled<\/code> \| 0 \| 8 \|/);
  assert.match(text, /<code>server&#95;error<\/code> \*\*new\*\* \| 0 \| 1 \|/);
  assert.match(
    text,
    /Worst utterances by WER.*\n.*\n\| <code>utt-005<\/code> \| success \| failed \|/,
  );
});

test('Markdown and HTML name error rates, kinds of errors and both numbers of resamples', () => {
  for (const text of [markdownReport(later), htmlReport(later)]) {
    assert.match(text, /A 0 of 40, 0\.0 % \[0\.0, 8\.8\]; B 1 of 40, 2\.5 % \[0\.4, 12\.9\]\./);
    assert.match(text, /Errors on 117 words: 0\.0 % → 6\.8 %\. Substituted 0 → 8 \(\+8\), deleted/);
    assert.match(text, /10,000 resamples for primary and 10,000 for exploratory metrics, seed 42/);
  }
  const alike = against({});
  for (const text of [markdownReport(alike), htmlReport(alike)]) {
    assert.match(text, /A 0 of 40, 0\.0 % \[0\.0, 8\.8\]; B 0 of 40/);
    assert.doesNotMatch(text, /Errors on \d+ words/);
  }
});

test('no significant change is also written as ~', () => {
  const [row] = later.pairs[0]!.metrics;
  const text = verdictText({ ...row!, verdict: 'no significant change' });
  assert.equal(text, '~ no significant change');
});

test('every line of a Markdown table has the cells of its head', () => {
  for (const text of [markdownReport(later), markdownReport(hostile())]) {
    for (const table of text.split('\n\n').filter((block) => block.startsWith('|'))) {
      const cells = table.split('\n').map((line) => line.replaceAll('\\|', '').split('|').length);
      assert.equal(new Set(cells).size, 1, table);
    }
  }
});

test('hostile text stays text in Markdown', () => {
  const text = markdownReport(hostile());
  assert.doesNotMatch(text, /<script/);
  assert.doesNotMatch(text, /@team/);
  assert.doesNotMatch(text, /\]\(http/);
  assert.doesNotMatch(text, /http:\/\//);
  assert.match(text, /&#60;script&#62;/);
  const tags = new Set([...text.matchAll(/<\/?([a-z]+)/g)].map(([, tag]) => tag));
  assert.deepEqual([...tags].toSorted(), ['code', 'details', 'summary']);
});

test('the CSV has one line per metric, and shares are ratios', () => {
  const [head, ...lines] = csvReport(later).trimEnd().split('\r\n');
  const names = head!.split(',');
  assert.equal(lines.length, 4);
  const cells = lines.find((line) => line.includes(',ttfs,'))!.split(',');
  const ttfs = new Map(names.map((name, at) => [name, cells[at]]));
  assert.equal(ttfs.get('verdict'), 'regressed');
  assert.ok(Number(ttfs.get('delta_low')) < 60 && Number(ttfs.get('delta_high')) > 60);
  assert.equal(ttfs.get('candidate'), 'Candidate');
});

test('no cell of a hostile CSV begins a formula', () => {
  const text = csvReport(hostile());
  assert.doesNotMatch(text, /(^|,|\n)"?[=@]/);
  assert.match(text, /'=1\+<script>/);
});

test('the HTML is whole in itself and forbids everything else', () => {
  const page = htmlReport(later);
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const [, style] = /<style>([^]*)<\/style>/.exec(page) ?? [];
  const hash = createHash('sha256').update(style!).digest('base64');
  assert.equal(
    policy,
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
  assert.doesNotMatch(
    page,
    /<script|<link|<img|\ssrc=|\shref=|\sstyle=|\son[a-z]+=|url\(|@import/i,
  );
  assert.equal(page.match(/<svg/g)?.length, 4);
  assert.equal(page.match(/class="line a"/g)?.length, 2);
  assert.equal(page.match(/class="line difference"/g)?.length, 2);
  assert.doesNotMatch(page, /NaN|Infinity|undefined|null/);
});

test('the plotted difference is the one between the runs', () => {
  const page = htmlReport(later);
  const [, points] = /class="line difference" points="([^"]*)"/.exec(page) ?? [];
  assert.equal(points!.split(' ').length, 91);
  assert.match(page, /<text class="tick"[^>]*>60<\/text>/);
});

test('hostile text stays text in HTML', () => {
  const page = htmlReport(hostile());
  assert.doesNotMatch(page, /<script|<img|alert\(1\)<\/script/i);
  assert.match(page, /&lt;script&gt;alert\(1\)/);
  const opened = [...page.matchAll(/<([a-z0-9]+)[\s>]/g)].map(([, tag]) => tag!);
  const closed = [...page.matchAll(/<\/([a-z0-9]+)>/g)].map(([, tag]) => tag!);
  const count = (tags: readonly string[], tag: string) => tags.filter((one) => one === tag).length;
  for (const tag of ['bdi', 'td', 'tr', 'table', 'section', 'svg', 'span', 'p', 'ul', 'li']) {
    assert.equal(count(opened, tag), count(closed, tag), tag);
  }
});
