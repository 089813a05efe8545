// Bundles the product into dist/ and lays the recogniser's files beside the bundles.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { prepareModel } from './fetchModel.ts';

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');

/** One entry per program that runs by itself. */
const bundles: { entry: string; out: string; external?: string[] }[] = [
  { entry: 'src/cli/main.ts', out: 'cli.js' },
  { entry: 'src/endpoint/main.ts', out: 'endpoint.js' },
  {
    entry: 'src/endpoint/recogniser/worker.ts',
    out: 'endpointWorker.js',
    external: ['onnxruntime-node'],
  },
];

const options: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'linked',
  logLevel: 'warning',
  absWorkingDir: root,
  // ESM sources ask for their own address; a CommonJS bundle has only its file name.
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

async function copyRuntime(): Promise<void> {
  const require = createRequire(import.meta.url);
  const from = path.dirname(require.resolve('onnxruntime-web/wasm'));
  for (const file of ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm']) {
    await cp(path.join(from, file), path.join(dist, file));
  }
}

await mkdir(dist, { recursive: true });
await writeFile(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');
await Promise.all([
  ...bundles.map(({ entry, out, external = [] }) =>
    build({ ...options, entryPoints: [entry], outfile: path.join(dist, out), external }),
  ),
  copyRuntime(),
  prepareModel(path.join(dist, 'model')),
]);
