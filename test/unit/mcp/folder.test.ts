import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { FolderBoundary } from '../../../src/agenttools/folderBoundary.ts';
import { apiKeyVariables } from '../../../src/mcp/apiKeyVariables.ts';
import { folderRuns } from '../../../src/mcp/folderRuns.ts';

describe('the folder of a server', () => {
  let root: string;
  let boundary: FolderBoundary;

  before(async () => {
    root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'rtbench-folder-')));
    await mkdir(path.join(root, 'in', 'deep'), { recursive: true });
    await mkdir(path.join(root, 'out'));
    await mkdir(path.join(root, 'in-not'));
    await writeFile(path.join(root, 'out', 'secret.rtbench.json'), '{}');
    await writeFile(path.join(root, 'in', 'deep', 'a.rtbench.json'), '{}');
    await symlink(path.join(root, 'out'), path.join(root, 'in', 'link'));
    boundary = await FolderBoundary.of(path.join(root, 'in'));
  });
  after(() => rm(root, { recursive: true }));

  test('gives what lies within, by path and by URI', async () => {
    const file = path.join(root, 'in', 'deep', 'a.rtbench.json');
    assert.equal(await boundary.find('deep/a.rtbench.json'), file);
    assert.equal(await boundary.find(file), file);
    assert.equal(await boundary.find(pathToFileURL(file).href), file);
    assert.equal(boundary.label(file), 'deep/a.rtbench.json');
  });

  test('refuses what lies outside, also behind a link', async () => {
    const outside = [
      '..',
      '../out/secret.rtbench.json',
      '../in-not',
      '/',
      'link/secret.rtbench.json',
    ];
    for (const text of [...outside, pathToFileURL(path.join(root, 'out')).href]) {
      await assert.rejects(boundary.find(text), /lies outside of the folder/, text);
    }
    await assert.rejects(boundary.makeFolder('link/new'), /lies outside/);
    await assert.rejects(boundary.makeFolder('../new'), /lies outside/);
  });

  test('says what is not there or no path', async () => {
    await assert.rejects(boundary.find('nothing'), /There is no "nothing"/);
    await assert.rejects(
      boundary.find('file://host/share?x'),
      /is no file of this computer|outside/,
    );
    await assert.rejects(FolderBoundary.of(path.join(root, 'nowhere')), /There is no folder/);
  });

  test('makes folders within', async () => {
    const made = await boundary.makeFolder('new/deeper');
    assert.equal(made, path.join(root, 'in', 'new', 'deeper'));
  });

  test('lists its runs, readable or not, and follows no links', async () => {
    const runs = await folderRuns(boundary);
    assert.deepEqual(
      runs.map(({ label, content }) => [label, content.kind]),
      [['deep/a.rtbench.json', 'broken']],
    );
  });
});

describe('--api-key-env', () => {
  test('binds a variable to an origin, whatever path the endpoint has', () => {
    const variables = apiKeyVariables(['https://asr.example.com/v1?a=b=KEY_1', 'ws://[::1]:80=K']);
    assert.deepEqual(
      [...variables],
      [
        ['wss://asr.example.com', 'KEY_1'],
        ['ws://[::1]', 'K'],
      ],
    );
  });

  for (const option of ['', 'KEY', '=KEY', 'name=KEY', 'wss://host=', 'wss://host=a key']) {
    test(`refuses "${option}"`, () => {
      assert.throws(() => apiKeyVariables([option]), /--api-key-env takes the address/);
    });
  }
});
