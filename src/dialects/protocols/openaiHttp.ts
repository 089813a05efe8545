import { transcriptionUpload } from './transcriptionUpload.ts';

/** OpenAI's own `POST /v1/audio/transcriptions`, with its stream of typed events. */
export const openaiHttp = transcriptionUpload({
  id: 'openai-http',
  label: 'OpenAI transcription over HTTP',
  exampleUrl: 'https://api.openai.com',
  defaultModel: 'gpt-transcribe',
  listsItsModels: false,
  asksForUsage: false,
  formats: { whole: ['verbose_json'], streamed: ['diarized_json'] },
  features: { wordTimes: true, usage: true },
  remedies: new Map([
    ['invalid_api_key', 'Check the API key.'],
    ['model_not_found', 'Choose a model that transcribes and that the key may use.'],
    ['insufficient_quota', "Check the account's credit and billing."],
    ['rate_limit_exceeded', 'The service limits its requests: lower the concurrency or wait.'],
    ['server_error', 'The service failed: try again later.'],
  ]),
});
