"""A scripted model and engine in place of vLLM's."""

import asyncio
from collections.abc import AsyncGenerator
from types import SimpleNamespace
from typing import Any

WORDS = "the quick brown fox jumps over the lazy dog and goes on".split()
SAMPLES_PER_TOKEN = 1280
TOKENS_PER_WORD = 6


class ScriptedModel:
    """What the serving classes ask of a model."""

    realtime_max_tokens = 1
    supports_segment_timestamp = False

    @staticmethod
    async def buffer_realtime_audio(audio_stream: Any, *_: Any) -> AsyncGenerator[Any, None]:
        """A prompt for every 80 ms, as Voxtral has it."""
        waiting = 0
        async for samples in audio_stream:
            waiting += len(samples)
            while waiting >= SAMPLES_PER_TOKEN:
                waiting -= SAMPLES_PER_TOKEN
                yield SAMPLES_PER_TOKEN

    @staticmethod
    def get_speech_to_text_config(*_: Any) -> Any:
        return SimpleNamespace(
            sample_rate=16_000,
            max_audio_clip_s=30,
            overlap_chunk_second=1,
            min_energy_split_window_size=1600,
            allow_audio_chunking=True,
        )

    @staticmethod
    def get_streaming_post_processor_cls() -> Any:
        return lambda: SimpleNamespace(process_delta=lambda text, _: text)

    @staticmethod
    def validate_language(language: str | None) -> str | None:
        return language

    @staticmethod
    def get_generation_prompt(params: Any) -> Any:
        return len(params.audio)

    @staticmethod
    def get_num_audio_tokens(seconds: float, *_: Any) -> int:
        return int(seconds * 12.5)

    @staticmethod
    def post_process_output(text: str) -> str:
        return text

    no_space_languages: set[str] = set()


def output(text: str, ended: bool = False) -> Any:
    sequence = SimpleNamespace(
        text=text,
        token_ids=[1],
        finish_reason="stop" if ended else None,
        stop_reason=None,
        logprobs=None,
    )
    return SimpleNamespace(outputs=[sequence], prompt_token_ids=[1] * 39, finished=ended)


class ScriptedEngine:
    """A word for every 480 ms of audio, and an empty token for the rest."""

    model_config = SimpleNamespace(
        max_model_len=4096,
        get_diff_sampling_param=dict,
        tokenizer="none",
        tokenizer_mode="auto",
        is_encoder_decoder=False,
    )
    vllm_config = SimpleNamespace(model_config=model_config)
    renderer: Any
    input_processor = None
    errored = False

    def __init__(self, fail_after: int | None) -> None:
        self._fail_after = fail_after

        async def render(prompts: Any) -> Any:
            return prompts

        self.renderer = SimpleNamespace(render_cmpl_async=render)

    def _word(self, number: int) -> str:
        if self._fail_after is not None and number >= self._fail_after:
            raise RuntimeError("the engine died")
        return f" {WORDS[number % len(WORDS)]}"

    async def generate(
        self, prompt: Any, sampling_params: Any = None, request_id: str = "", **_: Any
    ) -> Any:
        print(f"engine: {request_id} begins", flush=True)
        if isinstance(prompt, int):
            words = [
                self._word(word) for word in range(prompt // (SAMPLES_PER_TOKEN * TOKENS_PER_WORD))
            ]
            if sampling_params.output_kind.name == "FINAL_ONLY":
                yield output("".join(words), ended=True)
                return
            for word in words:
                yield output(word)
            yield output("", ended=True)
            return
        token = 0
        async for _one in prompt:
            token += 1
            spoken = token % TOKENS_PER_WORD == 0
            yield output(self._word(token // TOKENS_PER_WORD - 1) if spoken else "")
        print(f"engine: {request_id} heard {token * 80} ms", flush=True)
        # The last step takes a moment, as with a model.
        await asyncio.sleep(0.1)
        yield output(".", ended=True)

    def check_admission(self, *_: Any) -> None:
        pass

    async def abort(self, request_id: Any) -> None:
        print(f"engine: {request_id} is aborted", flush=True)
