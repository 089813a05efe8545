/** One frame header of MPEG audio (ISO/IEC 11172-3, 2.4.1.3; 13818-3; MPEG 2.5 as in practice). */
export interface Mp3Header {
  /** 1, 2 or 2.5. */
  version: number;
  layer: number;
  sampleRateHz: number;
  channels: number;
  /** Of the whole frame, this header included. */
  frameBytes: number;
  samplesPerFrame: number;
  /** Where an info frame keeps its tag, in bytes from the start of the frame. */
  infoOffset: number;
}

const versions = [2.5, null, 2, 1] as const;
const ratesHz = [44100, 48000, 32000];
const rateDivisor = { 1: 1, 2: 2, 2.5: 4 };

/** In kbit/s by the header's index 1 to 14: MPEG 1 layers I, II and III; then MPEG 2 and 2.5. */
const bitratesMpeg1 = [
  [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
];
const bitratesMpeg2 = [
  [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];

/** Null where no header stands at `offset`. The "free" bit rate is not recognised. */
export function readMp3Header(bytes: Uint8Array, offset: number): Mp3Header | null {
  if (offset + 4 > bytes.length || bytes[offset] !== 0xff) return null;
  const second = bytes[offset + 1]!;
  const third = bytes[offset + 2]!;
  if ((second & 0xe0) !== 0xe0) return null;
  const version = versions[(second >> 3) & 3];
  const layer = 4 - ((second >> 1) & 3);
  const bitrateTable = version === 1 ? bitratesMpeg1 : bitratesMpeg2;
  const kilobits = bitrateTable[layer - 1]?.[(third >> 4) - 1];
  const baseRateHz = ratesHz[(third >> 2) & 3];
  if (!version || !kilobits || !baseRateHz) return null;
  const sampleRateHz = baseRateHz / rateDivisor[version];
  const channels = bytes[offset + 3]! >> 6 === 3 ? 1 : 2;
  const samplesPerFrame = frameSamples(version, layer);
  const slotBytes = layer === 1 ? 4 : 1;
  const slots = Math.floor((samplesPerFrame * kilobits * 125) / sampleRateHz / slotBytes);
  const padding = (third >> 1) & 1;
  const checksumBytes = second & 1 ? 0 : 2;
  return {
    version,
    layer,
    sampleRateHz,
    channels,
    samplesPerFrame,
    frameBytes: (slots + padding) * slotBytes,
    infoOffset: 4 + checksumBytes + sideInfoBytes(version, channels),
  };
}

function frameSamples(version: number, layer: number): number {
  if (layer === 1) return 384;
  return layer === 3 && version !== 1 ? 576 : 1152;
}

function sideInfoBytes(version: number, channels: number): number {
  if (version === 1) return channels === 1 ? 17 : 32;
  return channels === 1 ? 9 : 17;
}
