/**
 * A named, versioned way to make texts comparable. Numbers scored under different profiles are
 * not comparable: results store the id, and any change of a rule changes the version.
 */
export interface TextProfile {
  /** `name@version`. */
  id: string;
  /** One line for people. */
  description: string;
  /** Entries of the British to American spelling map, or null where the profile has none. */
  spellingEntries: number | null;
  /**
   * Text without the differences that are not errors. Total, for any string. Apply it once:
   * it need not leave its own result unchanged.
   */
  normalise: (text: string) => string;
  /** The units that word error rates count, from text that {@link normalise} returned. */
  tokens: (normalisedText: string) => string[];
}
