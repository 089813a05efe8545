import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding, Fix } from '../../../src/lsp/remarks/finding.ts';
import { planFindings } from '../../../src/lsp/plan/findings/planFindings.ts';
import { readPlanDocument } from '../../../src/lsp/plan/planDocument.ts';
import type { PlanFacts } from '../../../src/lsp/plan/planFacts.ts';
import { parsePlanText } from '../../../src/planfile/parsePlanFile.ts';
import { planFacts, speech } from '../../support/planFacts.ts';

function findingsIn(text: string, facts: PlanFacts = planFacts()): Finding[] {
  return planFindings(readPlanDocument(text), facts, { schemaIsChecked: false });
}

function planWith(parts: string): string {
  return `{ "name": "N", "endpoints": ["local"], ${parts} }`;
}

/** What each finding marks, by its code. */
function marks(text: string, facts?: PlanFacts): [code: string, marked: string][] {
  return findingsIn(text, facts).map(({ code, offset, length }) => [
    code,
    text.slice(offset, offset + length),
  ]);
}

function thresholds(...written: string[]): string {
  return planWith(`"datasets": ["speech"], "thresholds": ${JSON.stringify(written)}`);
}

function applied(text: string, fix: Fix | undefined): string {
  assert.ok(fix, 'a fix');
  const edits = [...fix.edits].sort((one, other) => other.offset - one.offset);
  return edits.reduce(
    (changed, { offset, length, newText }) =>
      changed.slice(0, offset) + newText + changed.slice(offset + length),
    text,
  );
}

