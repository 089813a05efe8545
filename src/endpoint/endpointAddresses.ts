/** Paths at which the embedded endpoint speaks. */
export const endpointPaths = {
  /** vLLM's protocol; OpenAI's with the query {@link openaiIntent}. */
  realtime: '/v1/realtime',
  sglang: '/sglang/v1/realtime',
  sglangM1: '/v1/audio/transcriptions/stream',
  vosk: '/vosk',
  upload: '/v1/audio/transcriptions',
} as const;

/** In the query of {@link endpointPaths.realtime}. */
export const openaiIntent = 'transcription';

/** The protocols of an embedded endpoint, each with its address. */
export function endpointAddresses(port: number): { protocol: string; url: string }[] {
  const socket = `ws://127.0.0.1:${port}`;
  const { realtime, sglang, sglangM1, vosk, upload } = endpointPaths;
  return [
    { protocol: 'vLLM realtime', url: socket + realtime },
    { protocol: 'vLLM over HTTP', url: `http://127.0.0.1:${port}${upload}` },
    { protocol: 'OpenAI realtime', url: `${socket}${realtime}?intent=${openaiIntent}` },
    { protocol: 'SGLang realtime', url: socket + sglang },
    { protocol: 'SGLang M1', url: socket + sglangM1 },
    { protocol: 'Vosk', url: socket + vosk },
  ];
}
