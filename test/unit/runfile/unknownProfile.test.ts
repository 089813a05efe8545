import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reportText } from '../../../src/cli/reportText.ts';
import { compareRuns, prepareComparison } from '../../../src/comparison/compareRuns.ts';
import { comparedUtterance } from '../../../src/compareview/comparedUtterance.ts';
import { utteranceDetail } from '../../../src/compareview/utteranceDetail.ts';
import { utteranceRows } from '../../../src/compareview/utteranceRows.ts';
import { readRunDocument } from '../../../src/lsp/run/runDocument.ts';
import { findingsOf, headFindings } from '../../../src/lsp/run/runFindings.ts';
import { figuresHold, parseRunFile } from '../../../src/runfile/readRunFile.ts';
import { reportRun, type RunReport } from '../../../src/runfile/runReport.ts';
import { buildRunView } from '../../../src/runview/buildRunView.ts';
import { buildSessionDetail } from '../../../src/runview/buildSessionDetail.ts';
import { RunLanes } from '../../../src/timeline/runLanes.ts';
import { comparedReport, comparedRun } from '../../support/comparedRuns.ts';
import { exampleRun } from '../../support/exampleRun.ts';
import {
  askingForUnknownProfile,
  unknownProfile,
  unknownProfileText,
} from '../../support/unknownProfileRun.ts';

const problem = /does not know the text profile "future@9" .*Update RTBench.* basic@1,/;
const text = unknownProfileText(exampleRun());

describe('a run whose plan names a text profile that this version does not have', () => {
  const report = parseRunFile(text, 'r.rtbench.json');

  test('opens with the figures that it was saved with, and says what to do', () => {
    assert.equal(report.run.sessions.length, 1);
    const [own] = report.summary;
    const [known] = reportRun(exampleRun()).summary;
    assert.equal(own?.text[0]?.profileId, unknownProfile);
    assert.equal(own.text[0].rates.wer, known?.text[0]?.rates.wer);
    assert.deepEqual(own.metrics, known?.metrics);
    assert.equal(report.warnings.length, 1);
    assert.match(report.warnings[0]!, problem);
    assert.ok(figuresHold(report), 'nobody can say anything else');
    assert.match(reportText(report), /WER +[\d.]+ % .*future@9/);
  });

  test('has its other figures also where none were saved, and the reason for the others', () => {
    const recovered = reportRun(askingForUnknownProfile(exampleRun()));
    const { metrics, missing, words } = recovered.sessions[0]!.figures;
    assert.equal(words, null);
    assert.equal(typeof metrics.ttft, 'number');
    assert.deepEqual(missing.unknown_text_profile?.toSorted(), [
      'stream_final_wer',
      'time_to_final_wer',
      'wer_at_0',
      'wer_at_1000',
      'wer_at_200',
      'wer_at_500',
    ]);
    assert.deepEqual(recovered.summary[0]?.text, []);
    assert.match(recovered.warnings.join(), problem);
    assert.match(reportText(recovered), /WER +– {2}\(this version of RTBench does not know the/);
    assert.match(buildRunView(recovered).endpoints[0]!.noText, /does not know/);
  });

  test('is shown, with the problem at its texts', () => {
    const view = buildRunView(report);
    assert.match(view.endpoints[0]!.text[0]!.reason, /saved with the run/);
    assert.match(view.warnings.join(), problem);
    const detail = buildSessionDetail(report, 's00001');
    assert.equal(detail?.alignment, null);
    assert.match(detail.alignmentProblem ?? '', problem);
    const lane = new RunLanes(report.run).build(report.run.sessions[0]!, {
      key: 'k',
      audioKey: 'a',
    });
    assert.equal(
      lane.figures.some(({ label }) => label === 'WER'),
      false,
    );
    assert.ok(lane.words.length > 0);
  });

  test('has no findings as text beside the problem', () => {
    const document = readRunDocument(text, 'r.rtbench.json', null);
    const ofSessions = document.sessions.flatMap((entry) => findingsOf(entry));
    assert.deepEqual([...headFindings(document), ...ofSessions], []);
  });
});

describe('compared with another run', () => {
  const unknown = parseRunFile(unknownProfileText(comparedRun({ utterances: 12 })), '/data/r');
  const known = comparedReport({ utterances: 12, seed: 2 });
  const pairs: [RunReport, RunReport, string][] = [
    [unknown, known, 'as the baseline'],
    [known, unknown, 'as the candidate'],
    [unknown, unknown, 'on both sides'],
  ];
  for (const [a, b, what] of pairs) {
    test(`${what}, it tells of other figures`, () => {
      const [compared] = compareRuns([a, b]).pairs;
      const keys = compared!.metrics.map(({ key }) => key);
      assert.ok(keys.includes('ttft_speech'));
      assert.equal(keys.includes('wer'), a === known);
      const { pair } = prepareComparison([a, b]).pairs[0]!;
      assert.equal(utteranceRows(pair, 'ttft_speech').length, 12);
      const detail = utteranceDetail(pair, comparedUtterance(pair, 'utt-000', 0)!, {
        letters: ['A', 'B'],
        namesOf: () => ({ key: 'k', audioKey: 'a' }),
      });
      assert.equal(detail.alignment === null, a === unknown);
      assert.equal(problem.test(detail.problem ?? ''), a === unknown);
    });
  }
});
