import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { prepareModel } from './fetchModel.ts';

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');
const require = createRequire(import.meta.url);

/** Programs that run by themselves in Node, one entry each. */
const programs: { entry: string; out: string; external?: string[] }[] = [
  {
    entry: 'src/endpoint/recogniser/worker.ts',
    out: 'endpointWorker.js',
    external: ['onnxruntime-node'],
  },
  { entry: 'src/extension/runEditor/runReader.ts', out: 'runReader.js' },
  { entry: 'src/extension/timeline/timelineReader.ts', out: 'timelineReader.js' },
  { entry: 'src/extension/compareEditor/compareReader.ts', out: 'compareReader.js' },
];

const pages = [
  { entry: 'webview-ui/runEditor/main.ts', out: 'runEditor.js' },
  { entry: 'webview-ui/timeline/main.ts', out: 'timeline.js' },
  { entry: 'webview-ui/compare/main.ts', out: 'compare.js' },
];

export interface BuildChoice {
  /** Minified and without source maps, as it ships. */
  production: boolean;
}

/**
 * Bundles the product into dist/ and lays the recogniser's files beside the bundles.
 * Returns what went into each bundle.
 */
export async function buildProduct({ production }: BuildChoice): Promise<Metafile[]> {
  if (production) await rm(dist, { recursive: true, force: true });
  await mkdir(path.join(dist, 'webview'), { recursive: true });
  await writeFile(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  const common: BuildOptions = {
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    logLevel: 'warning',
    absWorkingDir: root,
  };
  const [metafiles] = await Promise.all([
    Promise.all([
      buildPieces(common, extension),
      buildPieces(common, clients),
      ...buildPrograms(common),
      buildMcp(common),
      ...buildPages(common),
    ]),
    copyRuntime(),
    copyIcons(),
    prepareModel(path.join(dist, 'model')),
  ]);
  return metafiles;
}

/** The ES modules of a package where it has some: the others may load parts unseen by a bundler. */
const mainFields = ['module', 'main'];

/** A CommonJS bundle has only its file name, but ESM sources ask for their own address. */
const commonJs: BuildOptions = {
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** Programs that share pieces with each other. */
interface Pieces {
  /** Sources by the name of the file in dist/. */
  entryPoints: Record<string, string>;
  /** Of the files: VS Code takes `.js` in a package of type "module" for an ES module. */
  ending: '.js' | '.cjs';
  /** Begins the names of what they share. */
  prefix: string;
  external?: string[];
  plugins?: Plugin[];
}

/**
 * The extension in pieces, of which activation loads only those that it needs: compiling the whole
 * takes longer than activating it. The language server is a program of its own, which shares pieces
 * with its client: the protocol is half of each.
 */
const extension: Pieces = {
  entryPoints: { extension: 'src/extension/extension.ts', languageServer: 'src/lsp/main.ts' },
  ending: '.cjs',
  prefix: 'extension',
  external: ['vscode'],
};

/** What connects to endpoints has all dialects, and speaks AWS's way, which is large: once is enough. */
const clients: Pieces = {
  entryPoints: {
    cli: 'src/cli/main.ts',
    runner: 'src/runner/main.ts',
    probe: 'src/runner/probe.ts',
    endpoint: 'src/endpoint/main.ts',
    comparisonWorker: 'src/agenttools/comparisonWorker.ts',
  },
  ending: '.js',
  prefix: 'shared',
  plugins: [separateMcp()],
};

/**
 * esbuild splits ES modules only, so that the pieces are made as such and then become CommonJS,
 * which every supported VS Code loads.
 */
async function buildPieces(
  common: BuildOptions,
  { entryPoints, ending, prefix, external = [], plugins = [] }: Pieces,
): Promise<Metafile> {
  await removePieces(prefix);
  const modules = await mkdtemp(path.join(os.tmpdir(), 'rtbench-build-'));
  try {
    const metafile = await bundle({
      ...common,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      splitting: true,
      mainFields,
      entryPoints,
      outdir: modules,
      outExtension: { '.js': ending },
      chunkNames: `${prefix}-[name]-[hash]`,
      external,
      plugins,
    });
    const pieces = (await readdir(modules)).filter((file) => file.endsWith(ending));
    await build({
      ...common,
      ...commonJs,
      bundle: false,
      entryPoints: pieces.map((file) => path.join(modules, file)),
      outdir: dist,
      outExtension: { '.js': ending },
      // Becomes `require`, which is quicker and enough for pieces of one's own.
      supported: { 'dynamic-import': false },
    });
    return metafile;
  } finally {
    await rm(modules, { recursive: true, force: true });
  }
}

/** MCP's SDK stays out of the command line, which loads it for `rtbench mcp` only. */
function separateMcp(): Plugin {
  return {
    name: 'separate-mcp',
    setup(bundling) {
      bundling.onResolve({ filter: /\/serveMcp\.ts$/, namespace: 'file' }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: './mcp.js', external: true } : undefined,
      );
    },
  };
}

/**
 * The SDK validates what clients answer to questions, of which RTBench asks none. Its build for
 * workers does so without Ajv, which would be a third of the bundle.
 */
function buildMcp(common: BuildOptions): Promise<Metafile> {
  return bundle({
    ...common,
    ...commonJs,
    entryPoints: ['src/mcp/serveMcp.ts'],
    outfile: path.join(dist, 'mcp.js'),
    conditions: ['workerd'],
  });
}

/** Their names change with what is in them. */
async function removePieces(prefix: string): Promise<void> {
  const pieces = (await readdir(dist)).filter((file) => file.startsWith(`${prefix}-`));
  await Promise.all(pieces.map((file) => rm(path.join(dist, file))));
}

function buildPrograms(common: BuildOptions): Promise<Metafile>[] {
  return programs.map(({ entry, out, external = [] }) =>
    bundle({
      ...common,
      ...commonJs,
      mainFields,
      entryPoints: [entry],
      outfile: path.join(dist, out),
      external,
    }),
  );
}

function buildPages(common: BuildOptions): Promise<Metafile>[] {
  return pages.map(({ entry, out }) =>
    bundle({
      ...common,
      platform: 'browser',
      format: 'iife',
      target: 'chrome134',
      entryPoints: [entry],
      outfile: path.join(dist, 'webview', out),
    }),
  );
}

async function bundle(options: BuildOptions): Promise<Metafile> {
  const { metafile } = await build({ ...options, metafile: true });
  return metafile;
}

async function copyRuntime(): Promise<void> {
  const from = path.dirname(require.resolve('onnxruntime-web/wasm'));
  for (const file of ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm']) {
    await cp(path.join(from, file), path.join(dist, file));
  }
}

async function copyIcons(): Promise<void> {
  const from = path.dirname(require.resolve('@vscode/codicons/dist/codicon.css'));
  for (const file of ['codicon.css', 'codicon.ttf']) {
    await cp(path.join(from, file), path.join(dist, 'webview', file));
  }
}
