"""The realtime connection of vLLM 0.16.0, with a scripted engine. See ../README.md."""

import argparse
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import uvicorn
from fastapi import FastAPI

sys.path.insert(0, str(Path(__file__).parents[1]))
import hollow  # noqa: E402
from engine import ScriptedEngine, ScriptedModel  # noqa: E402

hollow.install(
    ["vllm", "torch", "transformers", "vllm.utils.torch_utils"],
    real=[
        "vllm.entrypoints.openai.engine.protocol",
        "vllm.entrypoints.openai.realtime",
        "vllm.entrypoints.openai.server_utils",
        "vllm.envs",
        "vllm.exceptions",
        "vllm.utils",
    ],
)

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=8000)
parser.add_argument("--api-key", action="append")
parser.add_argument("--model", default="voxtral")
parser.add_argument("--fail-after", type=int, help="words after which the engine fails")
options = parser.parse_args()

import torch  # noqa: E402

torch.iinfo = lambda _: np.iinfo(np.int64)
import vllm.entrypoints.openai.engine.serving as base  # noqa: E402
import vllm.model_executor.model_loader as loader  # noqa: E402


class Serving:
    """The part of the base class that the realtime one needs."""

    model_config = ScriptedEngine.model_config

    def __init__(self, engine_client: ScriptedEngine, **_: object) -> None:
        self.engine_client = engine_client

    def _is_model_supported(self, name: str) -> bool:
        return name == options.model

    def create_error_response(self, **error: object) -> object:
        return SimpleNamespace(error=SimpleNamespace(**error))


base.OpenAIServing = Serving
loader.get_model_cls = lambda _: ScriptedModel
from vllm.entrypoints.openai.realtime import api_router  # noqa: E402
from vllm.entrypoints.openai.server_utils import AuthenticationMiddleware  # noqa: E402

app = FastAPI()
app.state.openai_serving_models = None
api_router.attach_router(app)
args = SimpleNamespace(log_error_stack=False)
engine = ScriptedEngine(options.fail_after)
api_router.init_realtime_state(engine, app.state, args, None, ("realtime",))
if options.api_key:
    app.add_middleware(AuthenticationMiddleware, tokens=options.api_key)
uvicorn.run(app, host="127.0.0.1", port=options.port)
