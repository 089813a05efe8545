import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { startOffsetsMs } from '../../../src/bench/arrivals.ts';
import { recordedStartsMs } from '../../../src/runfile/recordedStarts.ts';
import { writeRunFile } from '../../../src/runfile/writeRunFile.ts';
import { exampleRun } from '../../support/exampleRun.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'rtbench-starts-'));

async function startsOf(text: string): Promise<number[]> {
  const file = path.join(folder, 'starts.csv');
  await writeFile(file, text);
  return recordedStartsMs(file);
}

describe('recorded starts', () => {
  test('are seconds, one per line, counted from the first', async () => {
    assert.deepEqual(await startsOf('# of Monday\n3\n2.5,someone\r\n\n 7.25 x\n'), [0, 500, 4750]);
  });

  test('are times of a log, with any zone', async () => {
    const text = '2026-01-31T09:30:00.250Z GET\n2026-01-31T10:30:01+01:00 GET\n';
    assert.deepEqual(await startsOf(text), [0, 750]);
  });

  test('are those of a saved run', async () => {
    const run = exampleRun();
    const [session] = run.sessions;
    const sessions = [0, 1_500_000].map((startUs, at) => {
      const trace = structuredClone(session!.trace);
      trace.connection.startUs += startUs;
      return { ...session!, id: `s${at}`, trace };
    });
    const file = path.join(folder, 'before.rtbench.json');
    await writeRunFile(file, { ...run, sessions });
    assert.deepEqual(await recordedStartsMs(file), [0, 1500]);
  });

  test('that cannot be read are told with their line and what is to be written', async () => {
    await assert.rejects(startsOf('1\nsoon\n'), /starts\.csv:2: "soon" is no start: write seconds/);
    await assert.rejects(startsOf('1\n-2\n'), /:2: "-2" is no start/);
    await assert.rejects(startsOf('1\n2026-13-45T99:00:00Z\n'), /:2: "2026-13-45T99:00:00Z" is no/);
    await assert.rejects(startsOf('4\n'), /less than two starts/);
    await assert.rejects(
      recordedStartsMs(path.join(folder, 'gone.txt')),
      /gone\.txt cannot be read/,
    );
  });
});

describe('a load that repeats them', () => {
  const load = { kind: 'trace', path: '/starts.csv', timeScale: 2 } as const;

  test('stretches the time between them', () => {
    assert.deepEqual(startOffsetsMs(load, 3, [0, 100, 400]), [0, 200, 800]);
  });

  test('begins again, a mean gap after the last, where there are more sessions', () => {
    const offsets = startOffsetsMs({ ...load, timeScale: 1 }, 7, [0, 100, 400]);
    assert.deepEqual(offsets, [0, 100, 400, 600, 700, 1000, 1200]);
  });

  test('starts all at once where all were', () => {
    assert.deepEqual(startOffsetsMs(load, 4, [0, 0]), [0, 0, 0, 0]);
  });
});
