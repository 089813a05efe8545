import type { ConfiguredEndpoint } from '../services.ts';
import { endpointOrigin } from '../../settings/endpointOrigin.ts';
import type { KeyPlace } from './keyPlaces.ts';

/** The part of VS Code's SecretStorage that is used. */
export interface Secrets {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
}

/** The part of VS Code's Memento that is used. Holds names only, never keys. */
export interface Memory {
  get(name: string): unknown;
  update(name: string, value: unknown): PromiseLike<void>;
}

const placesName = 'rtbench.keyPlaces';

type Named = Pick<ConfiguredEndpoint, 'name' | 'url'>;

/** The name under which SecretStorage keeps an endpoint's key. */
export function secretName(origin: string, endpointName: string): string {
  return `rtbench.key.${origin}.${endpointName}`;
}

/**
 * API keys, each bound to the origin it was entered for: an endpoint whose URL moves to another
 * origin has no key until one is entered there. SecretStorage of the oldest supported VS Code
 * cannot list its names, so the places are remembered beside it.
 */
export class ApiKeyStore {
  readonly #secrets: Secrets;
  readonly #memory: Memory;

  constructor(secrets: Secrets, memory: Memory) {
    this.#secrets = secrets;
    this.#memory = memory;
  }

  async get({ name, url }: Named): Promise<string | undefined> {
    const origin = endpointOrigin(url);
    return origin === null ? undefined : this.#secrets.get(secretName(origin, name));
  }

  /** Whether a key is stored for the endpoint's name at another origin than the one it has. */
  async isKeyElsewhere({ name, url }: Named): Promise<boolean> {
    const origin = endpointOrigin(url);
    const places = (await this.#places()).filter((place) => place.name === name);
    return places.length > 0 && !places.some((place) => place.origin === origin);
  }

  /** Does nothing for an endpoint without an origin: nothing is sent to it. */
  async set({ name, url }: Named, key: string): Promise<void> {
    const origin = endpointOrigin(url);
    if (origin === null) return;
    await this.#secrets.store(secretName(origin, name), key);
    const others = (await this.#places()).filter(
      (place) => place.name !== name || place.origin !== origin,
    );
    await this.#memory.update(placesName, [...others, { origin, name }]);
  }

  /** Removes the endpoint's keys, also those entered for origins it had before. */
  async remove({ name, url }: Named): Promise<void> {
    const places = await this.#places();
    const own = places.filter((place) => place.name === name);
    const origins = new Set(own.map((place) => place.origin));
    const current = endpointOrigin(url);
    if (current !== null) origins.add(current);
    for (const origin of origins) await this.#secrets.delete(secretName(origin, name));
    const others = places.filter((place) => place.name !== name);
    await this.#memory.update(placesName, others);
  }

  /** Takes an endpoint's key along when it is renamed. A key never moves to another origin. */
  async rename(from: Named, to: Named): Promise<void> {
    if (from.name === to.name) return;
    const key = await this.get(from);
    await this.remove(from);
    if (key !== undefined && endpointOrigin(from.url) === endpointOrigin(to.url)) {
      await this.set(to, key);
    }
  }

  async #places(): Promise<KeyPlace[]> {
    const { parseKeyPlaces } = await import('./keyPlaces.ts');
    return parseKeyPlaces(this.#memory.get(placesName));
  }
}
