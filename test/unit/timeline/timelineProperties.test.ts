import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { median } from '../../../src/metrics/statistics/percentile.ts';
import { metricRegistry } from '../../../src/metrics/registry/metricRegistry.ts';
import { formatMetric } from '../../../src/metrics/registry/formatMetric.ts';
import { sessionMetrics } from '../../../src/metrics/sessionMetrics.ts';
import { textProfile } from '../../../src/metrics/text/textProfiles.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { areaFigures } from '../../../src/timeline/areaFigures.ts';
import { areaFigureRows } from '../../../src/timeline/areaFigureRows.ts';
import { deltaTable, deltaTableJson, deltaTableTsv } from '../../../src/timeline/deltaTable.ts';
import { DisplayedTexts } from '../../../src/timeline/displayedTexts.ts';
import { problems } from '../../../src/timeline/problems.ts';
import { spokenArea, spokenDelta, spokenLane } from '../../../src/timeline/spokenSummary.ts';
import {
  timelineSessionSchema,
  type TimelineSession,
} from '../../../src/timeline/timelineSession.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import type { TranscriptEvent } from '../../../src/trace/transcriptEvent.ts';
import { anUtterance, sessionTrace, transcriptText } from '../../support/arbitraryTrace.ts';
import { unwritableNumbers } from '../../support/finiteNumbers.ts';
import { timelineLane } from '../../support/timelineLane.ts';

const otherEvent: fc.Arbitrary<TranscriptEvent> = fc.oneof(
  fc.record({
    type: fc.constant('words'),
    unit: fc.constantFrom('', 'a'),
    words: fc.array(
      fc.record({ text: transcriptText, startMs: fc.nat(3000), endMs: fc.nat(3000) }),
      { maxLength: 4 },
    ),
  }),
  fc.record({
    type: fc.constant('speech'),
    state: fc.constantFrom('started', 'stopped'),
    audioMs: fc.option(fc.nat(3000)),
  }),
  fc.record({ type: fc.constant('other'), name: fc.string() }),
);

/** Any trace, with the events that only some protocols have. */
const anyTrace: fc.Arbitrary<SessionTrace> = fc
  .tuple(sessionTrace, fc.array(fc.tuple(fc.nat(19), otherEvent), { maxLength: 4 }))
  .map(([trace, others]) => {
    for (const [place, event] of others) trace.received[place]?.events.push(event);
    return trace;
  });

const lane = fc
  .record({ trace: anyTrace, utterance: anUtterance, live: fc.boolean() })
  .map((input) => ({ input, session: timelineLane(input) }));

/** What all rows together leave displayed. */
function replayed({ deltas }: TimelineSession): string {
  return deltas.texts.reduce(
    (text, added, row) => text.slice(0, deltas.keptChars[row]) + added,
    '',
  );
}

function isAscending(values: Iterable<number>): boolean {
  return Array.from(values).every((value, at, all) => at === 0 || all[at - 1]! <= value);
}