describe('findings in a plan', () => {
  test('there are none in a good one', () => {
    const good = '"datasets": ["speech"], "thresholds": ["ttft.p50 <= 0.8 s", "wer <= 8 %"]';
    assert.deepEqual(findingsIn(planWith(good)), []);
  });

  test('an endpoint that is not configured can be defined', () => {
    const text = '{ "name": "N", "endpoints": ["other"], "datasets": ["speech"] }';
    assert.deepEqual(marks(text), [['endpoint-unknown', 'other']]);
    const [finding] = findingsIn(text);
    const { plan } = parsePlanText(applied(text, finding?.fixes[0]));
    assert.deepEqual(plan?.endpoints[0], {
      id: 'other',
      url: 'ws://localhost:8000',
      dialect: 'vllm-realtime',
      model: null,
      language: null,
      apiKeyEnv: null,
    });
    assert.equal(finding?.fixes[1]?.command?.command, 'rtbench.addEndpoint');
    assert.deepEqual(findingsIn(applied(text, finding.fixes[2])), []);
  });

  test('an endpoint that comes twice gets another id', () => {
    const text = '{ "name": "N", "endpoints": ["local", {"id": "local", "url": "ws://x"}] }';
    assert.deepEqual(marks(text), [['endpoint-repeated', 'local']]);
    assert.deepEqual(marks(applied(text, findingsIn(text)[0]?.fixes[0])), []);
  });

  test('a dataset that is not there', () => {
    const facts = planFacts({
      datasets: new Map([['gone', { kind: 'unusable', reason: 'It does not exist.' }]]),
    });
    const text = planWith('"datasets": ["gone"]');
    assert.deepEqual(marks(text, facts), [['dataset-unusable', 'gone']]);
    assert.match(applied(text, findingsIn(text, facts)[0]?.fixes[0]), /"bundled"/);
  });

  test('recorded starts that cannot be repeated', () => {
    const reason = 'gone.csv cannot be read.';
    const facts = planFacts({ recordings: new Map([['gone.csv', { kind: 'unusable', reason }]]) });
    const text = planWith('"profiles": [{ "kind": "trace", "path": "gone.csv" }]');
    assert.deepEqual(marks(text, facts), [['recording-unusable', 'gone.csv']]);
  });

  test('entries of a dataset that cannot be used', () => {
    const problems = ['manifest.jsonl:3: The audio file a.wav does not exist.'];
    const fact = speech({ problems, problemCount: 9 });
    const [finding] = findingsIn(
      planWith('"datasets": ["speech"]'),
      planFacts({ datasets: new Map([['speech', fact]]) }),
    );
    assert.equal(finding?.severity, 'warning');
    assert.match(finding.message, /a\.wav does not exist\.\nand 8 more/);
  });

  test('audio that must be resampled', () => {
    const formats = [{ format: 'flac', sampleRateHz: 44_100, channels: 2, files: 1 }];
    const facts = planFacts({ datasets: new Map([['speech', speech({ formats })]]) });
    const [finding] = findingsIn(planWith('"datasets": ["speech"]'), facts);
    assert.equal(finding?.code, 'dataset-resampled');
    assert.equal(finding.severity, 'information');
    assert.match(finding.message, /44\.1 kHz.*16 kHz.*Vosk/);
  });

  for (const [written, marked, code] of [
    ['tft.p95 <= 800', 'tft', 'threshold-metric'],
    ['tokens_source <= 1', 'tokens_source', 'threshold-metric'],
    ['ttft <= 800', 'ttft', 'threshold-statistic'],
    ['wer.p95 <= 0.1', 'p95', 'threshold-statistic'],
    ['ttft.p42 <= 800', 'p42', 'threshold-statistic'],
    ['ttft.p50 < 800', '<', 'threshold-form'],
    ['wer <= 8 ms', 'ms', 'threshold-unit'],
    ['ttft.p50 <= 8 %', '%', 'threshold-unit'],
    ['session_duration.p50 <= 8 s', 's', 'threshold-unit'],
    ['hello there', 'hello', 'threshold-metric'],
    ['wer', 'wer', 'threshold-form'],
    ['', '""', 'threshold-form'],
    ['rtfx.p50 >= 1', 'rtfx', 'threshold-no-value'],
    ['ttft_commit.p50 <= 1 s', 'ttft_commit', 'threshold-no-value'],
    ['ttft.p99 <= 1 s', 'p99', 'few-sessions'],
  ] as const) {
    test(`a threshold "${written}"`, () => {
      assert.deepEqual(marks(thresholds(written)).at(-1), [code, marked]);
    });
  }

  for (const written of ['tft.p50 <= 800', 'ttft <= 800', 'wer.p95 <= 0.1', 'ttft.p50 < 800']) {
    test(`the fix of "${written}" is right`, () => {
      const text = thresholds(written);
      const fixed = applied(text, findingsIn(text)[0]?.fixes.at(-1));
      assert.notEqual(fixed, text);
      assert.deepEqual(findingsIn(fixed), []);
    });
  }

  test('places are right behind escapes, and so are fixes', () => {
    const text = planWith('"thresholds": ["\\u0074tft \\u003c 8"]');
    assert.deepEqual(marks(text), [['threshold-form', '\\u003c']]);
    const fixed = applied(text, findingsIn(text)[0]?.fixes[0]);
    assert.match(fixed, /\["\\u0074tft <= 8"\]/);
    assert.match(applied(fixed, findingsIn(fixed)[0]?.fixes[0]), /"\\u0074tft\.p95 <= 8"/);
  });

  for (const [rest, code, ...fixes] of [
    ['"thresholds": ["ttft.p99 <= 1 s"]', 'few-sessions', '"repeats": 31', '"ttft.p50 <= 1 s"'],
    ['"repeats": 2, "thresholds": ["ttft.p95 <= 1 s"]', 'few-sessions', '"repeats": 6', '.p50 <='],
    [
      '"thresholds": [ "rtfx.p50 >= 1" ]',
      'threshold-no-value',
      '"mode": "burst"',
      '"thresholds": [  ]',
    ],
    [
      '"pacing": {"mode": "burst"}, "thresholds": ["ttfs.p50 <= 1"]',
      'threshold-no-value',
      '{"mode": "capture"}',
      '[]',
    ],
    [
      '"pacing": {}, "thresholds": ["rtfx.p50 >= 1"]',
      'threshold-no-value',
      '{ "mode": "burst",}',
      '[]',
    ],
    [
      '"thresholds": ["ttft.p42 <= 1 s"]',
      'threshold-statistic',
      'ttft.p50',
      'ttft.p90',
      'ttft.p95',
      'ttft.p99',
      'ttft.max',
      'ttft.mean',
    ],
    ['"thresholds": ["ttft.p50 <= 1 furlong"]', 'threshold-unit', '<= 1 ms', '<= 1 s'],
    ['"thresholds": ["wer <= 8"]', 'threshold-share', 'wer <= 8 %'],
    ['"datasets": [{"path": "speech", "limit": 99}]', 'dataset-limit', '["speech"]'],
  ] as const) {
    test(`${code} in ${rest} has fixes that mend it`, () => {
      const [, ...others] = ['"datasets": ["speech"]', rest];
      const text = planWith(
        (rest.startsWith('"datasets') ? others : ['"datasets": ["speech"]', rest]).join(', '),
      );
      const found = findingsIn(text).filter((each) => each.code === code);
      assert.equal(found.length, 1);
      const changed = found[0]!.fixes.map((fix) => applied(text, fix));
      assert.equal(changed.length, fixes.length);
      for (const [index, each] of changed.entries()) {
        assert.ok(each.includes(fixes[index]!), each);
        assert.ok(parsePlanText(each).plan, each);
        assert.ok(!findingsIn(each).some((left) => left.code === code), each);
      }
    });
  }

  test('a named endpoint that comes twice is taken out', () => {
    const text =
      '{ "name": "N", "endpoints": [\n  "local",\n  "local"\n], "datasets": ["speech"] }';
    const [finding] = findingsIn(text);
    assert.equal(finding?.code, 'endpoint-repeated');
    const fixed = applied(text, finding.fixes[0]);
    assert.equal(fixed, '{ "name": "N", "endpoints": [\n  "local"\n], "datasets": ["speech"] }');
  });

  test('an address that is none', () => {
    const text = '{ "name": "N", "endpoints": [{ "id": "a", "url": "asr.example" }] }';
    assert.deepEqual(marks(text), [['endpoint-address', 'asr.example']]);
    assert.deepEqual(marks(applied(text, findingsIn(text)[0]?.fixes[0])), []);
    assert.deepEqual(marks(text.replace('asr.example', 'embedded')), []);
  });

  test('a key that stands twice, and what is within', () => {
    const twice = '{ "name": "N", "endpoints": ["local"], "endpoints": ["embedded"] }';
    assert.deepEqual(marks(twice), [['plan', '"endpoints"']]);
    const within = '{ "name": "N", "endpoints": [{ "id": "a", "id": "b", "url": "ws://x" }] }';
    assert.deepEqual(marks(within), [['plan', '"id"']]);
  });

  test('a byte order mark is no part of the plan', () => {
    const text = `\uFEFF${planWith('"thresholds": ["wr <= 1"]')}`;
    assert.ok(parsePlanText(text).plan);
    assert.deepEqual(marks(text), [['threshold-metric', 'wr']]);
  });

  test('a dataset without references, or with some', () => {
    for (const [withReference, message] of [
      [0, /no reference texts here, so that runs have no WER/],
      [5, /^7 of 12 utterances have no reference text/],
    ] as const) {
      const facts = planFacts({ datasets: new Map([['speech', speech({ withReference })]]) });
      const [finding] = findingsIn(planWith('"datasets": ["speech"]'), facts);
      assert.equal(finding?.code, 'dataset-no-reference');
      assert.equal(finding.severity, 'information');
      assert.match(finding.message, message);
    }
  });

  test('metrics that the dataset says too little for', () => {
    const fact = speech({ withReference: 0, withWordTimes: 0 });
    const facts = planFacts({ datasets: new Map([['speech', fact]]) });
    const found = findingsIn(thresholds('wer <= 8 %', 'ttfs.p50 <= 1 s', 'ttft.p50 <= 1 s'), facts);
    assert.deepEqual(
      found.slice(1).map(({ message }) => /needs (.*), of/.exec(message)?.[1]),
      ['reference texts', 'times of its words'],
    );
  });

  test('metrics of speech time in burst pacing', () => {
    const burst = '"pacing": {"mode": "burst"}, "thresholds": ["ttfs.p50 <= 1", "rtfx.p50 >= 1"]';
    assert.deepEqual(marks(planWith(burst)), [['threshold-no-value', 'ttfs']]);
  });

  test('goodput without thresholds on sessions', () => {
    assert.deepEqual(marks(thresholds('goodput_ratio >= 95 %', 'wer <= 8 %')), [
      ['threshold-no-value', 'goodput_ratio'],
    ]);
    const [finding] = findingsIn(thresholds('goodput >= 1'));
    assert.match(finding!.message, /"goodput" needs thresholds on metrics of sessions/);
    assert.deepEqual(marks(thresholds('goodput_ratio >= 95 %', 'ttft.p50 <= 1 s')), []);
    assert.deepEqual(marks(thresholds('goodput >= 1', 'wel.p50 <= 1 s')), []);
  });

  test('revisions of a protocol that only appends', () => {
    const text =
      '{ "name": "N", "endpoints": ["embedded"], "thresholds": ["revision_events.p50 <= 3"] }';
    assert.deepEqual(marks(text), [['threshold-no-value', 'revision_events']]);
  });

  test('a text profile that does not exist', () => {
    assert.deepEqual(marks(planWith('"textProfile": "english"')), [['text-profile', 'english']]);
  });

  test('repeats count as sessions, and a limit takes them away', () => {
    const p95 = (rest: string) =>
      marks(planWith(`"datasets": [{"path": "speech"${rest}, "thresholds": ["ttft.p95 <= 1 s"]`));
    assert.deepEqual(p95('}], "repeats": 6'), []);
    assert.deepEqual(p95(', "limit": 2}], "repeats": 6'), [['few-sessions', 'p95']]);
  });

  test('what the schema refuses is told where nobody else tells it', () => {
    const document = readPlanDocument('{ "name": "N", "endpoints": ["local"], "hello": 1 }');
    const told = (schemaIsChecked: boolean) =>
      planFindings(document, planFacts(), { schemaIsChecked }).map(({ code }) => code);
    assert.deepEqual(told(false), ['plan']);
    assert.deepEqual(told(true), []);
  });
});

