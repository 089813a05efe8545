/**
 * An error a user can act on. `message` names the thing that is wrong and the remedy;
 * `reason` is a stable identifier that code and saved files may rely on.
 */
export class BenchError<Reason extends string = string> extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.reason = reason;
  }
}

/** The text to show for anything that was thrown. */
export function errorText(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
