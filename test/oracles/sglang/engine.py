"""A scripted engine in place of SGLang's tokenizer manager."""

import io
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import soundfile

WORDS = "the quick brown fox jumps over the lazy dog , and goes on".split()


@dataclass
class Request:
    """What is sent to the engine."""

    text: Any = None
    audio_data: Any = None
    sampling_params: Any = None
    stream: bool = False
    modalities: Any = None
    routing_key: Any = None
    received_time: Any = None
    rid: Any = None


class ScriptedEngine:
    """Recognises a word for every half second of the audio that it is given."""

    request_logger = SimpleNamespace(log_requests=False)
    tokenizer = None

    def __init__(
        self, model: str, architecture: str, max_seconds: int, fail_at: float | None
    ) -> None:
        self.served_model_name = model
        self.server_args = SimpleNamespace(asr_max_buffer_seconds=max_seconds)
        self.model_config = SimpleNamespace(
            context_len=4096, hf_config=SimpleNamespace(architectures=[architecture])
        )
        self._fail_at = fail_at

    async def generate_request(
        self, request: Request, raw_request: Any = None
    ) -> AsyncGenerator[dict[str, Any], None]:
        samples, rate = soundfile.read(io.BytesIO(request.audio_data))
        seconds = len(samples) / rate
        print(f"engine: {seconds:.2f} s at {rate} Hz", flush=True)
        if self._fail_at is not None and seconds >= self._fail_at:
            raise ValueError("the engine died")
        words = [WORDS[number % len(WORDS)] for number in range(int(seconds * 2))]
        if request.stream:
            for number in range(1, len(words)):
                yield self._answer(words[:number], None)
        yield self._answer(words, {"type": "stop"})

    @staticmethod
    def _answer(words: list[str], finish_reason: Any) -> dict[str, Any]:
        text = " ".join(words)
        return {"text": text, "meta_info": {"finish_reason": finish_reason}, "output_ids": []}

    def create_abort_task(self, _: Any) -> None:
        return None

    def abort_request(self, rid: str) -> None:
        print(f"engine: {rid} is aborted", flush=True)
