/** What a message of a server that also answers aloud may have: minutes of speech in base64. */
export const spokenAnswerBytes = 64 * 1024 * 1024;
