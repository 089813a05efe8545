import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scoredUnits } from '../../../src/metrics/text/scoredUnits.ts';
import { textProfile } from '../../../src/metrics/text/textProfiles.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import { deltaKinds, type TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { delta, final, goldenSession, goldenUtterance, us } from '../../support/goldenSession.ts';
import { timelineLane } from '../../support/timelineLane.ts';

const scoring = {
  rate: 'wer' as const,
  unitsOf: scoredUnits(textProfile('en-whisper@1'), 'wer'),
};

function kindsOf({ deltas }: TimelineSession): string[] {
  return Array.from(deltas.kinds, (kind) => deltaKinds[kind]!);
}

function markersOf({ markers }: TimelineSession): [string, number, string][] {
  return markers.map(({ id, atMs, figure }) => [id, atMs, figure]);
}

function figuresOf({ figures }: TimelineSession): Record<string, string> {
  return Object.fromEntries(figures.map(({ label, value }) => [label, value]));
}

function brokenOff(): SessionTrace {
  const golden = goldenSession();
  return {
    ...golden,
    chunks: golden.chunks.slice(0, 8),
    controls: [],
    received: golden.received.slice(0, 5),
    failure: { atUs: us(1900), reason: 'closed_early', code: null, message: 'It hung up.' },
  };
}

