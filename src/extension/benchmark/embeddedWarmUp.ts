import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import type { Plan } from '../../plan/plan.ts';
import type { EmbeddedService } from '../services.ts';

export function usesEmbedded({ endpoints }: Plan): boolean {
  return endpoints.some(({ url }) => url === embeddedUrl);
}

type StartsAndStops = Pick<EmbeddedService, 'running' | 'start' | 'stop'>;

/** Starts the embedded endpoint while the user still decides, because its model takes seconds. */
export class EmbeddedWarmUp {
  readonly #embedded: StartsAndStops;
  #started = false;

  constructor(embedded: StartsAndStops) {
    this.#embedded = embedded;
  }

  begin(plan: Plan): void {
    if (this.#started || !usesEmbedded(plan) || this.#embedded.running()) return;
    this.#started = true;
    this.#embedded.start().catch(() => {
      // The run itself starts it again and tells why it does not.
    });
  }

  /** Leaves things as they were, where nothing is run after all. */
  async undo(): Promise<void> {
    if (this.#started) await this.#embedded.stop();
  }
}
