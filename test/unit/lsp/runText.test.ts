import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readRunDocument, type RunDocument } from '../../../src/lsp/run/runDocument.ts';
import { findingsOf, headFindings } from '../../../src/lsp/run/runFindings.ts';
import { runLenses } from '../../../src/lsp/run/runLenses.ts';
import { runSymbols } from '../../../src/lsp/run/runSymbols.ts';
import { messageHints, sessionHint } from '../../../src/lsp/run/sessionHints.ts';
import { messageUnder, sessionHover } from '../../../src/lsp/run/sessionHover.ts';
import { parseThreshold } from '../../../src/plan/threshold.ts';
import type { Run } from '../../../src/runfile/run.ts';
import { exampleRun, exampleSession } from '../../support/exampleRun.ts';
import { exampleRunText } from '../../support/exampleRunText.ts';
import { delta, done, goldenSession, message } from '../../support/goldenSession.ts';

/** As it is read. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

const name = 'example.rtbench.json';

function read(text: string, before: RunDocument | null = null): RunDocument {
  return readRunDocument(text, name, before);
}

/** All findings, with the text that each marks. */
function found(text: string): [code: string, marked: string, message: string][] {
  const run = read(text);
  return [...headFindings(run), ...run.sessions.flatMap((entry) => findingsOf(entry))].map(
    ({ code, offset, length, message: said }) => [code, text.slice(offset, offset + length), said],
  );
}

/** The text with its first session's JSON changed. */
function withSession(text: string, change: (session: never) => void): string {
  const json = JSON.parse(text) as { sessions: never[] };
  change(json.sessions[0]!);
  return JSON.stringify(json, null, 2);
}

const withThresholds = (...thresholds: string[]): Partial<Run> => {
  const { plan } = exampleRun();
  return { plan: { ...plan, thresholds: thresholds.map((text) => parseThreshold(text)) } };
};

