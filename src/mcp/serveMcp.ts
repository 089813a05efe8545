import type { Readable, Writable } from 'node:stream';
import {
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  inputResponse,
  McpServer,
  type CallToolResult,
  type ClientCapabilities,
  type InputRequiredResult,
  type ServerContext,
  type StandardSchemaWithJSON,
} from '@modelcontextprotocol/server';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';

// A bundle of its own, which only `rtbench mcp` loads: nothing of RTBench is in it.

/** Names the user's answer among those that a client sends back. */
const answerKey = 'allow';

const yes = 'Send the audio';

/**
 * A choice of its own: the button of some clients that accepts says no more than that there is an
 * answer, and with nothing to choose it would send.
 */
const choice = {
  type: 'object' as const,
  properties: {
    answer: {
      type: 'string' as const,
      title: 'Let RTBench send the audio?',
      enum: [yes, 'Send nothing'],
    },
  },
  required: ['answer'],
};

export interface McpTool {
  name: string;
  title: string;
  description: string;
  inputSchema: Record<string, unknown>;
  /** Changes something, or speaks to the world outside. */
  acts: boolean;
  /** What the user has to allow, in plain text; null where nothing. Throws as `call` does. */
  question: ((input: unknown) => Promise<string>) | null;
  /** The answer; throws an Error whose message tells the model what to change. */
  call: (input: unknown, call: McpCall) => Promise<string>;
}

export interface McpCall {
  /** Aborted when the client cancels, or is gone. */
  signal: AbortSignal;
  onProgress: (progress: { done: number; total: number; text: string }) => void;
}

export interface McpServing {
  version: string;
  instructions: string;
  tools: readonly McpTool[];
  input: Readable;
  output: Writable;
  /** Ends the serving. */
  stop: AbortSignal;
  /** Takes what a cancelled tool answers: the client waits for it no more, but it says what is kept. */
  onUnheard: (text: string) => void;
}

/** Serves tools to one client until it closes its end. */
export async function serveMcp(serving: McpServing): Promise<void> {
  const { input, output, stop } = serving;
  const transport = new StdioServerTransport(input, output);
  const closed = new Promise<void>((resolve) => {
    input.once('end', resolve);
    input.once('close', resolve);
    stop.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
  const handle = serveStdio(() => newServer(serving), { transport });
  await closed;
  await handle.close();
}

function newServer({ version, instructions, tools, onUnheard }: McpServing): McpServer {
  const server = new McpServer({ name: 'rtbench', title: 'RTBench', version }, { instructions });
  for (const tool of tools) {
    const { name, title, description, inputSchema, acts } = tool;
    const annotations = {
      title,
      readOnlyHint: !acts,
      destructiveHint: false,
      idempotentHint: !acts,
      openWorldHint: acts,
    };
    server.registerTool(
      name,
      { title, description, annotations, inputSchema: unchecked(inputSchema) },
      async (args, context) => {
        const asked = canAsk(server, context) ? await ask(tool, args, context) : null;
        if (asked) return asked;
        const result = await answer(tool, args, context);
        if (context.mcpReq.signal.aborted) onUnheard(textOf(result));
        return result;
      },
    );
  }
  return server;
}

/** The tool itself checks its input, for one message in the same words everywhere. */
function unchecked(schema: Record<string, unknown>): StandardSchemaWithJSON {
  return {
    '~standard': {
      version: 1,
      vendor: 'rtbench',
      validate: (value) => ({ value }),
      jsonSchema: { input: () => schema, output: () => schema },
    },
  };
}

/** Whether the client puts a server's questions to its user; earlier ones do not say how. */
function canAsk({ server }: McpServer, { mcpReq }: ServerContext): boolean {
  const said = mcpReq.envelope as
    { [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities } | undefined;
  // Before 2026-07-28 clients said it once, when they began.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const capabilities = said?.[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities();
  const { elicitation } = capabilities ?? {};
  return elicitation !== undefined && (elicitation.form !== undefined || !elicitation.url);
}

/** Asks the user; null where there is nothing to ask, or it is allowed. */
async function ask(
  { question }: McpTool,
  args: unknown,
  { mcpReq }: ServerContext,
): Promise<CallToolResult | InputRequiredResult | null> {
  if (!question) return null;
  const said = inputResponse(mcpReq.inputResponses, answerKey);
  if (said.kind !== 'elicit') {
    try {
      const message = await question(args);
      const asked = inputRequired.elicit({ message, requestedSchema: choice });
      return inputRequired({ inputRequests: { [answerKey]: asked } });
    } catch (error) {
      return failure(error);
    }
  }
  if (said.action === 'accept' && said.content?.answer === yes) return null;
  return failure(new Error('The user did not allow it. Nothing was sent.'));
}

async function answer(
  tool: McpTool,
  args: unknown,
  context: ServerContext,
): Promise<CallToolResult> {
  const { signal } = context.mcpReq;
  try {
    const text = await tool.call(args, { signal, onProgress: progressTo(context) });
    return { content: [{ type: 'text', text }] };
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): CallToolResult {
  const text = error instanceof Error ? error.message : String(error);
  return { content: [{ type: 'text', text }], isError: true };
}

function textOf({ content }: CallToolResult): string {
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}

/** Tells a client that has asked for it how far the work is. */
function progressTo({ mcpReq }: ServerContext): McpCall['onProgress'] {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  return ({ done, total, text }) => {
    const params = { progressToken, progress: done, total, message: text };
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {
      // The client is gone; what it asked for is stopped by its signal.
    });
  };
}
