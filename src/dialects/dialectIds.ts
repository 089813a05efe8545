// Written by `npm run schema` from the registry, which is too heavy to load where ids are enough.
export const dialectIds = ['vllm-realtime', 'vllm-http', 'sglang-http', 'openai-http'] as const;