describe('findings in a run', () => {
  test('there are none in one that is whole and did well', () => {
    assert.deepEqual(found(exampleRunText()), []);
    assert.deepEqual(found(JSON.stringify(JSON.parse(exampleRunText()), null, 4)), []);
  });

  test('a text that is no run says why, where it is none', () => {
    const [[code, marked, said] = ['', '', '']] = found('{"format": 99, "sessions": []}');
    assert.deepEqual([code, marked], ['run-invalid', '99']);
    assert.match(said, /example\.rtbench\.json has format 99.*Update RTBench/);
    assert.equal(found('{"sessions": [')[0]?.[0], 'run-invalid');
    assert.deepEqual(found('{"format": x, "sessions": []}')[0]?.slice(0, 2), ['run-invalid', 'x']);
    const wrong = exampleRunText().replace('"plannedSessions": 1', '"plannedSessions": -12');
    assert.deepEqual(found(wrong)[0]?.slice(0, 2), ['run-invalid', '-12']);
  });

  test('a session that is not JSON says where', () => {
    const text = exampleRunText().replace('"repeat":0', '"repeat":nought');
    assert.deepEqual(found(text), [['json-invalid', 'nought', 'Not JSON from here on.']]);
  });

  test('thresholds that the run misses, and the figures that are beyond them', () => {
    const text = exampleRunText(
      withThresholds('ttft.p50 <= 300 ms', 'ttft.p95 <= 5 s', 'wer <= 1 %'),
    );
    const all = found(text);
    assert.deepEqual(
      all.map(([code]) => code),
      ['threshold-missed', 'over-limit'],
    );
    const [missed, over] = all;
    assert.deepEqual(JSON.parse(missed![1]), {
      metric: 'ttft',
      statistic: 'p50',
      comparison: '<=',
      limit: 300,
    });
    assert.match(missed![2], /^Missed by local: ttft\.p50<=300, found \d+ ms\.$/);
    assert.match(over![1], /^\d+(\.\d+)?$/);
    assert.match(
      over![2],
      /^TTFT \d+ ms is over the limit of the run’s threshold ttft\.p50<=300\.$/,
    );
  });

  test('a threshold that stands behind the sessions is found there', () => {
    const { sessions, ...rest } = JSON.parse(
      exampleRunText(withThresholds('ttft.p50 <= 300 ms')),
    ) as Record<string, object>;
    const [missed] = found(JSON.stringify({ sessions, ...rest }));
    assert.match(missed![1], /^\{"metric":"ttft"/);
  });

  test('sessions that failed', () => {
    const failure = {
      atUs: 2_000_000,
      reason: 'server_error' as const,
      code: null,
      message: 'out\nof memory',
    };
    const trace = { ...goldenSession(), failure };
    const all = found(exampleRunText({ sessions: [exampleSession({ trace })] }));
    assert.deepEqual(all, [
      ['session-failed', '"out\\nof memory"', 'The session failed: out of memory'],
    ]);
  });

  test('stalls, at the text that ended them', () => {
    const golden = goldenSession();
    const received = [
      message(790, { type: 'ready' }),
      delta(1450, ' hello'),
      delta(3050, ' world'),
      done(3100, 'hello world', 5),
    ];
    const words = [
      { text: 'hello', startMs: 200, endMs: 420 },
      { text: 'world', startMs: 1450, endMs: 2640 },
    ];
    const trace = { ...golden, received };
    const [utterance] = exampleRun().utterances;
    const text = exampleRunText({
      sessions: [exampleSession({ trace })],
      utterances: [{ ...utterance!, reference: 'hello world', words, durationMs: 2700 }],
    });
    assert.deepEqual(found(text), [
      ['stall', '" world"', 'Stall: no text for 1.60 s before this.'],
    ]);
  });

  test('figures that the trace does not give', () => {
    const text = withSession(exampleRunText(), (session: { figures: Figures }) => {
      session.figures.metrics.ttft = 1;
      session.figures.words.wer = 0.5;
      delete session.figures.metrics.ttfe;
    });
    interface Figures {
      metrics: Record<string, number>;
      words: { wer: number };
    }
    const all = found(text);
    assert.deepEqual(
      all.map(([code, marked]) => [code, marked.slice(0, 1)]),
      [
        ['figures-differ', '1'],
        ['figures-differ', '"'],
        ['figures-differ', '0'],
      ],
    );
    assert.match(all[0]![2], /^Not what the trace gives: TTFT: \d+/);
    const older = text.replace(/"metricsSpec": "[^"]*"/, '"metricsSpec": "older"');
    assert.deepEqual(found(older), [], 'other definitions give other figures');
  });

  test('a file of before a metric was added does not lack it', () => {
    interface Older {
      summary: { metrics: Record<string, unknown> }[];
      sessions: { figures: { metrics: Record<string, unknown> } }[];
    }
    const older = JSON.parse(exampleRunText()) as Older;
    delete older.sessions[0]?.figures.metrics.ttft_sched;
    assert.deepEqual(
      found(JSON.stringify(older)).map(([code]) => code),
      ['figures-differ'],
    );
    delete older.summary[0]?.metrics.ttft_sched;
    assert.deepEqual(found(JSON.stringify(older)), []);
  });

  test('traces that contradict themselves', () => {
    interface Trace {
      trace: { received: { atUs: number[]; bytes: number[] }; audio: { totalSamples: number } };
    }
    const backwards = withSession(exampleRunText(), ({ trace }: Trace) => {
      trace.received.atUs[2] = -5;
    });
    assert.deepEqual(
      found(backwards).filter(([code]) => code === 'trace-broken'),
      [
        [
          'trace-broken',
          '-5',
          'The trace is broken: This message arrived 5 µs before the one it follows.',
        ],
      ],
    );
    const uneven = withSession(exampleRunText(), ({ trace }: Trace) => {
      trace.received.bytes.pop();
    });
    const [[code, marked] = ['', '']] = found(uneven);
    assert.deepEqual([code, marked], ['trace-broken', '"trace"']);
    const short = withSession(exampleRunText(), ({ trace }: Trace) => {
      trace.audio.totalSamples = 16_001;
    });
    assert.ok(found(short).some(([, , said]) => said.includes('Only 16000 of 16001 samples')));
  });

  test('sessions that are none, and those of nobody', () => {
    const invalid = withSession(exampleRunText(), (session: { repeat: number }) => {
      session.repeat = -1;
    });
    assert.deepEqual(found(invalid)[0]?.slice(0, 2), ['session-invalid', '-1']);
    const nobody = withSession(exampleRunText(), (session: { utteranceId: string }) => {
      session.utteranceId = 'nobody';
    });
    assert.deepEqual(found(nobody)[0]?.slice(0, 2), ['utterance-unknown', '"nobody"']);
    const twice = exampleRunText({ sessions: [exampleSession(), exampleSession()] });
    assert.equal(found(twice)[0]?.[0], 'session-repeated');
  });

  test('sessions that are unchanged are not read again', () => {
    const two = [exampleSession(), exampleSession({ id: 's00002' })];
    const text = exampleRunText({ sessions: two });
    const before = read(text);
    const first = before.sessions.map(({ reading: { findings, facts } }) => ({ findings, facts }));
    const changed = read(text.replace('"id":"s00002"', '"id": "s00002"'), before);
    assert.equal(changed.sessions[0]!.reading.facts, first[0]!.facts);
    assert.equal(changed.sessions[0]!.reading.findings, first[0]!.findings);
    assert.notEqual(changed.sessions[1]!.reading.facts, first[1]!.facts);
    const renamed = read(text.replace('An example', 'Another'), before);
    assert.notEqual(renamed.sessions[0]!.reading.facts, first[0]!.facts);
  });
});

describe('what is shown in a run', () => {
  const text = exampleRunText();
  const [entry] = read(text).sessions;
  const facts = entry!.reading.facts!;
  const own = entry!.reading.text;
  const behind = (offset: number) => own.slice(0, offset);

  test('a session’s figures stand behind its id', () => {
    const [hint] = sessionHint(facts);
    assert.ok(behind(hint!.offset).endsWith('"id":"s00001"'));
    assert.match(plain(hint!.label), /^TTFT \d+ ms · .*WEL p50 \d+ ms · WER 0\.0 %$/);
    assert.match(hint!.tooltip, /^TTFT \d+ ms: Time to first text/);
  });

  test('each message has when it came, and deltas their gaps and lags', () => {
    assert.deepEqual(
      messageHints(facts).map(({ offset, label }) => [
        /[^,[]*$/.exec(behind(offset))![0],
        plain(label),
      ]),
      [
        ['null', '−0:00.210'],
        ['""', '0:00.450'],
        ['" hello"', '0:00.530 · lag 110 ms'],
        ['" wor"', '0:00.620 · +90 ms'],
        ['"ld"', '0:00.750 · +130 ms · lag 110 ms'],
        ['" again"', '0:01.120 · +370 ms · lag 190 ms'],
        ['null', '0:01.150'],
      ],
    );
  });

  const hoverAt = (marked: string, inside = 1): string => {
    const hover = sessionHover(facts, own.indexOf(marked) + inside);
    return hover?.markdown ?? '';
  };

  test('hovers tell of a session, its messages and its figures', () => {
    assert.match(hoverAt('s00001'), /^Session `s00001`: `hello` with `local`, success/);
    const ofDelta = hoverAt('"ld"');
    assert.match(ofDelta, /^\*\*Delta 4 of 6\*\* at \*\*0:00\.750\*\* of the audio, 60 bytes/);
    assert.match(ofDelta, /Gap: \*\*130 ms\*\*.*\n.*Lag: \*\*110 ms\*\*/);
    assert.match(ofDelta, /```json\n\{"type":"text"/);
    const times = own.indexOf('"atUs":[') + 8;
    const fourth = own.indexOf(own.slice(times).split(',')[4]!, times);
    assert.equal(sessionHover(facts, fourth)?.markdown, ofDelta, 'its time tells the same');
    assert.match(hoverAt('[6,[{', 1), /^\*\*Final 6 of 6\*\*/);
    assert.match(hoverAt('"ttft":'), /^\*\*Time to first text\*\*.*: \*\*\d+ ms\*\*/);
    assert.match(hoverAt('"rtfx"'), /No value: `/);
    assert.match(
      hoverAt('"controls":[[', 13),
      /^Sent at \*\*0:01\.001\*\* of the audio, the final/,
    );
    assert.equal(hoverAt('"scheduledStartUs"'), '');
  });

  test('the message under the cursor is known', () => {
    assert.equal(messageUnder(facts, own.indexOf('" again"') + 2), 5);
    assert.equal(messageUnder(facts, own.indexOf('"id"')), null);
  });

  test('what a server said neither formats nor links', () => {
    const evil = '[x](command:y) ``` <img src=x>';
    const golden = goldenSession();
    const received = [
      ...golden.received.slice(0, 5),
      { ...delta(2120, ` ${evil}`), raw: `{"delta": "\n${evil}\n\`\`\`\`"}` },
      golden.received[6]!,
    ];
    const hostile = exampleRunText({
      sessions: [exampleSession({ trace: { ...golden, received } })],
    });
    const [session] = read(hostile).sessions;
    const offset = session!.reading.text.indexOf('[5,[{') + 1;
    const { markdown } = sessionHover(session!.reading.facts!, offset)!;
    const [prose, block] = markdown.split(/^`````json$/m);
    assert.ok(block?.trimEnd().endsWith('`````'), markdown);
    assert.doesNotMatch(prose!, /\[x\]|<img/);
  });

  test('sessions have lenses and an outline', () => {
    const run = read(text);
    assert.deepEqual(
      runLenses(run).map(({ title, arguments: rest }) => [title, ...rest]),
      [
        ['$(preview) Open Run'],
        ['$(play-circle) Show on Timeline', { sessionId: 's00001' }],
        ['$(watch) Open Transcript', { sessionId: 's00001' }],
      ],
    );
    const [list] = runSymbols(run);
    assert.deepEqual(
      list?.children.map(({ name: id, detail }) => [id, detail]),
      [['s00001', 'hello · local']],
    );
    assert.deepEqual(runLenses(read('{}')), []);
    assert.deepEqual(runSymbols(read('{}')), []);
  });

  test('a session without a trace says so', () => {
    const without = withSession(text, (session: { trace: null }) => {
      session.trace = null;
    });
    const [session] = read(without).sessions;
    assert.match(plain(sessionHint(session!.reading.facts!)[0]!.label), /no trace$/);
    assert.deepEqual(messageHints(session!.reading.facts!), []);
    assert.deepEqual(found(without), []);
  });
});
