import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recoveryMessage } from '../../../../src/extension/benchmark/recoveryMessage.ts';

test('says what was interrupted and how much of it is left', () => {
  const one = { title: 'local on speech', sessions: 7, plannedSessions: 12 };
  assert.equal(
    recoveryMessage([one]),
    'The benchmark "local on speech" was interrupted: 7 of 12 sessions can be recovered.',
  );
  assert.equal(
    recoveryMessage([one, { ...one, sessions: 0 }]),
    '2 benchmarks were interrupted: 7 of 24 sessions can be recovered.',
  );
  assert.equal(
    recoveryMessage([{ ...one, sessions: 0 }]),
    'The benchmark "local on speech" was interrupted before a session had ended.',
  );
});
