/**
 * The text profiles by name, for where the profiles themselves are too heavy to load; a test holds
 * the list against them.
 */
export const textProfileList = [
  {
    id: 'en-whisper@1',
    description: "Whisper's English rules: contractions, fillers, numbers, American spelling",
  },
  {
    id: 'basic@1',
    description: 'Lower case, no symbols, punctuation or bracketed comments; for any language',
  },
  {
    id: 'cjk-char@1',
    description: 'As basic@1, and every Chinese or Japanese character is a token of its own',
  },
  {
    id: 'none@1',
    description: 'Unicode composed (NFC) and white space collapsed; everything else counts',
  },
  {
    id: 'basic-whisper@1',
    description:
      "Whisper's basic normaliser, to compare with published numbers; breaks Indic words",
  },
  {
    id: 'basic-whisper-plain@1',
    description: "Whisper's basic normaliser with diacritics removed, to compare published numbers",
  },
] as const;
