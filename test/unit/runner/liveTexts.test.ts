import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { SessionJob } from '../../../src/bench/sessionJob.ts';
import { LiveTexts } from '../../../src/runner/liveTexts.ts';
import type { LiveText } from '../../../src/runner/runnerMessages.ts';
import type { SessionUpdate } from '../../../src/session/sessionOptions.ts';
import { soleUnit, type TranscriptEvent } from '../../../src/trace/transcriptEvent.ts';

function job(id: string): SessionJob {
  return { id, endpointId: 'local', utteranceId: `utterance-${id}`, repeat: 0 };
}

function message(...events: TranscriptEvent[]): SessionUpdate {
  return { type: 'message', message: { atUs: 0, bytes: 1, events, raw: null } };
}

function append(text: string): SessionUpdate {
  return message({ type: 'text', mode: 'append', unit: soleUnit, text });
}

const chunk: SessionUpdate = {
  type: 'chunk',
  chunk: { dueUs: 0, sentUs: 0, startSample: 0, endSample: 1600, queuedBytes: 0 },
};

function watch(run: (texts: LiveTexts, reports: LiveText[]) => void): void {
  mock.timers.enable({ apis: ['setInterval'] });
  const reports: LiveText[] = [];
  const texts = new LiveTexts(100, (text) => reports.push(text));
  try {
    run(texts, reports);
  } finally {
    texts.stop();
    mock.timers.reset();
  }
}

test('puts together what comes within an interval', () => {
  watch((texts, reports) => {
    const one = job('1');
    for (const update of [chunk, append('the '), append('quick'), chunk]) texts.update(one, update);
    assert.equal(reports.length, 0);
    mock.timers.tick(40);
    const report = { endpointId: 'local', utteranceId: 'utterance-1' };
    assert.deepEqual(reports, [{ type: 'text', ...report, text: 'the quick', audioMs: 200 }]);
    mock.timers.tick(400);
    assert.equal(reports.length, 1);
  });
});

test('many sessions take turns: one report per interval', () => {
  watch((texts, reports) => {
    const jobs = ['a', 'b', 'c'].map(job);
    for (let second = 0; second < 1000; second += 40) {
      for (const one of jobs) texts.update(one, append(' word'));
      mock.timers.tick(40);
    }
    assert.equal(reports.length, 25);
    assert.deepEqual(
      reports.slice(0, 6).map(({ utteranceId }) => utteranceId),
      ['a', 'b', 'c', 'a', 'b', 'c'].map((id) => `utterance-${id}`),
    );
  });
});

test('reports the last of a session at its end, and only once', () => {
  watch((texts, reports) => {
    const one = job('1');
    texts.update(one, append('the quik'));
    texts.update(one, message({ type: 'final', unit: soleUnit, text: 'The quick.' }));
    texts.update(one, append(' too late'));
    texts.end(one);
    assert.deepEqual(
      reports.map(({ text }) => text),
      ['The quick.'],
    );
    mock.timers.tick(400);
    assert.equal(reports.length, 1);
  });
});

test('revised text is shown as it is now', () => {
  watch((texts, reports) => {
    for (const text of ['wreck a', 'recognise']) {
      texts.update(job('1'), message({ type: 'text', mode: 'replace', unit: 'u', text }));
    }
    mock.timers.tick(40);
    assert.equal(reports[0]?.text, 'recognise');
  });
});
