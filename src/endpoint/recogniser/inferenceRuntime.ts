import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as wasmRuntime from 'onnxruntime-web/wasm';
import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { errorText } from '../../common/benchError.ts';
import { EndpointError } from '../endpointError.ts';

export type RuntimeChoice = 'auto' | 'wasm' | 'native';
export type RuntimeName = 'wasm' | 'native';

/** The part of ONNX Runtime's API that both of its packages share. */
export interface InferenceRuntime {
  name: RuntimeName;
  createSession(model: Uint8Array): Promise<InferenceSession>;
  Tensor: typeof Tensor;
}

type NativeModule = Pick<typeof wasmRuntime, 'InferenceSession' | 'Tensor'>;

const nativePackage = 'onnxruntime-node';
const wasmAsset = 'ort-wasm-simd-threaded';

/**
 * Loads the chosen ONNX Runtime on one thread. `auto` takes the native one where
 * `onnxruntime-node` is installed beside the program, else WebAssembly.
 *
 * @param programDir where the program's assets are: the bundle's folder, or this one's parent.
 * @throws EndpointError `runtime_missing` where `native` is asked for and cannot be loaded.
 */
export async function loadRuntime(
  choice: RuntimeChoice,
  programDir: string,
): Promise<InferenceRuntime> {
  if (choice === 'wasm') return loadWasm(programDir);
  try {
    return await loadNative(programDir);
  } catch (error) {
    if (choice === 'auto') return loadWasm(programDir);
    throw new EndpointError(
      'runtime_missing',
      `The native runtime was asked for, but the npm package ${nativePackage} cannot be loaded: ` +
        `${errorText(error)}. Install it beside RTBench or use the wasm runtime.`,
      { cause: error },
    );
  }
}

async function loadNative(programDir: string): Promise<InferenceRuntime> {
  const resolved = requireFrom(programDir).resolve(nativePackage);
  const loaded = (await import(pathToFileURL(resolved).href)) as
    NativeModule | { default: NativeModule };
  const { InferenceSession, Tensor } = 'default' in loaded ? loaded.default : loaded;
  return {
    name: 'native',
    Tensor,
    createSession: (model) =>
      InferenceSession.create(model, {
        executionProviders: ['cpu'],
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        enableCpuMemArena: false,
        extra: sessionConfig,
      }),
  };
}

function loadWasm(programDir: string): InferenceRuntime {
  const { env, InferenceSession, Tensor } = wasmRuntime;
  env.wasm.numThreads = 1;
  env.wasm.wasmPaths = { mjs: assetUrl(programDir, 'mjs'), wasm: assetUrl(programDir, 'wasm') };
  return {
    name: 'wasm',
    Tensor,
    createSession: (model) =>
      InferenceSession.create(model, { executionProviders: ['wasm'], extra: sessionConfig }),
  };
}

/**
 * Without this the decoder dequantises its whole output embedding again at every token; with it
 * ONNX Runtime does so once at load (about 100 MB more memory, a fifth less time per token).
 */
const sessionConfig = { session: { disable_quant_qdq: '1' } };

/** Beside the bundle where the build put the runtime's files, else inside the npm package. */
function assetUrl(programDir: string, extension: 'mjs' | 'wasm'): string {
  const name = `${wasmAsset}.${extension}`;
  const bundled = path.join(programDir, name);
  const file = existsSync(bundled)
    ? bundled
    : requireFrom(programDir).resolve(`onnxruntime-web/${name}`);
  return pathToFileURL(file).href;
}

function requireFrom(dir: string): NodeJS.Require {
  return createRequire(path.join(dir, 'package.json'));
}