describe('secrets in a plan', () => {
  const secret = 'hunter2hunter2';
  const plan = (inner: string) =>
    `{\n  "name": "N",\n  "endpoints": [\n    { "id": "mine", "url": "wss://asr.example", ${inner} }\n  ]\n}`;

  for (const inner of [
    `"apiKey": "${secret}"`,
    `"options": { "authorization": "Bearer ${secret}" }`,
    `"options": { "x-api-key": "${secret}", "mode": "fast" }`,
    `"options": { "extra": { "access_token": "${secret}" } }`,
    `"language": "sk-${secret}${secret}"`,
  ]) {
    test(`are found and not repeated: ${inner.slice(0, 30)}…`, () => {
      const text = plan(inner);
      const finding = findingsIn(text).find(({ code }) => code === 'secret');
      assert.ok(finding);
      assert.ok(text.slice(finding.offset, finding.offset + finding.length).includes(secret));
      assert.equal(JSON.stringify(finding).includes(secret), false);
      const [move, ...others] = finding.fixes;
      assert.equal(move?.command?.command, 'rtbench.keepPlanSecret');
      for (const fix of others) {
        const changed = applied(text, fix);
        assert.equal(changed.includes(secret), false);
        assert.deepEqual(parsePlanText(changed).problems, [], changed);
      }
    });
  }

  test('in an address are marked alone', () => {
    for (const [url, marked] of [
      ['wss://me:pw@asr.example', 'wss://me:pw@'],
      ['wss://asr.example?a=1&api_key=12345', '&api_key=12345'],
    ]) {
      const text = `{ "name": "N", "endpoints": [{ "id": "mine", "url": "${url}" }] }`;
      assert.deepEqual(marks(text), [['secret', marked]]);
      const [move, remove] = findingsIn(text)[0]!.fixes;
      assert.deepEqual(move?.command?.arguments, [['endpoints', 0, 'url']]);
      assert.deepEqual(marks(applied(text, remove)), []);
    }
  });

  test('are not seen in what is none', () => {
    const harmless =
      '"model": "whisper-large-v3-turbo-quantized-W8A8-2024", "apiKeyEnv": "MY_API_KEY", ' +
      '"options": { "max_tokens": 448, "token": "", "endpointing": "300", "keyterms": "a" }';
    assert.deepEqual(findingsIn(plan(harmless)), []);
  });
});
