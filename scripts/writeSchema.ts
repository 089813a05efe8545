// Writes what follows from definitions elsewhere: the published JSON schemas of run files and plans,
// the dialects that settings may name, and the tools that agents may call.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as prettier from 'prettier';
import { contributedTools, type ContributedTool } from '../src/agenttools/languageModelTools.ts';
import { factsOfDialect } from '../src/dialects/factsOfDialect.ts';
import { dialects } from '../src/dialects/registry.ts';
import { planFileJsonSchema } from '../src/planfile/planFileJsonSchema.ts';
import { runFileJsonSchema } from '../src/runfile/runFileJsonSchema.ts';

const root = path.join(import.meta.dirname, '..');

interface Manifest {
  contributes: {
    languageModelTools: ContributedTool[];
    configuration: {
      properties: {
        'rtbench.endpoints': {
          items: { properties: { dialect: { enum: string[]; enumDescriptions: string[] } } };
        };
      };
    };
  };
}

async function write(file: string, text: string): Promise<void> {
  const filepath = path.join(root, file);
  const options = await prettier.resolveConfig(filepath);
  await writeFile(filepath, await prettier.format(text, { ...options, filepath }));
}

async function writeDialectList(): Promise<void> {
  const list = dialects.map(({ id, label, exampleUrl }) => ({ id, label, exampleUrl }));
  await write(
    'src/dialects/dialectList.ts',
    '// Written by `npm run schema` from the registry, which is too heavy to load where names are enough.\n' +
      `export const dialectList = ${JSON.stringify(list)} as const;\n\n` +
      'export type DialectId = (typeof dialectList)[number]["id"];\n',
  );
  await write(
    'src/dialects/dialectFacts.ts',
    '// Written by `npm run schema` from the registry, which is too heavy to load where facts are enough.\n' +
      "import type { DialectId } from './dialectList.ts';\nimport type { DialectFacts } from './factsOfDialect.ts';\n\n" +
      '/** What protocols are like with their usual settings. */\n' +
      'export const dialectFacts: Readonly<Record<DialectId, DialectFacts>> = ' +
      `${JSON.stringify(Object.fromEntries(dialects.map((each) => [each.id, factsOfDialect(each)])))};\n`,
  );
}

async function writeManifest(): Promise<void> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  const { properties } = manifest.contributes.configuration;
  const { dialect } = properties['rtbench.endpoints'].items.properties;
  dialect.enum = dialects.map(({ id }) => id);
  dialect.enumDescriptions = dialects.map(({ label }) => label);
  manifest.contributes.languageModelTools = contributedTools();
  await write('package.json', JSON.stringify(manifest));
}

async function writeSchema(file: string, schema: object): Promise<void> {
  await writeFile(path.join(root, 'schemas', file), `${JSON.stringify(schema, null, 2)}\n`);
}

await writeSchema('rtbench.schema.json', runFileJsonSchema());
await writeSchema('rtplan.schema.json', planFileJsonSchema());
await writeDialectList();
await writeManifest();
