import { transcriptionUpload } from './transcriptionUpload.ts';

/** SGLang's `POST /v1/audio/transcriptions`: as vLLM's, with its own port and without usage. */
export const sglangHttp = transcriptionUpload({
  id: 'sglang-http',
  label: 'SGLang transcription over HTTP',
  exampleUrl: 'http://localhost:30000',
  listsItsModels: true,
  asksForUsage: false,
  formats: { whole: ['verbose_json'], streamed: [] },
  features: { wordTimes: false, usage: false },
  remedies: new Map([
    ['400', 'Check the model, the language and the options.'],
    ['500', "The recogniser failed: the server's own log says why."],
    ['BadRequestError', 'Check the model, the language and the options.'],
    ['InternalServerError', "The recogniser failed: the server's own log says why."],
    ['internal_error', "The recogniser failed: the server's own log says why."],
  ]),
});
