import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  Measured,
  MeasureProgress,
  RunWanted,
} from '../../../src/agenttools/agentWorkspace.ts';
import { measureInTurn, type Measurer } from '../../../src/agenttools/measureInTurn.ts';
import { BenchError } from '../../../src/common/benchError.ts';
import { RunnerError } from '../../../src/runner/runnerError.ts';
import { exampleRun } from '../../support/exampleRun.ts';
import { exampleRunText } from '../../support/exampleRunText.ts';

const wanted = ['one', 'two', 'three'].map((title): RunWanted => {
  return { title, plan: exampleRun().plan, series: null, folder: null };
});

function measured(title: string, cancelled = false): Measured {
  const place = { label: title, uri: `file:///${title}`, file: `/${title}` };
  const counts = { sessions: 4, total: 4, failed: 0 };
  return { place, cancelled, ...counts, warnings: [], firstFailure: null };
}

const nobody = (): void => undefined;

/** Of a run in which sessions failed beyond two at once. */
function headOf(sessions: number): unknown {
  const head = JSON.parse(exampleRunText()) as { summary: { run: Record<string, unknown> }[] };
  const [summary] = head.summary;
  return {
    ...head,
    summary: [{ ...summary!, run: { ...summary!.run, error_rate: sessions > 2 ? 0.5 : 0 } }],
  };
}

/** Nothing is read again of runs that stand by themselves. */
function by(measureOne: Measurer['measureOne']): Measurer {
  return { measureOne, readHead: () => Promise.reject(new TypeError('not asked for')) };
}

describe('runs that are measured in turn', () => {
  test('end with the one that is stopped', async () => {
    const { runs, problem } = await measureInTurn(
      wanted,
      nobody,
      by(({ title }) => Promise.resolve(measured(title, title === 'two'))),
    );
    assert.deepEqual(
      runs.map(({ place }) => place.label),
      ['one', 'two'],
    );
    assert.equal(problem, null);
  });

  test('count although a later one breaks off, whose file is named', async () => {
    const { runs, problem } = await measureInTurn(
      wanted,
      nobody,
      by(({ title }) =>
        title === 'two'
          ? Promise.reject(
              new RunnerError('disk_full', 'The disk is full.', { file: '/a b.rtbench.json' }),
            )
          : Promise.resolve(measured(title)),
      ),
    );
    assert.equal(runs.length, 1);
    assert.match(problem ?? '', /^The disk is full\. .* saved: file:\/\/\/.*a%20b\.rtbench\.json$/);
  });

  test('that cannot begin are an error, and so is a defect at any time', async () => {
    const refuse = () => Promise.reject(new BenchError('no', 'No.'));
    await assert.rejects(measureInTurn(wanted, nobody, by(refuse)), /^BenchError: No\.$/);
    const defect = measureInTurn(
      wanted,
      nobody,
      by(({ title }) =>
        title === 'two' ? Promise.reject(new TypeError('x')) : Promise.resolve(measured(title)),
      ),
    );
    await assert.rejects(defect, TypeError);
  });

  test('go on by what those of a series showed, of which one is judged', async () => {
    const series = { kind: 'find_capacity', sessions: 8 } as const;
    const told: string[] = [];
    const measurer: Measurer = {
      measureOne({ title, plan }, onProgress) {
        onProgress({ done: 0, total: 1, text: 'prepares' });
        // The place leads to the load, which the figures are made of.
        const load = plan.load.kind === 'concurrent' ? plan.load.sessions : 0;
        return Promise.resolve(measured(`${title}: ${load}`));
      },
      readHead: ({ label }) => Promise.resolve(headOf(Number(label.split(': ')[1]))),
    };
    const tell = ({ done, total }: MeasureProgress): void => void told.push(`${done}/${total}`);
    const [first] = wanted;
    const { runs, outcomes } = await measureInTurn([{ ...first!, series }], tell, measurer);
    assert.deepEqual(
      runs.map(({ place, isJudged }) => [place.label.split(': ')[1], isJudged]),
      [
        ['1', false],
        ['2', true],
        ['4', false],
        ['3', false],
      ],
    );
    assert.match(outcomes.join(), /^Capacity of local: 2 \(max_sustainable_streams\)\. With 3/);
    assert.deepEqual(told, ['0/6', '1/6', '2/6', '3/6']);
  });

  test('are told of in runs, one alone in sessions', async () => {
    const told: MeasureProgress[] = [];
    const tell = (progress: MeasureProgress): void => void told.push(progress);
    const measure: Measurer['measureOne'] = ({ title }, onProgress) => {
      onProgress({ done: 0, total: 0, text: 'prepares' });
      onProgress({ done: 1, total: 4, text: '1 of 4' });
      return Promise.resolve(measured(title));
    };
    await measureInTurn(wanted.slice(0, 2), tell, by(measure));
    await measureInTurn(wanted.slice(0, 1), tell, by(measure));
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
