import * as z from 'zod';
import { bearerHeader } from './bearerHeader.ts';
import { queryOption } from './withQuery.ts';
import type { JsonValue } from './dialect.ts';

/** Options for what a hosted service takes beyond what its dialect knows. */
export const hostedOptions = {
  /** Merged into the configuration; null leaves a field out. */
  config: z.record(z.string(), z.json()).default({}),
  /** Further query parameters of the address. */
  query: queryOption,
};

export type JsonObject = Record<string, JsonValue>;

function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `base` with `extra` laid over it: objects are merged, null leaves a field out. */
export function mergeConfig(base: JsonObject, extra: JsonObject): JsonObject {
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(extra)) {
    const present = merged.get(name);
    if (value === null) merged.delete(name);
    else if (isJsonObject(value)) {
      merged.set(name, mergeConfig(isJsonObject(present) ? present : {}, value));
    } else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}

/** The HTTP address beside a WebSocket address. */
export function httpUrl(webSocketAddress: string): string {
  return webSocketAddress.replace(/^ws/, 'http');
}

/**
 * A header that is the key and nothing else, or none without a key.
 * @throws BenchError `request_invalid` when the key cannot travel in a header.
 */
export function keyHeader(name: string, apiKey: string | null): Record<string, string> {
  const { Authorization: bearer } = bearerHeader(apiKey);
  return bearer === undefined ? {} : { [name]: bearer.slice('Bearer '.length) };
}

/** Seconds of a protocol as whole milliseconds. */
export function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}
