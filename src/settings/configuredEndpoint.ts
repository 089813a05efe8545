import type { DialectOptions } from '../dialects/dialect.ts';

/** One entry of the setting `rtbench.endpoints`. */
export interface ConfiguredEndpoint {
  name: string;
  /** As written; `embedded` for the recogniser that comes with RTBench. */
  url: string;
  dialect: string;
  model: string | null;
  language: string | null;
  /** What else the protocol is asked for. */
  options?: DialectOptions;
}
