import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';
import { testLineMark } from '../testLineMark.ts';

/** Runs every test file that lies beside this one; rejects when a test fails. */
export async function run(): Promise<void> {
  // Mocha is an ES module, which a bundle in CommonJS can only import this way.
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    console.log(testLineMark + format(...args));
  };
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: 30_000,
    forbidOnly: true,
    ...(process.env.RTBENCH_TEST_GREP ? { grep: process.env.RTBENCH_TEST_GREP } : {}),
  });
  for (const file of (await readdir(__dirname)).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}
