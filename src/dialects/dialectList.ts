// Written by `npm run schema` from the registry, which is too heavy to load where names are enough.
export const dialectList = [
  { id: 'vllm-realtime', label: 'vLLM realtime', exampleUrl: 'ws://localhost:8000' },
  { id: 'vllm-http', label: 'vLLM transcription over HTTP', exampleUrl: 'http://localhost:8000' },
  {
    id: 'sglang-http',
    label: 'SGLang transcription over HTTP',
    exampleUrl: 'http://localhost:30000',
  },
  {
    id: 'openai-http',
    label: 'OpenAI transcription over HTTP',
    exampleUrl: 'https://api.openai.com',
  },
  {
    id: 'openai-realtime',
    label: 'OpenAI realtime transcription',
    exampleUrl: 'wss://api.openai.com/v1/realtime',
  },
  { id: 'sglang-realtime', label: 'SGLang realtime', exampleUrl: 'ws://localhost:30000' },
  { id: 'sglang-omni', label: 'SGLang-Omni transcription', exampleUrl: 'ws://localhost:8000' },
  { id: 'speechmatics', label: 'Speechmatics', exampleUrl: 'wss://eu2.rt.speechmatics.com/v2' },
  { id: 'soniox', label: 'Soniox', exampleUrl: 'wss://stt-rt.soniox.com/transcribe-websocket' },
  { id: 'gladia', label: 'Gladia', exampleUrl: 'https://api.gladia.io/v2/live' },
  { id: 'vllm-omni', label: 'vLLM-Omni', exampleUrl: 'ws://localhost:8091' },
  { id: 'nextain-omni', label: 'nextain omni', exampleUrl: 'ws://localhost:8091' },
  { id: 'sglang-m1', label: 'SGLang M1', exampleUrl: 'ws://localhost:30000' },
  { id: 'vosk', label: 'Vosk', exampleUrl: 'ws://localhost:2700' },
  { id: 'sherpa-onnx', label: 'sherpa-onnx', exampleUrl: 'ws://localhost:6006' },
  { id: 'deepgram', label: 'Deepgram', exampleUrl: 'wss://api.deepgram.com/v1/listen' },
  { id: 'deepgram-flux', label: 'Deepgram Flux', exampleUrl: 'wss://api.deepgram.com/v2/listen' },
  { id: 'assemblyai', label: 'AssemblyAI', exampleUrl: 'wss://streaming.assemblyai.com/v3/ws' },
  { id: 'elevenlabs', label: 'ElevenLabs Scribe realtime', exampleUrl: 'wss://api.elevenlabs.io' },
  { id: 'mistral', label: 'Mistral realtime transcription', exampleUrl: 'wss://api.mistral.ai' },
  { id: 'kyutai', label: 'Kyutai moshi-server', exampleUrl: 'ws://localhost:8080' },
  { id: 'whisperlivekit', label: 'WhisperLiveKit', exampleUrl: 'ws://localhost:8000' },
  {
    id: 'sagemaker',
    label: 'Amazon SageMaker',
    exampleUrl: 'https://runtime.sagemaker.us-east-1.amazonaws.com:8443/endpoints/NAME',
  },
] as const;

export type DialectId = (typeof dialectList)[number]['id'];
