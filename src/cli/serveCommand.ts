import { Command, Option } from 'commander';
import { endpointAddresses } from '../endpoint/endpointAddresses.ts';
import { startEmbeddedEndpoint } from '../endpoint/startEmbeddedEndpoint.ts';
import type { RuntimeChoice } from '../endpoint/recogniser/inferenceRuntime.ts';
import { interruption } from './interruption.ts';
import { portNumber, positiveInteger } from './optionParsers.ts';

interface ServeOptions {
  port: number;
  maxSessions?: number;
  runtime: RuntimeChoice;
}

export const serveCommand = new Command('serve')
  .description('Start the embedded endpoint by itself, for any client of vLLM /v1/realtime.')
  .option('--port <n>', 'port on 127.0.0.1; 0 takes a free one', portNumber, 8000)
  .option('--max-sessions <n>', 'sessions accepted at once', positiveInteger)
  .addOption(
    new Option('--runtime <name>', 'what computes')
      .choices(['auto', 'wasm', 'native'])
      .default('auto'),
  )
  .action(async (options: ServeOptions) => {
    const interrupted = interruption();
    console.error('Loading the model …');
    const endpoint = await startEmbeddedEndpoint({ ...options, signal: interrupted });
    const { runtime, modelLoadMs, maxSessions } = endpoint.metadata;
    console.error(`Model ${endpoint.model} loaded in ${modelLoadMs} ms (${runtime}).`);
    console.error(`At most ${maxSessions} sessions at once. Ctrl-C stops it.`);
    for (const { protocol, url } of endpointAddresses(Number(new URL(endpoint.url).port))) {
      console.error(`  ${protocol.padEnd(16)} ${url}`);
    }
    console.log(endpoint.url);
    const how = await Promise.race([endpoint.exited, aborted(interrupted)]);
    if (how !== null && !interrupted.aborted) {
      throw new Error(`The embedded endpoint ended unexpectedly (${how}).`);
    }
    await endpoint.stop();
  });

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener(
      'abort',
      () => {
        resolve(null);
      },
      { once: true },
    );
  });
}
