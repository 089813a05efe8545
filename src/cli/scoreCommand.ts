import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { BenchError, errorText } from '../common/benchError.ts';
import { metricRegistry } from '../metrics/registry/metricRegistry.ts';
import { alignTexts, type AlignedTexts } from '../metrics/text/alignTexts.ts';
import { chooseProfile } from '../metrics/text/chooseProfile.ts';
import { errorFrequencies } from '../metrics/text/errorFrequencies.ts';
import { formatAlignment } from '../metrics/text/formatAlignment.ts';
import { poolScores, type CorpusScore } from '../metrics/text/poolScores.ts';
import { scoreAlignedTexts, type PairScore } from '../metrics/text/scorePair.ts';
import { textProfile } from '../metrics/text/textProfiles.ts';
import { formatPercent } from '../common/formatPercent.ts';
import { textTable } from './textTable.ts';

interface ScoreOptions {
  ref: string;
  hyp: string;
  profile?: string;
  language?: string;
  alignment?: boolean;
  json?: boolean;
}

const shownRates = ['wer', 'mer', 'wil', 'wip', 'cer'] as const;

export const scoreCommand = new Command('score')
  .description('Compare recognised texts with references, line by line and together.')
  .requiredOption('--ref <file>', 'reference texts, one per line')
  .requiredOption('--hyp <file>', 'recognised texts, one per line, in the same order')
  .option('--profile <id>', 'text profile (default: by the language and the texts)')
  .option('--language <code>', 'language of the texts, e.g. en')
  .option('--alignment', 'print which words differ')
  .option('--json', 'print one JSON document and nothing else')
  .action(async (options: ScoreOptions) => {
    const references = await readLines(options.ref);
    const hypotheses = await readLines(options.hyp);
    if (references.length !== hypotheses.length) {
      throw new BenchError(
        'lines_differ',
        `${options.ref} has ${references.length} lines and ${options.hyp} ${hypotheses.length}. ` +
          'Line n of one belongs to line n of the other; use an empty line where nothing was said.',
      );
    }
    const choice = chooseProfile(options.language ?? null, references);
    const profile = textProfile(options.profile ?? choice.profileId);
    const aligned = references.map((text, i) => alignTexts(text, hypotheses[i]!, profile));
    const lines = aligned.map(scoreAlignedTexts);
    const pooled = poolScores(lines);
    if (options.json) {
      const errors = errorFrequencies(aligned);
      const { id, spellingEntries } = profile;
      console.log(JSON.stringify({ profile: id, spellingEntries, pooled, errors, lines }, null, 2));
      return;
    }
    console.log(scoreTable(lines, pooled));
    console.log(`\nProfile ${profile.id}: ${profile.description}`);
    if (options.alignment) console.log(`\n${alignments(aligned)}`);
  });

/** The lines of a text file; a line feed at its end does not begin another line. */
async function readLines(file: string): Promise<string[]> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const problem = cause instanceof TypeError ? 'is not UTF-8 text' : errorText(cause);
    throw new BenchError('not_readable', `${file}: ${problem}`, { cause });
  }
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function scoreTable(lines: readonly PairScore[], pooled: CorpusScore): string {
  const head = [
    'line',
    'words',
    'S',
    'D',
    'I',
    ...shownRates.map((id) => metricRegistry[id].short),
  ];
  const rows = lines.map((score, i) => scoreRow(String(i + 1), score));
  return textTable(head, [...rows, scoreRow('all', pooled)]);
}

function scoreRow(name: string, { words, rates }: PairScore | CorpusScore): string[] {
  const { hits, substitutions, deletions, insertions } = words;
  const counts = [hits + substitutions + deletions, substitutions, deletions, insertions];
  const shares = shownRates.map((id) => {
    const rate = rates[id];
    return rate === null ? '–' : formatPercent(rate);
  });
  return [name, ...counts.map(String), ...shares];
}

function alignments(aligned: readonly AlignedTexts[]): string {
  return aligned.map((texts, i) => `${i + 1}\n${formatAlignment(texts)}`).join('\n\n');
}
