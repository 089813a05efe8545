import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { reportRun } from '../../../src/runfile/runReport.ts';
import { runFileJsonSchema } from '../../../src/runfile/runFileJsonSchema.ts';
import { runFileText } from '../../../src/runfile/writeRunFile.ts';
import { exampleRun } from '../../support/exampleRun.ts';

const schemaFile = path.join(import.meta.dirname, '../../../schemas/rtbench.schema.json');

test('the published schema is that of the program; else run "npm run schema"', async () => {
  const published: unknown = JSON.parse(await readFile(schemaFile, 'utf8'));
  assert.deepEqual(published, JSON.parse(JSON.stringify(runFileJsonSchema())));
});

test('another validator accepts a run file by the published schema, and refuses a broken one', async () => {
  const published = JSON.parse(await readFile(schemaFile, 'utf8')) as object;
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(published);
  const json = JSON.parse([...runFileText(reportRun(exampleRun()), '/data')].join('')) as {
    run: { durationUs: unknown };
    environment: { proxy?: null };
  };
  assert.ok(validate(json), JSON.stringify(validate.errors));
  // As files from before it was recorded have it.
  delete json.environment.proxy;
  assert.ok(validate(json), JSON.stringify(validate.errors));
  json.run.durationUs = 'long';
  assert.equal(validate(json), false);
});
