import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { planLenses } from '../../../src/lsp/plan/codeLenses.ts';
import {
  completionPlace,
  planCompletions,
  type Completion,
  type FolderEntry,
} from '../../../src/lsp/plan/completion.ts';
import { planFindings } from '../../../src/lsp/plan/findings/planFindings.ts';
import { keyHover, planHover } from '../../../src/lsp/plan/hover.ts';
import { planHints } from '../../../src/lsp/plan/inlayHints.ts';
import { readPlanDocument } from '../../../src/lsp/plan/planDocument.ts';
import type { PlanFacts } from '../../../src/lsp/plan/planFacts.ts';
import {
  formatPlan,
  planFolds,
  planLinks,
  planSymbols,
  renameEndpoint,
} from '../../../src/lsp/plan/structure.ts';
import { textProfileList } from '../../../src/metrics/text/textProfileList.ts';
import { textProfiles } from '../../../src/metrics/text/textProfiles.ts';
import { dialects } from '../../../src/dialects/registry.ts';
import { dialectFacts } from '../../../src/dialects/dialectFacts.ts';
import { factsOfDialect } from '../../../src/dialects/factsOfDialect.ts';
import { planFacts, planResult } from '../../support/planFacts.ts';

/** Takes the caret, `|`, out of a text. */
function atCaret(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

function complete(marked: string, schemaIsCompleted = false, entries: FolderEntry[] = []) {
  const { text, offset } = atCaret(marked);
  const document = readPlanDocument(text);
  const place = completionPlace(document, offset, { schemaIsCompleted });
  const found = place ? planCompletions(document, place, planFacts(), entries) : [];
  const apply = ({ replace, newText }: Completion): string =>
    text.slice(0, replace.offset) + newText + text.slice(replace.offset + replace.length);
  return { labels: found.map(({ label }) => label), found, apply };
}

describe('completion in a plan', () => {
  test('offers the endpoints that are not in it yet', () => {
    assert.deepEqual(complete('{"endpoints": ["|"]}').labels, ['local', 'embedded']);
    assert.deepEqual(complete('{"endpoints": ["local", "|"]}').labels, ['embedded']);
    const { found, apply } = complete('{"endpoints": [|]}');
    assert.equal(apply(found[0]!), '{"endpoints": ["local"]}');
    const within = complete('{"endpoints": ["lo|c"]}');
    assert.equal(within.apply(within.found[0]!), '{"endpoints": ["local"]}');
  });

  test('offers dialects with their names, unless the schema does', () => {
    const marked = '{"endpoints": [{"id": "a", "dialect": "|"}]}';
    assert.equal(complete(marked).labels.length, dialects.length);
    assert.equal(complete(marked).found[0]?.detail, 'vLLM realtime');
    assert.deepEqual(complete(marked, true).labels, []);
  });

  test('offers keys that are not there yet, and what may stand behind them', () => {
    const top = complete('{ "name": "N", | }');
    assert.equal(top.labels.includes('name'), false);
    const endpoints = top.found.find(({ label }) => label === 'endpoints');
    assert.equal(endpoints?.detail, 'required');
    assert.equal(top.apply(endpoints), '{ "name": "N", "endpoints":  }');
    const begun = complete('{ "pacing": { "mo|": "lead" } }');
    assert.deepEqual(begun.labels, ['mode', 'speed', 'chunkMs']);
    assert.equal(begun.apply(begun.found[0]!), '{ "pacing": { "mode": "lead" } }');
    assert.ok(complete('{ "endpoints": ["a", { "id": "b", "| }] }').labels.includes('apiKeyEnv'));
    const mode = complete('{ "pacing": { "mode": "|" } }');
    assert.deepEqual(mode.labels, ['capture', 'lead', 'burst']);
    assert.equal(mode.apply(mode.found[2]!), '{ "pacing": { "mode": "burst" } }');
    const reuse = complete('{ "profiles": [{ "reuseConnections": | }] }');
    assert.equal(reuse.apply(reuse.found[0]!), '{ "profiles": [{ "reuseConnections": true }] }');
    for (const none of [
      '{ "name"| }',
      '{ "pacing": { "mode": "lead"| } }',
      '{ "name": "|" }',
      '|',
    ]) {
      assert.deepEqual(complete(none).labels, [], none);
    }
    assert.deepEqual(complete('{ | }', true).labels, []);
  });

  test('offers metrics, then statistics, then comparisons', () => {
    const metrics = complete('{"thresholds": ["tt|"]}');
    const ttft = metrics.found.find(({ label }) => label === 'ttft');
    assert.equal(metrics.apply(ttft!), '{"thresholds": ["ttft.p95"]}');
    const wer = metrics.found.find(({ label }) => label === 'wer');
    assert.equal(metrics.apply(wer!), '{"thresholds": ["wer"]}');
    assert.deepEqual(complete('{"thresholds": ["ttft.|"]}').labels.slice(0, 3), [
      'p50',
      'p90',
      'p95',
    ]);
    assert.deepEqual(complete('{"thresholds": ["wer.|"]}').labels, []);
    assert.deepEqual(complete('{"thresholds": ["ttft.p95 |"]}').labels, ['<=', '>=']);
    assert.deepEqual(complete('{"thresholds": ["exact |"]}').labels, ['>=', '<=']);
    assert.deepEqual(complete('{"thresholds": ["ttft.p95 <= 8|"]}').labels, ['ms', 's']);
    const units = complete('{"thresholds": ["wer <= 8 |"]}');
    assert.equal(units.apply(units.found[0]!), '{"thresholds": ["wer <= 8 %"]}');
    const begun = complete('{"thresholds": ["ttft.p95 <= 8 m|"]}');
    assert.equal(begun.apply(begun.found[0]!), '{"thresholds": ["ttft.p95 <= 8 ms"]}');
    const before = complete('{"thresholds": ["tt|fs.p95 <= 3"]}');
    const ttfs = before.found.find(({ label }) => label === 'ttfs');
    assert.equal(before.apply(ttfs!), '{"thresholds": ["ttfs.p95 <= 3"]}');
  });

  test('offers paths folder by folder', () => {
    const entries = [
      { name: 'calls', isFolder: true },
      { name: 'a.wav', isFolder: false },
    ];
    const top = complete('{"datasets": ["|"]}', false, entries);
    assert.deepEqual(top.labels, ['bundled', 'calls/', 'a.wav']);
    assert.deepEqual(complete('{"outputFolder": "|"}', false, entries).labels, ['calls/']);
    const within = complete('{"datasets": [{"path": "../x/ca|"}]}', false, entries);
    assert.equal(within.apply(within.found[0]!), '{"datasets": [{"path": "../x/calls/"}]}');
  });

  test('offers text profiles', () => {
    assert.ok(complete('{"textProfile": "|"}').labels.includes('en-whisper@1'));
  });

  test('offers nothing where nothing of its own can stand', () => {
    for (const marked of ['{"|": 1}', '{"name": "|"}', '|', '{"endpoints": [{"id": "|"}]}']) {
      assert.deepEqual(complete(marked, true).labels, [], marked);
    }
  });
});

describe('completion in a load', () => {
  test('offers each kind once, and then what that kind has', () => {
    const kinds = complete('{"profiles": [{"kind": "|"}]}').labels;
    assert.deepEqual(kinds, [...new Set(kinds)]);
    assert.ok(kinds.includes('ramp') && kinds.includes('trace'));
    const random = complete('{"profiles": [{"kind": "poisson", |}]}').labels;
    assert.deepEqual(random, ['perSecond', 'seed']);
    assert.deepEqual(complete('{"profiles": [{"kind": "ramp", "of": "|"}]}').labels, [
      'perSecond',
      'sessions',
    ]);
  });

  test('offers files for recorded starts, and no dataset', () => {
    const entries = [{ name: 'monday.csv', isFolder: false }];
    const marked = '{"profiles": [{"kind": "trace", "path": "|"}]}';
    assert.deepEqual(complete(marked, false, entries).labels, ['monday.csv']);
  });
});

describe('hover in a plan', () => {
  const hover = (marked: string, facts: PlanFacts = planFacts()): string => {
    const { text, offset } = atCaret(marked);
    return planHover(readPlanDocument(text), offset, facts)?.markdown ?? '';
  };

  test('tells how dense recorded starts are', () => {
    const marked = '{"profiles": [{"kind": "trace", "path": "mon|day.csv"}]}';
    const fact = { kind: 'usable', starts: 121, durationMs: 60_000 } as const;
    const facts = planFacts({ recordings: new Map([['monday.csv', fact]]) });
    assert.equal(hover(marked, facts), '**121 starts** in 1:00, 2.00 per second');
  });

  test('explains keys by the schema', () => {
    const explain = (marked: string): string => {
      const { text, offset } = atCaret(marked);
      return keyHover(readPlanDocument(text), offset)?.markdown ?? '';
    };
    assert.match(explain('{"war|mUp": 1}'), /^Sessions for each endpoint before/);
    assert.match(explain('{"endpoints": [{"api|KeyEnv": "A"}]}'), /environment variable/i);
    for (const none of ['{"warmUp": |1}', '{"noth|ing": 1}', '{"name": "warm|Up"}', '|']) {
      assert.equal(explain(none), '', none);
    }
  });

  test('explains metrics and tells the last result', () => {
    const plan = '{"name": "N", "endpoints": ["local"], "thresholds": ["tt|ft.p95 <= 800 ms"]}';
    const results = [planResult('N')];
    const markdown = hover(plan, planFacts({ results }));
    assert.match(markdown, /Time to first text/);
    assert.match(markdown, /lower is better/);
    assert.match(markdown, /95th percentile/);
    assert.match(markdown, /missed, 900 ms/);
  });

  test('tells of endpoints, dialects and datasets', () => {
    assert.match(hover('{"endpoints": ["lo|cal"]}'), /Vosk.*segment is replaced/s);
    assert.match(hover('{"endpoints": [{"id": "a", "dialect": "dee|pgram"}]}'), /Deepgram/);
    assert.match(
      hover('{"datasets": ["spe|ech"]}'),
      /12 utterances.*1:05.*12 × wav, 16 kHz, mono/s,
    );
  });

  test('of hostile texts makes no link', () => {
    const evil = '[click](command:evil) <a href=x> `';
    const plan = JSON.stringify({ endpoints: [{ id: evil }] }).replace('click', 'cl|ick');
    assert.doesNotMatch(hover(plan), /\]\(command/);
    const facts = planFacts({
      datasets: new Map([['x', { kind: 'unusable', reason: evil }]]),
    });
    assert.doesNotMatch(hover('{"datasets": ["|x"]}', facts), /\]\(command/);
  });
});

describe('results beside thresholds', () => {
  const text =
    '{"name": "N", "endpoints": ["local"], "thresholds": ["ttft.p95 <= 800 ms", "wer <= 8 %", "?"]}';
  const hints = (facts: PlanFacts) => planHints(readPlanDocument(text), facts);

  test('are those of the newest run, at worst', () => {
    const old = planResult('N', { startedAtMs: 1, ttftP95: 100 });
    const results = [planResult('N', { startedAtMs: 2 }), old];
    const found = hints(planFacts({ results }));
    assert.deepEqual(
      found.map(({ label }) => label),
      ['✗ 900 ms', '✓ 5.0 %'],
    );
    assert.equal(text.slice(0, found[0]!.offset).endsWith('800 ms"'), true);
  });

  test('name the endpoint where there are several', () => {
    const [one] = planResult('N').summary;
    const [other] = planResult('N', { ttftP95: null, endpoint: 'slow' }).summary;
    const result = { ...planResult('N'), summary: [one!, other!] };
    assert.equal(hints(planFacts({ results: [result] }))[0]?.label, '✗ no value (slow)');
  });

  test('are absent before the first run', () => {
    assert.deepEqual(hints(planFacts()), []);
  });
});

describe('lenses of a plan', () => {
  const titles = (text: string, facts = planFacts()) =>
    planLenses(readPlanDocument(text), facts).map(({ title }) => title.replace(/^\$\(.*?\) /, ''));

  test('run it, compare it and open its last run', () => {
    const one = '{"name": "N", "endpoints": ["local"]}';
    assert.deepEqual(titles(one), ['Run']);
    const results = [planResult('N', { startedAtMs: 2 }), planResult('N')];
    assert.deepEqual(titles(one, planFacts({ results })), [
      'Run',
      'Open Last Run',
      'Compare with Last',
    ]);
  });

  test('run it with one endpoint or with all', () => {
    const two = '{"name": "N", "endpoints": ["embedded", {"id": "a", "url": "ws://x"}]}';
    const only = ['Run on embedded Only', 'Run on a Only'];
    assert.deepEqual(titles(two), ['Run', 'Run on All Endpoints', ...only]);
  });

  test('are absent while the text is no plan', () => {
    assert.deepEqual(titles('{"name": "N"}'), []);
  });
});

describe('the structure of a plan', () => {
  const text = `{
  "name": "N",
  "endpoints": ["local", { "id": "mine", "url": "ws://x" }],
  "datasets": ["speech"],
  "thresholds": ["wer <= 8 %"],
  "outputFolder": "out",
}`;
  const document = readPlanDocument(text);

  test('is outlined', () => {
    const symbols = planSymbols(document);
    const names = symbols.map(({ name, children }) => [name, ...children.map((one) => one.name)]);
    assert.deepEqual(names, [
      ['name'],
      ['endpoints', 'local', 'mine'],
      ['datasets', 'speech'],
      ['thresholds', 'wer <= 8 %'],
      ['outputFolder'],
    ]);
    for (const { offset, length, selection } of symbols.flatMap((each) => [
      each,
      ...each.children,
    ])) {
      assert.ok(selection.offset >= offset);
      assert.ok(selection.offset + selection.length <= offset + length);
    }
  });

  test('links what lies on disk, and folds', () => {
    assert.deepEqual(
      planLinks(document).map(({ target }) => target),
      ['speech', 'out'],
    );
    assert.equal(planFolds(document).length, 1);
  });

  test('takes other ids', () => {
    const refusal = (offset: number, name: string): string =>
      JSON.stringify(renameEndpoint(document, offset, name));
    const at = text.indexOf('mine') + 1;
    const edits = renameEndpoint(document, at, 'a "new" one');
    assert.ok(Array.isArray(edits));
    assert.equal(edits[0]?.newText, 'a \\"new\\" one');
    assert.match(refusal(at, 'local'), /already/);
    assert.match(refusal(text.indexOf('local'), 'x'), /settings/);
    assert.match(refusal(0, 'x'), /no endpoint/);
  });

  test('is laid out anew with its comments', () => {
    const edits = formatPlan({ text: '{"a":1,//x\n"b":2}' }, null, {
      tabSize: 2,
      insertSpaces: true,
    });
    assert.ok(edits.length > 0);
  });
});

test('no text, whole or cut, breaks a feature', () => {
  const whole = `{ "name": "N", // c
    "endpoints": ["local", {"id": "a\\n", "url": "ws://u:p@x", "options": {"token": "secret"}}, 3],
    "datasets": ["speech", {"path": "x", "limit": 3}, null], "thresholds": ["ttft.p95 <= 8 ms", "x", 4],
    "pacing": {"mode": "burst"}, "textProfile": 7 }`;
  const facts = planFacts({ results: [planResult('N')] });
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(whole.length), fc.string(), (from, to, typed) => {
      const text = whole.slice(0, from) + typed + whole.slice(Math.max(from, to));
      const document = readPlanDocument(text);
      planFindings(document, facts, { schemaIsChecked: false });
      planHints(document, facts);
      planLenses(document, facts);
      planSymbols(document);
      planFolds(document);
      planLinks(document);
      planHover(document, from, facts);
      const place = completionPlace(document, from, { schemaIsCompleted: false });
      if (place) planCompletions(document, place, facts);
    }),
  );
});

test('the lists of profiles and dialects say what the things themselves say', () => {
  assert.deepEqual(
    textProfileList.map(({ id, description }) => [id, description]),
    textProfiles.map(({ id, description }) => [id, description]),
  );
  assert.deepEqual(
    dialectFacts,
    Object.fromEntries(dialects.map((dialect) => [dialect.id, factsOfDialect(dialect)])),
  );
});
