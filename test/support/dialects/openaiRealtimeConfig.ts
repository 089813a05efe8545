import * as z from 'zod';

/** What the service takes as the configuration of a transcription session. */

const serverVad = z.strictObject({
  type: z.literal('server_vad'),
  threshold: z.number().min(0).max(1).optional(),
  prefix_padding_ms: z.int().nonnegative().optional(),
  silence_duration_ms: z.int().nonnegative().optional(),
  idle_timeout_ms: z.int().nullish(),
});

const semanticVad = z.strictObject({
  type: z.literal('semantic_vad'),
  eagerness: z.enum(['low', 'medium', 'high', 'auto']).optional(),
});

const transcription = z.strictObject({
  model: z.string(),
  language: z.string().length(2).optional(),
  languages: z.array(z.string()).optional(),
  prompt: z.string().optional(),
  keywords: z.array(z.string()).optional(),
  delay: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
});

const session = z.strictObject({
  type: z.literal('transcription'),
  audio: z.strictObject({
    input: z.strictObject({
      format: z.strictObject({ type: z.literal('audio/pcm'), rate: z.literal(24_000) }),
      transcription,
      turn_detection: z.union([serverVad, semanticVad]).nullish(),
      noise_reduction: z.strictObject({ type: z.enum(['near_field', 'far_field']) }).nullish(),
    }),
  }),
  include: z.array(z.literal('item.input_audio_transcription.logprobs')).optional(),
});

export type OpenaiRealtimeConfig = z.infer<typeof session>;

const {
  format,
  transcription: asked,
  turn_detection,
  noise_reduction,
} = session.shape.audio.shape.input.shape;

/** What the service took before, and look-alikes still do; as what it takes now. */
const betaSession = z
  .strictObject({
    input_audio_format: z.literal('pcm16'),
    input_audio_transcription: asked,
    turn_detection,
    input_audio_noise_reduction: noise_reduction,
    include: session.shape.include,
  })
  .transform((beta): OpenaiRealtimeConfig => ({
    type: 'transcription',
    audio: {
      input: {
        format: format.parse({ type: 'audio/pcm', rate: 24_000 }),
        transcription: beta.input_audio_transcription,
        turn_detection: beta.turn_detection,
        noise_reduction: beta.input_audio_noise_reduction,
      },
    },
    include: beta.include,
  }));

const eventId = z.string().optional();

export const openaiClientEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('session.update'), event_id: eventId, session }),
  z.strictObject({
    type: z.literal('transcription_session.update'),
    event_id: eventId,
    session: betaSession,
  }),
  z.strictObject({
    type: z.literal('input_audio_buffer.append'),
    event_id: eventId,
    audio: z.base64().min(1),
  }),
  z.strictObject({ type: z.literal('input_audio_buffer.commit'), event_id: eventId }),
]);

export type OpenaiClientEvent = z.infer<typeof openaiClientEvent>;

const withoutVad = new Set(['gpt-realtime-whisper', 'gpt-live-transcribe']);
const withKeywords = new Set(['gpt-transcribe', 'gpt-live-transcribe']);

/** What the model cannot do of what is asked, by parameter; null where it can do all. */
export function unsupported({ audio }: OpenaiRealtimeConfig): string | null {
  const { transcription: asked, turn_detection: vad } = audio.input;
  const { model, delay, prompt, keywords, languages } = asked;
  if (vad && withoutVad.has(model)) return 'turn_detection';
  if (delay !== undefined && model !== 'gpt-realtime-whisper') return 'transcription.delay';
  if (prompt !== undefined && model === 'gpt-realtime-whisper') return 'transcription.prompt';
  if ((keywords ?? languages) !== undefined && !withKeywords.has(model)) {
    return 'transcription.keywords';
  }
  return null;
}
