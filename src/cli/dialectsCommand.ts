import { Command } from 'commander';
import type { Dialect, TextModel } from '../dialects/dialect.ts';
import { dialects } from '../dialects/registry.ts';
import { textTable } from './textTable.ts';

interface DialectsCommandOptions {
  json?: boolean;
}

export const dialectsCommand = new Command('dialects')
  .description('List the protocols: their audio, how text comes, and which metrics they can have.')
  .option('--json', 'print one JSON document and nothing else')
  .action(({ json }: DialectsCommandOptions) => {
    const facts = dialects.map(factsOf);
    console.log(json === true ? JSON.stringify(facts, null, 2) : table(facts));
  });

interface DialectFacts {
  id: string;
  label: string;
  url: string;
  model: string | null;
  audio: string;
  text: TextModel;
  /** Metrics that not every protocol can have. */
  metrics: string[];
}

function factsOf(dialect: Dialect): DialectFacts {
  const { id, label, exampleUrl, defaultModel = null, textModel } = dialect;
  const settings = { url: exampleUrl, model: defaultModel, language: null, options: {} };
  const { encoding, sampleRateHz } = dialect.audioFormat(settings);
  return {
    id,
    label,
    url: exampleUrl,
    model: defaultModel,
    audio: `${encoding} ${sampleRateHz / 1000} kHz`,
    text: textModel,
    metrics: metricsOf(dialect),
  };
}

function metricsOf({ textModel, features }: Dialect): string[] {
  const streams = textModel !== 'final-only';
  const revises = streams && !textModel.startsWith('append');
  return [
    'finalisation',
    'WER',
    ...(streams ? ['TTFT', 'ITL', 'word latency'] : []),
    ...(revises ? ['stability'] : []),
    ...(features.wordTimes ? ['word times'] : []),
    ...(features.usage ? ['tokens'] : []),
    ...(features.speech ? ['speech events'] : []),
  ];
}

function table(facts: readonly DialectFacts[]): string {
  const head = ['Dialect', 'Audio', 'Text', 'Example address', 'Metrics'];
  const rows = facts.map(({ id, audio, text, url, metrics }) => {
    return [id, audio, text, url, metrics.join(', ')];
  });
  return textTable(head, rows, head.length);
}
