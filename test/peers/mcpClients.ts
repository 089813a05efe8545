import assert from 'node:assert/strict';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { ToolName } from '../../src/agenttools/toolNames.ts';

export const productRoot = path.join(import.meta.dirname, '..', '..');

/** In the environment of the servers, as PEER_KEY. */
export const peerKey = 'sk-peer-0123456789abcdef';

const you = { name: 'peer', version: '1.0.0' };

export interface Answer {
  text: string;
  isError: boolean;
}

export interface CallOptions {
  signal?: AbortSignal;
  onprogress?: (progress: {
    progress: number;
    total?: number | undefined;
    message?: string | undefined;
  }) => void;
}

export interface Connected {
  client: Client | OlderClient;
  call: (name: ToolName, input: object, options?: CallOptions) => Promise<Answer>;
  /** What the server has written to its standard error so far. */
  said: () => string;
}

/** A choice of the user, or how the question was left. */
export type Said = 'Send the audio' | 'Send nothing' | 'nothing chosen' | 'decline' | 'cancel';

/** What the user answers to a question of the server. */
export type Asked = (question: string) => Promise<Said>;

/** What a client says of itself that has a user to ask. */
const canAsk = { capabilities: { elicitation: { form: {} } } };

/** As clients put it. */
function said(answer: Said) {
  if (answer === 'decline' || answer === 'cancel') return { action: answer };
  const content: Record<string, string> = answer === 'nothing chosen' ? {} : { answer };
  return { action: 'accept' as const, content };
}

/** What a client is given of a tool's answer, whatever generation it is of. */
function answerOf(result: Readonly<Record<string, unknown>>): Answer {
  const [first, ...others] = result.content as { type: string; text: string }[];
  assert.deepEqual(others, []);
  assert.equal(first?.type, 'text');
  return { text: first.text, isError: result.isError === true };
}

export const generations = {
  'of this generation': async (args: string[], asked?: Asked): Promise<Connected> => {
    const client = new Client(you, asked && canAsk);
    if (asked) {
      client.setRequestHandler('elicitation/create', async ({ params }) =>
        said(await asked(params.message)),
      );
    }
    const transport = new StdioClientTransport(server(args));
    const stderr = written(transport);
    await client.connect(transport);
    return {
      client,
      said: stderr,
      call: async (name, input, options) =>
        answerOf(await client.callTool({ name, arguments: { ...input } }, options)),
    };
  },
  'of the last generation': async (args: string[], asked?: Asked): Promise<Connected> => {
    const client = new OlderClient(you, asked && canAsk);
    if (asked) {
      client.setRequestHandler(ElicitRequestSchema, async ({ params }) =>
        said(await asked(params.message)),
      );
    }
    const transport = new OlderTransport(server(args));
    const stderr = written(transport);
    await client.connect(transport);
    return {
      client,
      said: stderr,
      call: async (name, input, options) =>
        answerOf(await client.callTool({ name, arguments: { ...input } }, undefined, options)),
    };
  },
};

function server(args: string[]) {
  return {
    command: process.execPath,
    args: [path.join(productRoot, 'dist', 'cli.js'), 'mcp', '--stdio', ...args],
    env: { ...process.env, PEER_KEY: peerKey } as Record<string, string>,
    stderr: 'pipe' as const,
  };
}

function written({ stderr }: { stderr: unknown }): () => string {
  let text = '';
  (stderr as NodeJS.ReadableStream).on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}
