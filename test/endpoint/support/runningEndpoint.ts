import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpointPaths, openaiIntent } from '../../../src/endpoint/endpointAddresses.ts';
import { startEmbeddedEndpoint } from '../../../src/endpoint/startEmbeddedEndpoint.ts';

/** An embedded endpoint with its addresses. */
export class RunningEndpoint {
  readonly model: string;
  readonly urls: Record<'vllm' | 'openai' | 'sglang' | 'sglangM1' | 'vosk' | 'upload', string>;
  readonly stop: () => Promise<void>;
  readonly #http: string;

  private constructor(model: string, host: string, stop: () => Promise<void>) {
    const ws = `ws://${host}`;
    this.#http = `http://${host}`;
    this.model = model;
    this.stop = stop;
    this.urls = {
      vllm: ws + endpointPaths.realtime,
      openai: `${ws}${endpointPaths.realtime}?intent=${openaiIntent}`,
      sglang: ws + endpointPaths.sglang,
      sglangM1: ws + endpointPaths.sglangM1,
      vosk: ws + endpointPaths.vosk,
      upload: this.#http + endpointPaths.upload,
    };
  }

  static async start(maxSessions: number): Promise<RunningEndpoint> {
    const endpoint = await startEmbeddedEndpoint({ maxSessions, runtime: 'wasm' });
    const { host } = new URL(endpoint.url);
    return new RunningEndpoint(endpoint.model, host, () => endpoint.stop());
  }

  /** Waits until so many sessions are open. */
  async sessions(count: number): Promise<void> {
    let open = -1;
    for (let tries = 0; tries < 200; tries += 1) {
      const health = await (await fetch(`${this.#http}/health`)).json();
      open = (health as { sessions: number }).sessions;
      if (open === count) return;
      await sleep(20);
    }
    assert.equal(open, count, 'open sessions');
  }
}
