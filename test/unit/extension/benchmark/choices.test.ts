import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bundledDataset,
  keepChoice,
  readChoices,
} from '../../../../src/extension/benchmark/benchmarkChoices.ts';
import { findInFolders, type FolderEntry } from '../../../../src/runlist/findInFolders.ts';
import { shortTime } from '../../../../src/extension/benchmark/shortTime.ts';

test('begins with the bundled speech, whatever was stored by another version', () => {
  for (const stored of [undefined, null, 7, { dataset: 3 }]) {
    assert.equal(readChoices(stored).dataset, bundledDataset);
  }
});

test('remembers the last choice and a few datasets, each once', () => {
  let choices = readChoices(undefined);
  for (const dataset of ['/a', '/b', '/c', '/d', '/e', '/f', bundledDataset, '/c']) {
    choices = keepChoice(choices, { endpoints: ['local'], dataset, profileId: 'burst-1' });
  }
  assert.deepEqual(choices, {
    endpoints: ['local'],
    dataset: '/c',
    profileId: 'burst-1',
    recentDatasets: ['/c', '/f', '/e', '/d', '/b'],
  });
  assert.deepEqual(readChoices(JSON.parse(JSON.stringify(choices))), choices);
});

const tree: Record<string, FolderEntry[]> = {
  '/w': [folder('data'), folder('.git'), folder('node_modules'), file('manifest.jsonl')],
  '/w/data': [folder('deep'), file('manifest.jsonl'), file('notes.txt')],
  '/w/data/deep': [file('manifest.jsonl')],
  '/w/.git': [file('manifest.jsonl')],
  '/w/node_modules': [file('manifest.jsonl')],
};

function folder(name: string): FolderEntry {
  return { name, isFolder: true };
}

function file(name: string): FolderEntry {
  return { name, isFolder: false };
}

async function foldersWithManifest(depth: number, mostFolders: number): Promise<string[]> {
  const list = (path: string) => Promise.resolve(tree[path] ?? []);
  const isManifest = (name: string) => name === 'manifest.jsonl';
  const found = await findInFolders('/w', list, isManifest, { depth, mostFolders });
  return found.map((one) => one.folder);
}

test('finds files near the top and stops at its limits', async () => {
  assert.deepEqual(await foldersWithManifest(5, 100), ['/w', '/w/data', '/w/data/deep']);
  assert.deepEqual(await foldersWithManifest(1, 100), ['/w', '/w/data']);
  assert.deepEqual(await foldersWithManifest(5, 2), ['/w', '/w/data']);
  assert.deepEqual(await foldersWithManifest(0, 100), ['/w']);
});

test('short times change from milliseconds to seconds', () => {
  assert.deepEqual([0, 999.4, 999.5, 1900].map(shortTime), ['0 ms', '999 ms', '1.0 s', '1.9 s']);
});
