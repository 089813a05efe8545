import type { AudioErrorReason } from './audioError.ts';

/** A kind of file that is recognised only to say what it is and what to do. */
export interface NamedFormat {
  /** With its article, as in "is a text file". */
  name: string;
  reason: AudioErrorReason;
  remedy: string;
}

const convert = 'Convert it, for example: ffmpeg -i FILE out.wav';

/** Magic numbers as Latin-1 text. */
const signatures: { offset: number; magic: string; name: string }[] = [
  { offset: 4, magic: 'ftyp', name: 'an MPEG-4 file' },
  { offset: 0, magic: '\x1a\x45\xdf\xa3', name: 'a WebM or Matroska file' },
  { offset: 0, magic: 'FORM', name: 'an AIFF file' },
  { offset: 0, magic: 'RIFX', name: 'a big-endian WAV file' },
  { offset: 0, magic: 'RIFF', name: 'a RIFF file, but not WAV' },
  { offset: 0, magic: '#!AMR', name: 'an AMR file' },
  { offset: 0, magic: '.snd', name: 'a Sun audio file' },
  { offset: 0, magic: 'caff', name: 'an Apple Core Audio file' },
  { offset: 0, magic: 'NIST_1A', name: 'a NIST Sphere file' },
  { offset: 0, magic: 'MThd', name: 'a MIDI file' },
  { offset: 0, magic: 'wvpk', name: 'a WavPack file' },
  { offset: 0, magic: '\x30\x26\xb2\x75', name: 'a Windows Media file' },
  { offset: 0, magic: '\xff\xf1', name: 'an AAC file' },
  { offset: 0, magic: '\xff\xf9', name: 'an AAC file' },
];

/** Null where the bytes are nothing that is known here. */
export function namedFormat(bytes: Uint8Array): NamedFormat | null {
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  const found = signatures.find(({ offset, magic }) => head.startsWith(magic, offset));
  if (found) {
    return {
      name: `${found.name}, which is not decoded here`,
      reason: 'unsupported',
      remedy: convert,
    };
  }
  if (head.startsWith('version https://git-lfs')) {
    return {
      name: 'a Git LFS pointer, not the audio itself',
      reason: 'unknown_format',
      remedy: 'Run: git lfs pull',
    };
  }
  if (/^[\t\n\r\x20-\x7e]{4,}$/.test(head)) {
    return {
      name: 'a text file, not audio',
      reason: 'unknown_format',
      remedy: 'Check the path in the dataset, or download the audio again.',
    };
  }
  return null;
}
