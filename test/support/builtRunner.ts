import { existsSync } from 'node:fs';
import path from 'node:path';

/** The measuring process as it ships. */
export function builtRunner(): string {
  const program = path.join(import.meta.dirname, '..', '..', 'dist', 'runner.js');
  if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run build" first.`);
  return program;
}
