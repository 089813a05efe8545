import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunVerdict } from '../../../../src/extension/compareEditor/compareReaderMessages.ts';
import { VerdictQueue, type VerdictPair } from '../../../../src/extension/runs/verdictQueue.ts';
import { until } from '../../../support/until.ts';

const verdict: RunVerdict = { verdict: 'no change', text: '', regressed: [], improved: [] };
const pairOf = (run: string): VerdictPair => ({ baseline: 'base', run });

/** A queue whose verdicts the test gives, one at a time. */
function queue() {
  const versions = new Map<string, string>();
  const asked: { run: string; answer: (verdict: RunVerdict | Error) => void }[] = [];
  const errors: unknown[] = [];
  const told = { verdicts: 0, rests: 0, checks: [] as string[] };
  const made = new VerdictQueue(
    {
      versionOf: ({ baseline, run }) => {
        told.checks.push(run);
        const files = [baseline, run].map((key) => versions.get(key) ?? '1');
        return Promise.resolve(files.join());
      },
      judge: ({ run }) =>
        new Promise((resolve, reject) => {
          const answer = (given: RunVerdict | Error): void => {
            if (given instanceof Error) reject(given);
            else resolve(given);
          };
          asked.push({ run, answer });
        }),
      rest: () => {
        told.rests += 1;
      },
    },
    () => {
      told.verdicts += 1;
    },
    (error) => errors.push(error),
  );
  const runs = () => asked.map(({ run }) => run);
  const askedFor = (count: number) => until(() => asked.length === count, `request ${count}`);
  return { made, versions, asked, runs, askedFor, errors, told };
}

test('verdicts are found one after the other, and only while they are seen', async () => {
  const { made, asked, runs, askedFor, told } = queue();
  made.want([pairOf('a'), pairOf('b')]);
  assert.deepEqual(runs(), []);
  made.setPaused(false);
  await askedFor(1);
  made.setPaused(true);
  asked[0]!.answer(verdict);
  await until(() => told.verdicts === 1, 'the first verdict');
  await until(() => told.rests > 0, 'the end of the work');
  assert.deepEqual(runs(), ['a']);
  made.setPaused(false);
  await askedFor(2);
  assert.deepEqual(runs(), ['a', 'b']);
  assert.equal(made.verdictOf(pairOf('a')), verdict);
  assert.equal(made.verdictOf(pairOf('b')), null);
});

test('a verdict is kept until a file changes, also where there is none', async () => {
  const { made, asked, askedFor, versions, errors, told, runs } = queue();
  made.setPaused(false);
  made.want([pairOf('a')]);
  await askedFor(1);
  asked[0]!.answer(new Error('broken'));
  await until(() => errors.length === 1, 'the error');
  made.want([pairOf('a'), pairOf('b')]);
  await askedFor(2);
  assert.deepEqual(runs(), ['a', 'b']);
  asked[1]!.answer(verdict);
  await until(() => told.verdicts === 1, 'the verdict');
  versions.set('base', '2');
  made.want([pairOf('b')]);
  await askedFor(3);
  assert.equal(runs()[2], 'b');
});

test('what is not known comes before looking whether the known holds', async () => {
  const { made, asked, askedFor, told } = queue();
  made.setPaused(false);
  for (const known of ['a', 'b']) {
    made.want([pairOf(known)]);
    await askedFor(told.verdicts + 1);
    asked.at(-1)!.answer(verdict);
    await until(() => told.verdicts === asked.length, 'the verdict');
  }
  told.checks.length = 0;
  made.want([pairOf('a'), pairOf('b'), pairOf('c')]);
  await askedFor(3);
  assert.deepEqual(told.checks, ['c']);
  asked[2]!.answer(verdict);
  await until(() => told.checks.length === 3, 'the others');
  assert.deepEqual(told.checks, ['c', 'a', 'b']);
});

test('what is no longer wanted is not looked for', async () => {
  const { made, asked, askedFor, runs } = queue();
  made.setPaused(false);
  made.want([pairOf('a'), pairOf('b')]);
  await askedFor(1);
  made.want([pairOf('c')]);
  asked[0]!.answer(verdict);
  await askedFor(2);
  assert.deepEqual(runs(), ['a', 'c']);
});

test('after its end it tells nothing more and lets go', async () => {
  const { made, asked, askedFor, told, errors } = queue();
  made.setPaused(false);
  made.want([pairOf('a'), pairOf('b')]);
  await askedFor(1);
  const before = told.rests;
  made.dispose();
  assert.equal(told.rests, before + 1);
  asked[0]!.answer(new Error('closed'));
  await until(() => told.rests === before + 2, 'the end of the work');
  assert.deepEqual([told.verdicts, errors.length, asked.length], [0, 0, 1]);
});
