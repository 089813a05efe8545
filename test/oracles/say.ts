/**
 * Says to a server what no well-behaved client would, and prints what it answers, in the notation of
 * test/fixtures/dialects. Arguments are frames: text as it is, `audio:MS` an append of so much
 * 16 kHz noise in base64, `bytes:N` a binary frame, `wait:MS` a pause, `until:TEXT` waits for a
 * message that has it, `cut` drops the connection. README.md shows how to use it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { testAudio } from '../support/testSession.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, 'api-key': { type: 'string' } },
});
if (!values.url) throw new Error('--url is needed');

const key = values['api-key'];
const socket = new WebSocket(values.url, {
  perMessageDeflate: false,
  headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
});

function short(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

let heard = '';
socket.on('message', (data: Buffer, isBinary) => {
  const text = isBinary ? `${data.length} bytes` : data.toString('utf8');
  heard += `${text}\n`;
  console.log(isBinary ? `S! ${text}` : `S ${short(text)}`);
});
socket.on('close', (code, reason) => {
  console.log(`S close ${code} ${reason.toString('utf8')}`);
});
socket.on('error', (error) => {
  console.log(`S error ${error.message}`);
});
socket.on('unexpected-response', (_, response) => {
  console.log(`S HTTP ${response.statusCode ?? ''}`);
  response.on('data', (part: Buffer) => {
    console.log(`S ${part.toString('utf8')}`);
  });
});

function append(ms: number): string {
  const { samples } = testAudio(ms);
  const audio = Buffer.from(samples.buffer).toString('base64');
  return JSON.stringify({ type: 'input_audio_buffer.append', audio });
}

function send(data: string | Buffer): void {
  const shown =
    typeof data === 'string' ? `C ${short(data).slice(0, 120)}` : `C! ${data.length} bytes`;
  console.log(shown);
  socket.send(data);
}

/** Waits for what the server says from now on. */
async function until(text: string): Promise<void> {
  const from = heard.length;
  for (let waited = 0; waited < 10_000 && !heard.slice(from).includes(text); waited += 5) {
    if (socket.readyState !== WebSocket.OPEN) return;
    await delay(5);
  }
}

async function say(step: string): Promise<void> {
  const parts = /^(audio|bytes|wait|until|cut)(?::(.*))?$/s.exec(step);
  const verb: string = parts?.[1] ?? 'text';
  const value = parts?.[2] ?? '';
  switch (verb) {
    case 'audio':
      send(append(Number(value)));
      break;
    case 'bytes':
      send(Buffer.alloc(Number(value)));
      break;
    case 'wait':
      await delay(Number(value));
      break;
    case 'until':
      await until(value);
      break;
    case 'cut':
      socket.terminate();
      break;
    default:
      send(step);
  }
}

await new Promise<void>((resolve) => {
  socket.on('open', resolve);
  socket.on('close', resolve);
  socket.on('unexpected-response', () => setTimeout(resolve, 200));
});
for (const step of positionals) {
  if (socket.readyState !== WebSocket.OPEN) break;
  await say(step);
}
await delay(300);
socket.close(1000);
await delay(300);
process.exit(0);