describe('any session on the timeline', () => {
  test('is one that the page accepts, without numbers that are none', () => {
    fc.assert(
      fc.property(lane, ({ session }) => {
        assert.ok(timelineSessionSchema.safeParse(session).success);
        assert.deepEqual(unwritableNumbers(session), []);
      }),
    );
  });

  test('shows what the replay of its messages shows', () => {
    fc.assert(
      fc.property(lane, ({ session, input }) => {
        const { text } = replayTranscript(input.trace.received);
        assert.equal(replayed(session), text);
        const letters = (shown: string) => shown.replaceAll(/\s/gu, '');
        const words = session.words.map((word) => letters(word.text)).join('');
        assert.ok(words === '' || words === letters(text));
      }),
    );
  });

  test('goes forward in time, within its range', () => {
    fc.assert(
      fc.property(lane, ({ session }) => {
        const { deltas, range, events, lags, markers } = session;
        const times = [...deltas.atMs, ...[...events, ...markers].map(({ atMs }) => atMs)];
        assert.ok(times.every((atMs) => atMs >= range.startMs && atMs <= range.endMs));
        assert.ok(isAscending(deltas.atMs));
        assert.ok(isAscending(events.map(({ atMs }) => atMs)));
        assert.ok(isAscending(lags.map(({ arrivalMs }) => arrivalMs)));
        assert.ok(isAscending(markers.map(({ atMs }) => atMs)));
        assert.ok(session.words.every(({ firstMs, stableMs }) => firstMs <= stableMs));
      }),
    );
  });

  test('refers only to what there is', () => {
    fc.assert(
      fc.property(lane, ({ session, input }) => {
        const { deltas, events } = session;
        const rows = deltas.texts.length;
        for (const column of Object.values(deltas)) assert.equal(column.length, rows);
        const { received } = input.trace;
        deltas.messages.forEach((message, row) => {
          assert.equal(deltas.bytes[row], received[message]?.bytes);
        });
        for (const { message } of events) assert.ok(message === null || received[message]);
      }),
    );
  });

  test('has the figures of the metrics', () => {
    const profile = textProfile('basic@1');
    fc.assert(
      fc.property(lane, ({ session, input }) => {
        const { values, series } = sessionMetrics(input.trace, input.utterance, { profile });
        const shown = new Map(session.figures.map(({ label, value }) => [label, value]));
        const expected = (id: 'ttft' | 'max_gap' | 'stall_count') => {
          const value = values[id];
          return value === null ? undefined : formatMetric(metricRegistry[id], value);
        };
        assert.equal(shown.get('TTFT'), expected('ttft'));
        assert.equal(shown.get('Max gap'), expected('max_gap'));
        assert.equal(shown.get('Stalls'), expected('stall_count'));
        if (values.stall_count !== null) assert.equal(session.stalls.length, values.stall_count);
        const wel = input.live ? null : median(series.wel);
        if (wel !== null) {
          assert.equal(shown.get('WEL p50'), formatMetric(metricRegistry.wel, wel));
        }
      }),
    );
  });

  test('its whole is an area with the figures of the metrics', () => {
    const profile = textProfile('basic@1');
    fc.assert(
      fc.property(lane, ({ session, input }) => {
        const { values, series } = sessionMetrics(input.trace, input.utterance, { profile });
        const area = areaFigures(session, { startMs: -Infinity, endMs: Infinity });
        assert.equal(area.gaps?.count ?? 0, series.idl.length);
        const difference = (area.gaps?.max ?? 0) - Math.max(0, ...series.idl);
        assert.ok(Math.abs(difference) < 0.001, `${difference} ms`);
        assert.equal(area.words, session.words.length);
        assert.equal(area.deltas, session.deltas.texts.length);
        if (values.revision_events !== null) assert.equal(area.revisions, values.revision_events);
      }),
    );
  });

  test('can be described', () => {
    fc.assert(
      fc.property(lane, fc.double({ noNaN: true }), ({ session }, startMs) => {
        const displayed = new DisplayedTexts(session.deltas);
        session.deltas.texts.forEach((_, delta) => {
          assert.match(spokenDelta(session, displayed, delta), /^Delta \d+ of \d+/);
        });
        assert.ok(spokenLane(session).endsWith('.'));
        const area = areaFigures(session, { startMs, endMs: session.range.endMs });
        assert.ok(spokenArea(area).endsWith('.'));
        assert.ok(areaFigureRows(area).every(({ value }) => !/NaN|undefined/.test(value)));
        assert.ok(isAscending(problems(session).map(({ atMs }) => atMs)));
        const rows = deltaTable(session);
        assert.equal(deltaTableTsv(rows).split('\n').length, rows.length + 2);
        assert.deepEqual(unwritableNumbers(JSON.parse(deltaTableJson(rows))), []);
      }),
    );
  });
});
