import type { Metafile } from 'esbuild';

/** The files of a split bundle that are loaded with the entry, not later by an `import()`. */
export function eagerOutputs({ outputs }: Metafile, entryPoint: string): string[] {
  const entry = Object.keys(outputs).find((file) => outputs[file]?.entryPoint === entryPoint);
  if (entry === undefined) throw new Error(`No output has the entry ${entryPoint}.`);
  const loaded = new Set([entry]);
  // A set that grows is walked to its end.
  for (const file of loaded) {
    for (const { kind, path } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && path in outputs) loaded.add(path);
    }
  }
  return [...loaded];
}
