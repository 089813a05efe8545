import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import type { Plan } from '../../plan/plan.ts';
import type { EmbeddedLoan, EmbeddedService } from '../services.ts';

export function usesEmbedded({ endpoints }: Plan): boolean {
  return endpoints.some(({ url }) => url === embeddedUrl);
}

/** Starts the embedded endpoint while the user still decides, because its model takes seconds. */
export class EmbeddedWarmUp {
  readonly #embedded: Pick<EmbeddedService, 'lend'>;
  #loan: EmbeddedLoan | null = null;

  constructor(embedded: Pick<EmbeddedService, 'lend'>) {
    this.#embedded = embedded;
  }

  begin(plan: Plan): void {
    if (this.#loan || !usesEmbedded(plan)) return;
    this.#loan = this.#embedded.lend();
    this.#loan.endpoint.catch(() => {
      // The run itself starts it again and tells why it does not.
    });
  }

  /** Leaves things as they were, where nothing is run after all. */
  async undo(): Promise<void> {
    await this.#loan?.giveBack();
  }
}
