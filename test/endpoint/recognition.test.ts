import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadPcm } from '../../src/audio/loadPcm.ts';
import { loadDataset } from '../../src/dataset/loadDataset.ts';
import type { Utterance } from '../../src/dataset/utterance.ts';
import { startEmbeddedEndpoint } from '../../src/endpoint/startEmbeddedEndpoint.ts';
import type { EmbeddedEndpoint } from '../../src/endpoint/startEmbeddedEndpoint.ts';
import { poolScores } from '../../src/metrics/text/poolScores.ts';
import { scorePair } from '../../src/metrics/text/scorePair.ts';
import { textProfile } from '../../src/metrics/text/textProfiles.ts';
import { transcribe } from './support/transcribe.ts';
import type { Transcription } from './support/transcribe.ts';

const root = path.join(import.meta.dirname, '../..');
const samples = path.join(root, 'samples/speech');
const shared = path.join(root, '../shared/speech/manifest.json');
const sharedIds = ['en-jfk', 'en-libri-1995', 'en-libri-61', 'en-sonnet1', 'en-goforward'];

async function utterances(dataset: string, ids: string[]): Promise<Utterance[]> {
  const all = (await loadDataset(dataset)).utterances;
  return ids.map((id) => {
    const found = all.find((utterance) => utterance.id === id);
    assert.ok(found, `${id} is not in ${dataset}`);
    return found;
  });
}

function pooledWer(pairs: { utterance: Utterance; text: string }[]): number {
  const profile = textProfile('en-whisper@1');
  const scores = pairs.map(({ utterance, text }) =>
    scorePair(utterance.reference ?? '', text, profile),
  );
  return poolScores(scores).rates.wer ?? 1;
}

describe('embedded endpoint: recognition', () => {
  let endpoint: EmbeddedEndpoint;
  before(async () => {
    endpoint = await startEmbeddedEndpoint({ runtime: 'wasm' });
  });
  after(() => endpoint.stop());

  async function transcribeFile(
    utterance: Utterance,
    pace: 'real-time' | 'burst',
  ): Promise<Transcription> {
    const audio = await loadPcm(utterance.audioPath, 16_000);
    return transcribe(endpoint, audio.samples, pace);
  }

  it('says words while they are spoken, in several sessions at once', async () => {
    const ids = ['inaugural-address', 'two-sentences-pause', 'train-question'];
    const spoken = await utterances(samples, ids);
    const heard = await Promise.all(
      spoken.map(async (utterance) => ({
        utterance,
        ...(await transcribeFile(utterance, 'real-time')),
      })),
    );
    for (const { utterance, text, deltas, deltaMs } of heard) {
      assert.equal(deltas.join(''), text);
      assert.ok(deltas.every((delta) => delta !== ''));
      const audioMs = utterance.declaredDurationMs ?? 0;
      const early = deltaMs.filter((atMs) => atMs < audioMs - 1000);
      assert.ok(early.length >= 2, `${utterance.id}: deltas at ${deltaMs.join(', ')} ms`);
    }
    assert.ok(pooledWer(heard) < 0.2, JSON.stringify(heard.map(({ text }) => text)));
  });

  it('recognises bundled speech sent at once', async () => {
    const spoken = await utterances(samples, ['harbor-story', 'latency-lecture', 'library-noise']);
    const heard = await Promise.all(
      spoken.map(async (utterance) => ({
        utterance,
        ...(await transcribeFile(utterance, 'burst')),
      })),
    );
    assert.ok(pooledWer(heard) < 0.15, JSON.stringify(heard.map(({ text }) => text)));
  });

  it('says nothing about silence and noise', async () => {
    const silence = new Int16Array(5 * 16_000);
    let state = 1;
    const noise = Int16Array.from(silence, () => {
      state = (state * 48_271) % 2_147_483_647;
      return (state % 2001) - 1000;
    });
    for (const audio of [silence, noise]) {
      const { text, deltas } = await transcribe(endpoint, audio, 'burst');
      assert.deepEqual([text, deltas], ['', []]);
    }
  });

  it('recognises real recordings', { skip: withoutShared() }, async () => {
    const spoken = await utterances(shared, sharedIds);
    const heard: { utterance: Utterance; text: string }[] = [];
    for (const utterance of spoken) {
      heard.push({ utterance, ...(await transcribeFile(utterance, 'burst')) });
    }
    assert.ok(pooledWer(heard) < 0.1, JSON.stringify(heard.map(({ text }) => text)));
  });
});

function withoutShared(): string | false {
  return existsSync(shared) ? false : `no recordings at ${path.relative(root, shared)}`;
}
