// Entry point of the embedded endpoint's process.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorText } from '../common/benchError.ts';
import { endpointPaths } from './endpointAddresses.ts';
import { EndpointError } from './endpointError.ts';
import type { EndpointMetadata, ListeningLine } from './endpointMetadata.ts';
import { parseEndpointOptions } from './endpointOptions.ts';
import type { EndpointOptions } from './endpointOptions.ts';
import { exitWithParent } from './exitWithParent.ts';
import { findModelDir, modelId } from './recogniser/modelFiles.ts';
import type { RuntimeName } from './recogniser/inferenceRuntime.ts';
import { RecogniserThread } from './recogniser/recogniserThread.ts';
import { EndpointServer } from './server/endpointServer.ts';

const programDir = path.dirname(fileURLToPath(import.meta.url));
const defaultMaxSessions: Record<RuntimeName, number> = { wasm: 3, native: 8 };

async function main(): Promise<void> {
  const options = parseEndpointOptions(process.argv.slice(2), process.env);
  if (options.exitWithParent) exitWithParent();
  const recogniser = await startRecogniser(options);
  const metadata = describe(recogniser, options);
  const server = new EndpointServer(recogniser, metadata);
  const port = await server.listen(options.port);
  const stop = (): void => {
    server.close();
    void recogniser.stop().then(() => {
      process.exit(0);
    });
  };
  process.once('SIGTERM', stop);
  process.on('SIGINT', () => {
    // Ctrl-C reaches the whole group; a parent still wants to end its sessions in order.
    if (!options.exitWithParent) stop();
  });
  const url = `ws://127.0.0.1:${port}${endpointPaths.realtime}`;
  announce({ event: 'listening', port, url, ...metadata });
}

function startRecogniser(options: EndpointOptions): Promise<RecogniserThread> {
  const bundled = path.join(programDir, 'endpointWorker.js');
  const script = existsSync(bundled) ? bundled : path.join(programDir, 'recogniser', 'worker.ts');
  const settings = {
    modelDir: findModelDir(options.modelDir, programDir),
    programDir,
    runtime: options.runtime,
  };
  return RecogniserThread.start(script, settings, fail);
}

function describe(recogniser: RecogniserThread, options: EndpointOptions): EndpointMetadata {
  const { runtime, threads, weightsSha256, loadMs } = recogniser.info;
  return {
    model: modelId,
    language: 'en',
    runtime,
    threads,
    modelSha256: weightsSha256,
    modelLoadMs: Math.round(loadMs),
    maxSessions: options.maxSessions ?? defaultMaxSessions[runtime],
  };
}

function announce(line: ListeningLine): void {
  process.stdout.write(JSON.stringify(line) + '\n');
}

/** The last line on standard error is for whoever started this process. */
function fail(error: unknown): never {
  const reason = error instanceof EndpointError ? error.reason : 'start_failed';
  process.stderr.write(
    JSON.stringify({ event: 'failed', reason, message: errorText(error) }) + '\n',
  );
  process.exit(1);
}

main().catch(fail);
