import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairSessions, type Pairing } from '../../../src/comparison/pairSessions.ts';
import { runSide } from '../../../src/comparison/runSide.ts';
import type { Run, RunUtterance } from '../../../src/runfile/run.ts';
import { reportRun } from '../../../src/runfile/runReport.ts';
import { comparedHash, comparedRun } from '../../support/comparedRuns.ts';

function pairing(a: Run, b: Run): Pairing {
  return pairSessions(runSide(reportRun(a), 'local'), runSide(reportRun(b), 'local'));
}

/** The run with its utterances, and the sessions' references to them, changed by number. */
function withUtterances(
  run: Run,
  change: (utterance: RunUtterance, number: number) => Partial<RunUtterance>,
): Run {
  const names = new Map<string, string>();
  const utterances = run.utterances.map((utterance, number) => {
    const changed = { ...utterance, ...change(utterance, number) };
    names.set(utterance.id, changed.id);
    return changed;
  });
  const sessions = run.sessions.map((session) => ({
    ...session,
    utteranceId: names.get(session.utteranceId)!,
  }));
  return { ...run, utterances, sessions };
}

test('the same utterances are paired, with all their repeats', () => {
  const run = comparedRun({ utterances: 5, repeats: 3 });
  const paired = pairing(run, run);
  assert.equal(paired.design, 'paired');
  assert.equal(paired.share, 1);
  assert.deepEqual(
    paired.shared.map(({ id, a, b }) => [id, a.sessions.length, b.sessions.length]),
    ['utt-000', 'utt-001', 'utt-002', 'utt-003', 'utt-004'].map((id) => [id, 3, 3]),
  );
  assert.deepEqual([paired.onlyA, paired.onlyB, paired.notes], [[], [], []]);
});

test('80 % in common is paired, less is not, whichever run has more', () => {
  const ten = comparedRun({ utterances: 10 });
  const eight = comparedRun({ utterances: 8 });
  const seven = comparedRun({ utterances: 7 });
  assert.equal(pairing(ten, eight).design, 'paired');
  assert.equal(pairing(eight, ten).design, 'paired');
  assert.equal(pairing(ten, seven).design, 'unpaired');
  assert.equal(pairing(seven, ten).design, 'unpaired');
  assert.deepEqual(
    pairing(ten, eight).onlyA.map(({ id, reason }) => [id, reason]),
    [
      ['utt-008', 'not_in_other'],
      ['utt-009', 'not_in_other'],
    ],
  );
});

test('other audio under the same name is another utterance', () => {
  const run = comparedRun({ utterances: 10 });
  const other = withUtterances(run, (_, number) =>
    number === 3 ? { sha256: 'f'.repeat(64) } : {},
  );
  const { shared, onlyA, onlyB } = pairing(run, other);
  assert.equal(shared.length, 9);
  assert.deepEqual(
    [...onlyA, ...onlyB].map(({ id, reason }) => [id, reason]),
    [
      ['utt-003', 'audio_differs'],
      ['utt-003', 'audio_differs'],
    ],
  );
});

test('a renamed utterance is found by its audio, unless several have it', () => {
  const run = comparedRun({ utterances: 10 });
  const renamed = withUtterances(run, ({ id }, number) =>
    number === 2 ? { id: `new-${id}` } : {},
  );
  const found = pairing(run, renamed);
  assert.equal(found.shared.length, 10);
  assert.equal(found.shared[2]!.b.utterance.id, 'new-utt-002');
  assert.match(found.notes.join(), /1 utterances have other names/);

  const twice = withUtterances(renamed, (_, number) =>
    number >= 2 && number <= 3 ? { id: `copy-${number}`, sha256: comparedHash(2) } : {},
  );
  assert.equal(pairing(run, twice).shared.length, 8);
});

test('where the audio is not known, the name has to do and a note says so', () => {
  const run = comparedRun({ utterances: 4 });
  const unknown = withUtterances(run, () => ({ sha256: null }));
  const paired = pairing(run, unknown);
  assert.equal(paired.shared.length, 4);
  assert.match(paired.notes.join(), /4 utterances were matched by name alone/);
});

test('speakers are resampled where there are enough', () => {
  const run = comparedRun({ utterances: 24 });
  const spoken = (speakers: number) =>
    withUtterances(run, (_, number) => ({ speaker: `reader ${number % speakers}` }));
  const eight = pairing(spoken(8), run);
  assert.deepEqual([eight.unit, eight.units], ['speaker', 8]);
  assert.equal(new Set(eight.shared.map(({ block }) => block)).size, 8);
  const two = pairing(spoken(2), run);
  assert.deepEqual([two.unit, two.units], ['utterance', 24]);
  assert.match(two.notes.join(), /2 speakers, too few to resample/);
  assert.equal(pairing(spoken(24), run).unit, 'utterance');
});
