import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

interface AxeResults {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** The accessibility rules that a document breaks, each with the elements. */
export async function axeProblems(frame: Frame): Promise<string[]> {
  await frame.evaluate(axeSource);
  const { violations } = await frame.evaluate<AxeResults>('axe.run(document)');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
