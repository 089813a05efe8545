"""vLLM's own routes, connection and middleware, with a scripted engine. See ../README.md."""

import argparse
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import uvicorn
from fastapi import FastAPI

sys.path.insert(0, str(Path(__file__).parents[1]))
import hollow  # noqa: E402
from engine import ScriptedEngine, ScriptedModel  # noqa: E402

hollow.install(
    ["vllm", "torch", "transformers", "mistral_common", "vllm.utils.torch_utils"],
    real=[
        "vllm.config.speech_to_text",
        "vllm.entrypoints.generate.base",
        "vllm.entrypoints.openai.models",
        "vllm.entrypoints.serve.engine",
        "vllm.entrypoints.serve.exception_handling",
        "vllm.entrypoints.serve.middleware",
        "vllm.entrypoints.serve.utils.api_utils",
        "vllm.entrypoints.speech_to_text",
        "vllm.envs",
        "vllm.exceptions",
        "vllm.multimodal.audio",
        "vllm.multimodal.media.audio",
        "vllm.sampling_params",
        "vllm.utils",
        "vllm.v1.serial_utils",
    ],
)
import torch  # noqa: E402

torch.iinfo = lambda _: np.iinfo(np.int64)
import vllm.entrypoints.serve as serve  # noqa: E402
from vllm.entrypoints.serve.exception_handling.error_response import (  # noqa: E402
    create_error_response,
)

serve.create_error_response = create_error_response

from vllm.entrypoints.openai.models import api_router as models_router  # noqa: E402
from vllm.entrypoints.openai.models.serving import OpenAIServingModels  # noqa: E402
from vllm.entrypoints.serve.exception_handling.register import init_exception_handler  # noqa: E402
from vllm.entrypoints.serve.middleware.register import init_entrypoints_middleware  # noqa: E402
from vllm.entrypoints.speech_to_text import factories  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=8000)
parser.add_argument("--api-key", action="append")
parser.add_argument("--model", default="voxtral")
parser.add_argument("--tasks", nargs="*", default=["realtime", "transcription"])
parser.add_argument("--fail-after", type=int, help="words after which the engine fails")
options = parser.parse_args()

def scripted_parts() -> None:
    """Replaces what stands between the serving classes and the model."""
    from vllm.entrypoints.serve.engine import serving as engine_serving
    from vllm.entrypoints.speech_to_text.base import serving as speech
    from vllm.entrypoints.speech_to_text.realtime import serving as realtime

    def same(_: Any, prompt: Any) -> Any:
        return prompt

    for module in (speech, realtime):
        module.parse_model_prompt = same  # type: ignore[attr-defined]
    engine_serving.contains_trace_headers = lambda _: False
    speech.get_max_tokens = lambda *_: 448
    import vllm.model_executor.model_loader as loader

    loader.get_model_cls = lambda _: ScriptedModel


def application() -> FastAPI:
    app = FastAPI()
    args = argparse.Namespace(
        allowed_origins=["*"],
        allow_credentials=False,
        allowed_methods=["*"],
        allowed_headers=["*"],
        api_key=options.api_key,
        enable_request_id_headers=False,
        middleware=[],
        log_error_stack=False,
        enable_force_include_usage=False,
    )
    tasks = tuple(options.tasks)
    engine = ScriptedEngine(options.fail_after)
    app.state.args = args
    app.state.engine_client = engine
    app.state.enable_server_load_tracking = False
    path = SimpleNamespace(name=options.model, model_path=options.model)
    app.state.openai_serving_models = OpenAIServingModels(engine, [path])
    models_router.attach_router(app)
    factories.register_speech_to_text_api_routers(app, tasks)
    factories.init_speech_to_text_state(engine, app.state, args, None, tasks)
    init_exception_handler(app)
    init_entrypoints_middleware(args, app, tasks)
    return app


scripted_parts()
# As vLLM starts it, which says nothing of WebSockets.
uvicorn.run(application(), host="127.0.0.1", port=options.port, timeout_keep_alive=5)
