import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { contributedTools } from '../../../src/agenttools/languageModelTools.ts';
import { parseToolInput } from '../../../src/agenttools/parseToolInput.ts';
import { inputJsonSchema } from '../../../src/agenttools/toolDefinitions.ts';
import { compareRunsInput, runBenchmarkInput } from '../../../src/agenttools/toolInputs.ts';
import { isMeasuring, toolNames } from '../../../src/agenttools/toolNames.ts';
import { BenchError } from '../../../src/common/benchError.ts';

const manifestFile = path.join(import.meta.dirname, '../../../package.json');

test('package.json has the tools as they are defined; else run "npm run schema"', async () => {
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as {
    contributes: { languageModelTools: unknown };
  };
  const defined: unknown = JSON.parse(JSON.stringify(contributedTools()));
  assert.deepEqual(manifest.contributes.languageModelTools, defined);
});

test('names and references of tools are what VS Code and MCP accept', () => {
  for (const { name, toolReferenceName, modelDescription } of contributedTools()) {
    assert.match(name, /^[\w-]{1,64}$/);
    assert.match(toolReferenceName, /^[\w-]+$/);
    assert.ok(modelDescription.length > 80, name);
  }
});

test('only what sends audio needs trust, and nothing is there beside the MCP server', () => {
  for (const { name, when } of contributedTools()) {
    assert.equal(when.includes('isWorkspaceTrusted'), isMeasuring(name));
    assert.match(when, /!config\.rtbench\.mcp\.enabled$/);
  }
});

describe('the published schema of an input', () => {
  const inputs: { name: (typeof toolNames)[number]; good: object; bad: object }[] = [
    { name: 'rtbench_list_endpoints', good: {}, bad: { all: true } },
    { name: 'rtbench_list_runs', good: { limit: 3 }, bad: { limit: 0 } },
    { name: 'rtbench_list_plans', good: { limit: 3 }, bad: { limit: 51 } },
    {
      name: 'rtbench_run_benchmark',
      good: { endpoints: ['a'], pacing: 'burst' },
      bad: { endpoints: ['a'], pacing: 'slow' },
    },
    { name: 'rtbench_run_plan', good: { plan: 'a.rtplan.json' }, bad: { plan: '' } },
    { name: 'rtbench_get_run_summary', good: { run: 'a.rtbench.json' }, bad: {} },
    {
      name: 'rtbench_compare_runs',
      good: { baseline: 'a.rtbench.json', runs: ['b.rtbench.json'] },
      bad: { baseline: 'a.rtbench.json', runs: [] },
    },
  ];

  test('is there for every tool', () => {
    assert.deepEqual(
      inputs.map(({ name }) => name),
      [...toolNames],
    );
  });

  for (const { name, good, bad } of inputs) {
    test(`accepts and refuses as another validator does: ${name}`, () => {
      const validate = new Ajv({ strict: false }).compile(inputJsonSchema(name));
      assert.equal(validate(good), true, JSON.stringify(validate.errors));
      assert.equal(validate(bad), false);
    });
  }
});

test('an input has its defaults', () => {
  const input = parseToolInput('rtbench_run_benchmark', runBenchmarkInput, { endpoints: ['a'] });
  assert.deepEqual(input, {
    endpoints: ['a'],
    dataset: 'bundled',
    pacing: 'capture',
    concurrentSessions: 1,
    repeatsPerUtterance: 1,
  });
});

test('a bad input is refused with the tool, the place and the possible members', () => {
  for (const input of [undefined, [], 'a', { baseline: 'a' }, { baseline: 'a', runs: 'b' }]) {
    assert.throws(
      () => parseToolInput('rtbench_compare_runs', compareRunsInput, input),
      (error) =>
        error instanceof BenchError &&
        /^Input of rtbench_compare_runs is not usable: .*Its members: baseline, runs\.$/.test(
          error.message,
        ),
    );
  }
});
