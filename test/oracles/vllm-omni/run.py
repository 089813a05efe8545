"""vLLM-Omni's own route and realtime connection, with a scripted engine. See ../README.md."""

import argparse
import asyncio
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import uvicorn
from fastapi import FastAPI

sys.path.insert(0, str(Path(__file__).parents[1]))
import hollow  # noqa: E402

hollow.install(
    ["vllm", "vllm_omni", "torch", "transformers", "PIL", "vllm.utils.torch_utils"],
    real=[
        "vllm.entrypoints.generate.base",
        "vllm.entrypoints.serve.engine",
        "vllm.entrypoints.serve.exception_handling",
        "vllm.entrypoints.speech_to_text",
        "vllm.envs",
        "vllm.exceptions",
        "vllm.sampling_params",
        "vllm.utils",
        "vllm.v1.serial_utils",
        "vllm_omni.entrypoints.duplex",
        "vllm_omni.entrypoints.openai.realtime_connection",
        "vllm_omni.entrypoints.openai.api_server",
        "vllm_omni.engine.duplex.commands",
        "vllm_omni.engine.duplex.events",
        "vllm_omni.engine.duplex.realtime_events",
        "vllm_omni.protocol",
    ],
)
import torch  # noqa: E402

torch.iinfo = lambda _: np.iinfo(np.int64)
import vllm.entrypoints.serve as serve  # noqa: E402
from vllm.entrypoints.serve.exception_handling.error_response import (  # noqa: E402
    create_error_response,
)

serve.create_error_response = create_error_response

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=8091)
parser.add_argument("--model", default="omni")
parser.add_argument("--silent", action="store_true", help="no spoken answer")
parser.add_argument("--duplex", action="store_true", help="as for a model served in full duplex")
parser.add_argument("--fail-after", type=int, help="words after which the engine fails")
options = parser.parse_args()

WORDS = "the quick brown fox jumps over the lazy dog and goes on".split()
SAMPLES_PER_WORD = 8000


class ScriptedModel:
    """What the serving class asks of a model."""

    realtime_max_tokens = 1

    @staticmethod
    async def buffer_realtime_audio(audio_stream: Any, *_: Any) -> AsyncGenerator[Any, None]:
        waiting = 0
        async for samples in audio_stream:
            waiting += len(samples)
            while waiting >= SAMPLES_PER_WORD:
                waiting -= SAMPLES_PER_WORD
                yield SAMPLES_PER_WORD


def output(text: str, audio: Any = None) -> Any:
    sequence = SimpleNamespace(text=text, token_ids=[1])
    spoken = None if audio is None else {"audio": audio, "sr": 24_000}
    return SimpleNamespace(
        stage_id=0, outputs=[sequence], prompt_token_ids=[1] * 39, multimodal_output=spoken
    )


class ScriptedEngine:
    """A word, and half a second of spoken answer, for every half second of audio."""

    default_sampling_params_list: list[Any] = []
    model_config = SimpleNamespace()
    input_processor = None

    def __init__(self) -> None:
        async def render(prompts: Any) -> Any:
            return prompts

        self.renderer = SimpleNamespace(render_cmpl_async=render)

    async def generate(self, prompt: Any, request_id: str, **_: Any) -> AsyncGenerator[Any, None]:
        number = 0
        async for _one in prompt:
            if number == options.fail_after:
                raise RuntimeError("the engine died")
            yield output(f" {WORDS[number % len(WORDS)]}")
            number += 1
        await asyncio.sleep(0.1)
        for at in range(0 if options.silent else number):
            yield output("", np.full(12_000, at / 100, dtype=np.float32))

    async def abort(self, request_id: str) -> None:
        print(f"engine: {request_id} is aborted", flush=True)


def application() -> FastAPI:
    from vllm.entrypoints.speech_to_text.realtime import serving as realtime
    from vllm_omni.entrypoints.duplex.serving import OmniDuplexSessionHandler
    from vllm_omni.entrypoints.openai import api_server, realtime_connection

    import vllm.model_executor.model_loader as loader

    loader.get_model_cls = lambda _: ScriptedModel
    realtime.parse_model_prompt = lambda _, prompt: prompt  # type: ignore[attr-defined]
    realtime_connection.coerce_param_message_types = lambda params, **_: params
    models = SimpleNamespace(
        is_base_model=lambda name: name == options.model,
        input_processor=None,
        renderer=None,
        lora_requests={},
    )
    engine = ScriptedEngine()
    app = FastAPI()
    app.state.openai_serving_realtime = (
        None
        if options.duplex
        else realtime.OpenAIServingRealtime(engine, models, request_logger=None)
    )
    settings = SimpleNamespace(resume_replay_ttl_s=1.0, resume_replay_max_bytes_per_session=1)
    app.state.openai_serving_duplex = (
        OmniDuplexSessionHandler(duplex_omni=SimpleNamespace(duplex_session_config=settings))
        if options.duplex
        else None
    )
    for path, endpoint in (
        ("/v1/realtime", api_server.realtime_websocket),
        ("/v1/duplex", api_server.duplex_websocket),
    ):
        app.add_api_websocket_route(path, endpoint)
    return app


uvicorn.run(application(), host="127.0.0.1", port=options.port)
