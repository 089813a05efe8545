import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  Measured,
  MeasureProgress,
  RunWanted,
} from '../../../src/agenttools/agentWorkspace.ts';
import { measureInTurn } from '../../../src/agenttools/measureInTurn.ts';
import { BenchError } from '../../../src/common/benchError.ts';
import { RunnerError } from '../../../src/runner/runnerError.ts';
import { exampleRun } from '../../support/exampleRun.ts';

const wanted = ['one', 'two', 'three'].map((title): RunWanted => {
  return { title, plan: exampleRun().plan, folder: null };
});

function measured(title: string, cancelled = false): Measured {
  const place = { label: title, uri: `file:///${title}`, file: `/${title}` };
  const counts = { sessions: 4, total: 4, failed: 0 };
  return { place, cancelled, ...counts, warnings: [], firstFailure: null };
}

const nobody = (): void => undefined;

describe('runs that are measured in turn', () => {
  test('end with the one that is stopped', async () => {
    const { runs, problem } = await measureInTurn(wanted, nobody, ({ title }) =>
      Promise.resolve(measured(title, title === 'two')),
    );
    assert.deepEqual(
      runs.map(({ place }) => place.label),
      ['one', 'two'],
    );
    assert.equal(problem, null);
  });

  test('count although a later one breaks off, whose file is named', async () => {
    const { runs, problem } = await measureInTurn(wanted, nobody, ({ title }) =>
      title === 'two'
        ? Promise.reject(
            new RunnerError('disk_full', 'The disk is full.', { file: '/a b.rtbench.json' }),
          )
        : Promise.resolve(measured(title)),
    );
    assert.equal(runs.length, 1);
    assert.match(problem ?? '', /^The disk is full\. .* saved: file:\/\/\/.*a%20b\.rtbench\.json$/);
  });

  test('that cannot begin are an error, and so is a defect at any time', async () => {
    const refuse = () => Promise.reject(new BenchError('no', 'No.'));
    await assert.rejects(measureInTurn(wanted, nobody, refuse), /^BenchError: No\.$/);
    const defect = measureInTurn(wanted, nobody, ({ title }) =>
      title === 'two' ? Promise.reject(new TypeError('x')) : Promise.resolve(measured(title)),
    );
    await assert.rejects(defect, TypeError);
  });

  test('are told of in runs, one alone in sessions', async () => {
    const told: MeasureProgress[] = [];
    const tell = (progress: MeasureProgress): void => void told.push(progress);
    const measure = ({ title }: RunWanted, onProgress: typeof tell): Promise<Measured> => {
      onProgress({ done: 0, total: 0, text: 'prepares' });
      onProgress({ done: 1, total: 4, text: '1 of 4' });
      return Promise.resolve(measured(title));
    };
    await measureInTurn(wanted.slice(0, 2), tell, measure);
    await measureInTurn(wanted.slice(0, 1), tell, measure);
    assert.deepEqual(
      told.map(({ done, total }) => [done, total]),
      [
        [0, 2],
        [0.25, 2],
        [1, 2],
        [1.25, 2],
        [0, 0],
        [1, 4],
      ],
    );
    assert.equal(told[3]?.text, 'Run 2 of 2: 1 of 4');
  });
});
