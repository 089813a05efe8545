import { transcriptionUpload } from './transcriptionUpload.ts';

/** vLLM's `POST /v1/audio/transcriptions`: audio as one file, text streamed once it is complete. */
export const vllmHttp = transcriptionUpload({
  id: 'vllm-http',
  label: 'vLLM transcription over HTTP',
  exampleUrl: 'http://localhost:8000',
  listsItsModels: true,
  asksForUsage: true,
  formats: { whole: ['verbose_json'], streamed: [] },
  features: { wordTimes: true, usage: true },
  remedies: new Map([
    ['400', 'Check the model, the language and the options.'],
    ['404', 'Choose a model that the server lists under /v1/models.'],
    ['500', "The recogniser failed: the server's own log says why."],
    ['BadRequestError', 'Check the model, the language and the options.'],
    ['NotFoundError', 'Choose a model that the server lists under /v1/models.'],
    ['InternalServerError', "The recogniser failed: the server's own log says why."],
  ]),
});
