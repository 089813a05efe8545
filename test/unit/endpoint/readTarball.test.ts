import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readTarball } from '../../../scripts/readTarball.ts';

function entry(name: string, prefix: string, type: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write(type, 156);
  header.write(prefix, 345);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}

describe('readTarball', () => {
  it('gives regular files by their whole name', () => {
    const tar = Buffer.concat([
      entry('package', '', '5', ''),
      entry('package/a.txt', '', '0', 'first'),
      entry('deep/b.txt', 'package/very', '0', 'x'.repeat(600)),
      Buffer.alloc(1024),
    ]);
    const files = readTarball(gzipSync(tar));
    assert.deepEqual([...files.keys()], ['package/a.txt', 'package/very/deep/b.txt']);
    assert.equal(Buffer.from(files.get('package/a.txt') ?? []).toString(), 'first');
    assert.equal(files.get('package/very/deep/b.txt')?.length, 600);
  });

  it('refuses an archive whose sizes make no sense', () => {
    const damaged = entry('package/a.txt', '', '0', 'x');
    damaged.write('not octal!', 124);
    assert.throws(() => readTarball(gzipSync(damaged)), /package\/a\.txt/);
  });
});
