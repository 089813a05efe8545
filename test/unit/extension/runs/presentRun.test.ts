import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunVerdict } from '../../../../src/extension/compareEditor/compareReaderMessages.ts';
import type { EndpointHeadline, RunHeadline } from '../../../../src/runlist/headlineFigures.ts';
import { planLabel, presentRun } from '../../../../src/extension/runs/presentRun.ts';
import { relativeTime } from '../../../../src/extension/runs/relativeTime.ts';
import { exampleHeadline } from '../../../support/exampleHeadline.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');
const hourMs = 3_600_000;

const one: EndpointHeadline = {
  id: 'local',
  model: 'tiny',
  textRate: { label: 'WER', value: 0.0821 },
  ttftP50Ms: 312.4,
};
const run = exampleHeadline({ startedAtMs: nowMs - 2 * hourMs, endpoints: [one] });
const descriptionOf = (overrides: Partial<RunHeadline>) =>
  presentRun({ ...run, ...overrides }, nowMs).description;

test('a run shows its headline figures on one line', () => {
  assert.equal(descriptionOf({}), 'WER 8.2 % · TTFT 312 ms · 12 sessions · 2 h ago');
});

test('endpoints share the labels in their order', () => {
  const second = { ...one, id: 'b', textRate: { label: 'WER', value: 0.05 }, ttftP50Ms: 90 };
  assert.match(
    descriptionOf({ endpoints: [one, second] }),
    /^WER 8\.2 % \/ 5\.0 % · TTFT 312 \/ 90 ms/,
  );
  assert.match(descriptionOf({ endpoints: [one, one, one, one] }), /^4 endpoints · 12 sessions/);
});

test('missing figures are left out of the line and said in the tooltip', () => {
  const none = { ...one, textRate: null, ttftP50Ms: null };
  assert.equal(descriptionOf({ endpoints: [none] }), '12 sessions · 2 h ago');
  assert.match(
    presentRun({ ...run, endpoints: [none] }, nowMs).tooltip,
    /no text score, no text came/,
  );
});

test('what went wrong is said in words', () => {
  assert.match(descriptionOf({ failedSessions: 3 }), / · 3 failed · /);
  assert.match(descriptionOf({ partialBecause: 'cancelled' }), / · stopped early · /);
  assert.match(descriptionOf({ partialBecause: 'recovered' }), / · recovered · /);
  assert.match(descriptionOf({ sessions: 1 }), / · 1 session · /);
});

test('a screen reader gets the title, figures and age', () => {
  const { accessibleLabel } = presentRun(run, nowMs);
  for (const part of ['Nightly', 'WER 8.2 %', 'TTFT p50 312 ms', '12 sessions', '2 h ago']) {
    assert.equal(accessibleLabel.split(part).length, 2, part);
  }
});

test('a verdict against the baseline comes first, in words and with a sign', () => {
  const verdict: RunVerdict = {
    verdict: 'regressed',
    text: 'TTFS regressed.',
    regressed: ['TTFS'],
    improved: [],
  };
  const shown = presentRun(run, nowMs, { isStarred: false, verdict });
  assert.match(shown.description, /^regressed ▲ TTFS · WER 8\.2 % · /);
  assert.match(shown.tooltip, /Against the baseline: regressed\. TTFS regressed\.$/);
  assert.match(shown.accessibleLabel, /^Nightly, against the baseline: regressed TTFS, /);
  assert.equal(shown.icon.id, 'triangle-up');
  const mixed: RunVerdict = { ...verdict, verdict: 'mixed', improved: ['WER'] };
  const both = presentRun(run, nowMs, { isStarred: false, verdict: mixed });
  assert.match(both.description, /^mixed ▲ TTFS ▼ WER · /);
  assert.match(both.accessibleLabel, /: mixed, regressed TTFS, improved WER, /);
});

test('a starred run says that it is the baseline', () => {
  const shown = presentRun(run, nowMs, { isStarred: true, verdict: null });
  assert.match(shown.description, /^baseline · WER/);
  assert.match(shown.accessibleLabel, /^Nightly, baseline, /);
  assert.equal(shown.icon.id, 'star-full');
});

test('a group is called by its endpoints and dataset', () => {
  assert.equal(planLabel({ ...run, endpoints: [one, { ...one, id: 'b' }] }), 'local, b on speech');
  assert.equal(planLabel({ ...run, endpoints: [] }), 'speech');
});

for (const [agoMs, expected] of [
  [-5000, 'just now'],
  [59_000, 'just now'],
  [60_000, '1 min ago'],
  [hourMs - 1, '59 min ago'],
  [hourMs, '1 h ago'],
  [24 * hourMs, '1 day ago'],
  [72 * hourMs, '3 days ago'],
  [40 * 24 * hourMs, '2026-01-29'],
] as const) {
  test(`${agoMs} ms ago is "${expected}"`, () => {
    assert.equal(relativeTime(nowMs - agoMs, nowMs), expected);
  });
}
