import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  transcriptText,
  type TranscriptState,
} from '../../../../src/extension/benchmark/transcriptText.ts';

const running: TranscriptState = {
  audioName: 'meeting.wav',
  endpointName: 'local',
  text: '',
  audioMs: 0,
  outcome: null,
};

test('says what is going on', () => {
  assert.equal(transcriptText(running), 'meeting.wav → local · connecting…\n\n▍\n');
  assert.equal(
    transcriptText({ ...running, text: 'the quick', audioMs: 4000 }),
    'meeting.wav → local · 0:04 of speech sent\n\nthe quick ▍\n',
  );
});

test('ends with the figures there are', () => {
  const text = { ...running, text: 'The quick.', audioMs: 65_000 };
  assert.equal(
    transcriptText({ ...text, outcome: { type: 'complete', ttftMs: 612.4, tailMs: 1900 } }),
    'meeting.wav → local · 1:05 of speech\n\nThe quick.\n\n' +
      'First text after 612 ms · final text 1.9 s after the end of the audio\n',
  );
  assert.equal(
    transcriptText({ ...text, outcome: { type: 'complete', ttftMs: null, tailMs: null } }),
    'meeting.wav → local · 1:05 of speech\n\nThe quick.\n',
  );
  assert.match(
    transcriptText({ ...text, outcome: { type: 'failed', message: 'No route.' } }),
    /failed\n\nThe quick\.\n\nNo route\.\n$/,
  );
  assert.match(transcriptText({ ...text, outcome: { type: 'stopped' } }), /stopped after 1:05/);
});
