import { setTimeout as sleep } from 'node:timers/promises';
import {
  append,
  chunksOf,
  finalCommit,
  RealtimeClient,
  selectModel,
  startCommit,
} from './realtimeClient.ts';

export interface Transcription {
  /** `text` of `transcription.done`. */
  text: string;
  deltas: string[];
  /** When each delta came, from the start of the audio. */
  deltaMs: number[];
  /** From the end of the audio to `transcription.done`. */
  finalMs: number;
  usage: unknown;
}

/** Sends 16 kHz audio over a connection of its own, in real time or as fast as it goes. */
export async function transcribe(
  endpoint: { url: string; model: string },
  samples: Int16Array,
  pace: 'real-time' | 'burst',
): Promise<Transcription> {
  const client = await RealtimeClient.connect(endpoint.url);
  await client.next('session.created');
  client.send(selectModel(endpoint.model), startCommit);
  const startMs = performance.now();
  let sentMs = 0;
  for (const chunk of chunksOf(samples, 100)) {
    sentMs += chunk.length / 16;
    if (pace === 'real-time') await sleep(Math.max(0, startMs + sentMs - performance.now()));
    client.send(append(chunk));
  }
  const endMs = performance.now();
  client.send(finalCommit);
  const done = await client.next('transcription.done', 60_000);
  await client.close();
  const deltas = client.events.filter((event) => event.type === 'transcription.delta');
  return {
    text: String(done.text),
    deltas: deltas.map((event) => String(event.delta)),
    deltaMs: deltas.map((event) => event.atMs - startMs),
    finalMs: done.atMs - endMs,
    usage: done.usage,
  };
}
