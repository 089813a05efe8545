import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { requireFolder } from '../../../src/runner/requireFolder.ts';

const isRoot = process.getuid?.() === 0;

describe('the folder for runs', () => {
  let dir: string;

  before(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'rtbench-folder-'));
    await writeFile(path.join(dir, 'file'), '');
    await mkdir(path.join(dir, 'locked'));
    await chmod(path.join(dir, 'locked'), 0o555);
  });
  after(() => rm(dir, { recursive: true, force: true }));

  test('may be missing, and is not made', async () => {
    await requireFolder(dir);
    await requireFolder(path.join(dir, 'a', 'b'));
    assert.deepEqual(await readdir(dir), ['file', 'locked']);
  });

  test('is refused where it is a file, or a file is in its way', async () => {
    const file = path.join(dir, 'file');
    await assert.rejects(requireFolder(file), {
      reason: 'folder_unusable',
      message: `Runs cannot be saved in ${file}: it is a file. Choose another folder: "rtbench.resultsFolder" in the settings, "outputFolder" in a plan.`,
    });
    const beneath = path.join(file, 'a', 'b');
    await assert.rejects(requireFolder(beneath), new RegExp(`${beneath}: ${file} is a file\\.`));
  });

  test(
    'is refused where it cannot be written to',
    { skip: isRoot && 'root may write everywhere' },
    async () => {
      const locked = path.join(dir, 'locked');
      await assert.rejects(requireFolder(locked), /: it cannot be written to\./);
      await assert.rejects(requireFolder(path.join(locked, 'a')), /locked cannot be written to\./);
    },
  );
});
