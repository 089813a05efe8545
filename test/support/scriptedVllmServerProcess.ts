import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { startScriptedVllmServer } from './scriptedVllmServer.ts';
import type { VllmScript } from './vllmScript.ts';

const startMessage = z.object({ url: z.string() });

export interface ServerProcess {
  url: string;
  stop(): Promise<void>;
}

/** Starts a scripted vLLM server in its own process, so that its load does not delay the client. */
export async function startScriptedVllmServerProcess(
  script: Partial<VllmScript>,
): Promise<ServerProcess> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(script)]);
  const [message] = (await once(child, 'message')) as unknown[];
  const { url } = startMessage.parse(message);
  return {
    url,
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

async function serve(script: Partial<VllmScript>): Promise<void> {
  const server = await startScriptedVllmServer(script);
  process.send!({ url: server.url });
  process.on('disconnect', () => {
    process.exit();
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await serve(JSON.parse(process.argv[2] ?? '{}') as Partial<VllmScript>);
}