describe('the golden session on the timeline', () => {
  const lane = timelineLane({ scoring });

  test('everything lies where the audio had got to', () => {
    assert.equal(lane.speed, 1);
    assert.equal(lane.clockNote, null);
    assert.deepEqual(lane.range, { startMs: -300, endMs: 1160 });
    assert.equal(lane.status, 'success');
    assert.equal(lane.audioMs, 1000);
  });

  test('chunks carry their audio', () => {
    assert.deepEqual([...lane.chunks.dueMs], [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
    assert.equal(lane.chunks.sentMs[4], 500.9);
    assert.deepEqual([lane.chunks.startMs[9], lane.chunks.endMs[9]], [900, 1000]);
  });

  test('one row per message with text, also the blank one and the final', () => {
    const { deltas } = lane;
    assert.deepEqual([...deltas.atMs], [450, 530, 620, 750, 1120, 1150]);
    assert.deepEqual(kindsOf(lane), ['append', 'append', 'append', 'append', 'append', 'final']);
    assert.deepEqual([...deltas.hasText], [0, 1, 1, 1, 1, 0]);
    assert.deepEqual([...deltas.keptChars], [0, 0, 5, 9, 11, 17]);
    assert.deepEqual(deltas.texts, ['', 'hello', ' wor', 'ld', ' again', '']);
    assert.deepEqual([...deltas.audioSentMs], [400, 500, 600, 700, 1000, 1000]);
    assert.deepEqual([...deltas.messages], [1, 2, 3, 4, 5, 6]);
    assert.deepEqual([...deltas.erasedWords], [0, 0, 0, 0, 0, 0]);
    assert.deepEqual([...deltas.bytes], [60, 60, 60, 60, 60, 60]);
  });

  test('words have both clocks', () => {
    const facts = lane.words.map((word) => [word.text, word.endMs, word.firstMs, word.stableMs]);
    assert.deepEqual(facts, [
      ['hello', 420, 530, 530],
      ['world', 640, 750, 750],
      ['again', 930, 1120, 1120],
    ]);
    assert.deepEqual(
      lane.words.map(({ source, operation, revisions }) => [source, operation, revisions]),
      Array.from({ length: 3 }, () => ['reference', 'equal', 0]),
    );
    assert.deepEqual(lane.lags, [
      { endMs: 420, arrivalMs: 530, text: 'hello' },
      { endMs: 640, arrivalMs: 750, text: 'world' },
      { endMs: 930, arrivalMs: 1120, text: 'again' },
    ]);
    assert.equal(lane.noLags, null);
    assert.deepEqual(
      lane.referenceWords?.map(({ operation }) => operation),
      ['equal', 'equal', 'equal'],
    );
  });

  test('markers carry the published figures', () => {
    assert.deepEqual(markersOf(lane), [
      ['firstText', 530, 'TTFT 430 ms'],
      ['endOfSpeech', 930, ''],
      ['endOfAudio', 1000, ''],
      ['finalCommit', 1000.9, ''],
      ['final', 1150, 'TTFS 220 ms · Tail 150 ms'],
    ]);
  });

  test('headline figures are in the order of the metrics', () => {
    assert.deepEqual(Object.entries(figuresOf(lane)), [
      ['TTFT', '430 ms'],
      ['Max gap', '370 ms'],
      ['Stalls', '0'],
      ['TTFS', '220 ms'],
      ['WEL p50', '110 ms'],
      ['WER', '0.0 %'],
    ]);
  });

  test('what happened besides is told in words', () => {
    const events = lane.events.map(({ atMs, kind, label, message }) => [
      atMs,
      kind,
      label,
      message,
    ]);
    assert.deepEqual(events, [
      [-300, 'connect', 'Connection started', null],
      [-240, 'open', 'Connection open', null],
      [-210, 'ready', 'Ready for audio', 0],
      [1000.9, 'commit', 'Commit: end of the audio', null],
      [1150, 'other', 'Usage: 5 output tokens', 6],
      [1150, 'done', 'Done', 6],
      [1160, 'close', 'Connection closed (1000)', null],
    ]);
  });

  test('what was used is told in tokens, in audio, or not at all', () => {
    const trace = goldenSession();
    const used = { type: 'usage', outputTokens: null, inputTokens: null } as const;
    trace.received.at(-1)!.events = [
      used,
      { ...used, audioMs: 1500 },
      { ...used, outputTokens: 5, audioMs: 1500 },
    ];
    const labels = timelineLane({ trace }).events.map(({ label }) => label);
    assert.deepEqual(
      labels.filter((label) => label.startsWith('Usage')),
      ['Usage: 1.5 s of audio', 'Usage: 5 output tokens, 1.5 s of audio'],
    );
  });

  test('a connection that was taken over is not told as opened', () => {
    const trace = goldenSession();
    const atUs = trace.connection.readyUs!;
    trace.connection = { ...trace.connection, reused: true, startUs: atUs, openUs: atUs };
    trace.received.shift();
    const [first, second] = timelineLane({ trace }).events;
    assert.deepEqual([first?.atMs, first?.label], [-210, 'Open connection taken over']);
    assert.equal(second?.kind, 'commit');
  });
});

describe('clocks', () => {
  test('at four times real time an arrival lies where the audio had got to', () => {
    const trace = goldenSession();
    trace.audio.pacing.speed = 4;
    const lane = timelineLane({ trace });
    assert.equal(lane.speed, 4);
    assert.equal(lane.deltas.atMs[1], 2120);
    assert.match(lane.clockNote ?? '', /4× real time: 1 s on the axis took 0.25 s/);
  });

  test('latencies stay real milliseconds at another speed', () => {
    const trace = goldenSession();
    trace.audio.pacing.speed = 2;
    // 1530 - (1000 + 420 / 2), 1750 - 1320 and 2120 - 1465 ms.
    assert.equal(figuresOf(timelineLane({ trace }))['WEL p50'], '430 ms');
  });

  test('in burst pacing arrivals count from the first chunk and are no lags', () => {
    const trace = goldenSession();
    trace.audio.pacing.mode = 'burst';
    const lane = timelineLane({ trace });
    assert.equal(lane.speed, null);
    assert.match(lane.clockNote ?? '', /burst/);
    assert.equal(lane.deltas.atMs[1], 429.6);
    assert.deepEqual(lane.lags, []);
    assert.match(lane.noLags ?? '', /^The audio was sent faster/);
    assert.deepEqual(
      lane.markers.map(({ id }) => id),
      ['firstText', 'endOfAudio', 'finalCommit', 'final'],
    );
    assert.equal(lane.markers.at(-1)?.figure, 'Finalize 149 ms');
    assert.equal(lane.words[0]?.endMs, 420, 'reference words keep their place in the audio');
  });

  test('late sending by this computer is said', () => {
    const trace = goldenSession();
    trace.chunks = trace.chunks.map((chunk) => ({ ...chunk, sentUs: chunk.sentUs + us(80) }));
    assert.match(timelineLane({ trace }).clockNote ?? '', /This computer sent the audio too late/);
  });
});

describe('sessions that did not end well', () => {
  test('without a connection there is only the failure', () => {
    const golden = goldenSession();
    const trace: SessionTrace = {
      ...golden,
      connection: { ...golden.connection, openUs: null, readyUs: null, closeUs: null },
      audio: { ...golden.audio, originUs: null },
      chunks: [],
      controls: [],
      received: [],
      failure: { atUs: us(750), reason: 'refused', code: 'ECONNREFUSED', message: 'Refused.' },
    };
    const lane = timelineLane({ trace });
    assert.equal(lane.status, 'failed');
    assert.equal(lane.speed, null);
    assert.match(lane.clockNote ?? '', /^No audio was sent/);
    assert.equal(lane.failure, 'Refused.');
    assert.deepEqual(
      lane.events.map(({ atMs, kind }) => [atMs, kind]),
      [
        [0, 'connect'],
        [50, 'failure'],
      ],
    );
    assert.deepEqual([lane.markers, lane.figures, lane.stalls, lane.words], [[], [], [], []]);
    assert.deepEqual(lane.range, { startMs: 0, endMs: 1000 });
    assert.equal(lane.noLags, 'No audio was sent.');
  });

  test('a text that broke off is not held against the reference', () => {
    const lane = timelineLane({ trace: brokenOff(), scoring });
    assert.equal(lane.status, 'partial');
    assert.equal(figuresOf(lane).WER, undefined);
    assert.deepEqual(
      lane.referenceWords?.map(({ operation }) => operation),
      [null, null, null],
    );
    assert.deepEqual(
      lane.words.map(({ text, operation, endMs }) => [text, operation, endMs]),
      [
        ['hello', null, 420],
        ['world', null, 640],
      ],
    );
    assert.deepEqual(
      lane.markers.map(({ id }) => id),
      ['firstText', 'endOfSpeech'],
    );
    assert.equal(lane.events.find(({ kind }) => kind === 'failure')?.label, 'It hung up.');
  });
});

describe('a session that still runs', () => {
  test('shows what there is so far, without verdicts', () => {
    const lane = timelineLane({ trace: { ...brokenOff(), failure: null }, live: true });
    assert.equal(lane.status, 'live');
    assert.equal(lane.lags.length, 2);
    assert.deepEqual(Object.keys(figuresOf(lane)), ['TTFT', 'Max gap', 'Stalls', 'WEL p50']);
    assert.ok(lane.words.every(({ operation }) => operation === null));
  });

  test('words not spoken yet are not taken for those that were', () => {
    const trace = { ...brokenOff(), received: [delta(1500, ' again')], failure: null };
    trace.chunks = trace.chunks.slice(0, 5);
    const lane = timelineLane({ trace, live: true });
    assert.equal(lane.words[0]?.source, null);
    assert.equal(lane.referenceWords?.length, 3);
    assert.equal(lane.noLags, 'No reference word was recognised.');
  });

  test('needs no reference', () => {
    const utterance = { ...goldenUtterance, reference: null, words: null };
    const lane = timelineLane({ utterance, live: true });
    assert.equal(lane.reference, null);
    assert.equal(lane.referenceWords, null);
    assert.deepEqual(
      lane.words.map(({ text, source, operation }) => [text, source, operation]),
      [
        ['hello', null, null],
        ['world', null, null],
        ['again', null, null],
      ],
    );
    assert.match(lane.noLags ?? '', /has no word times/);
    assert.ok(!lane.markers.some(({ id }) => id === 'final'));
  });
});

describe('stalls', () => {
  const slow = [delta(1300, 'a'), delta(2600, ' b'), final(4000, 'a b c')];
  const longer = { ...goldenSession(), received: slow };

  test('count within the speech where it is known', () => {
    const words = [{ text: 'a', startMs: 100, endMs: 1800 }];
    const lane = timelineLane({ trace: longer, utterance: { ...goldenUtterance, words } });
    assert.deepEqual(lane.stalls, [{ startMs: 300, endMs: 1600 }]);
    assert.equal(figuresOf(lane).Stalls, '1');
  });

  test('else while audio was sent', () => {
    const trace = {
      ...longer,
      chunks: longer.chunks.map((chunk, at) => ({ ...chunk, sentUs: us(1100 + at * 400) })),
    };
    const lane = timelineLane({ trace, utterance: { ...goldenUtterance, words: null } });
    assert.deepEqual(lane.stalls, [
      { startMs: 300, endMs: 1600 },
      { startMs: 1600, endMs: 3000 },
    ]);
    assert.equal(figuresOf(lane).Stalls, undefined, 'the metric needs word times');
  });

  test('not after the audio', () => {
    const lane = timelineLane({ trace: longer, utterance: { ...goldenUtterance, words: null } });
    assert.deepEqual(lane.stalls, []);
  });
});
