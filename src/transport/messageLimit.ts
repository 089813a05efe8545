/** What a message may have, unless its protocol needs more. */
export const maxMessageBytes = 16 * 1024 * 1024;
