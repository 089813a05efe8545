"""The first form of SGLang's streaming transcription, with a scripted engine. See ../README.md."""

import argparse
import sys
from pathlib import Path
from types import SimpleNamespace

import uvicorn
from fastapi import FastAPI, WebSocket

sys.path.insert(0, str(Path(__file__).parents[1]))
import hollow  # noqa: E402
from engine import Request, ScriptedEngine  # noqa: E402

OPENAI = "sglang.srt.entrypoints.openai"
hollow.install(
    ["sglang", "torch", "transformers"],
    real=[
        f"{OPENAI}.protocol",
        f"{OPENAI}.serving_transcription_websocket",
        f"{OPENAI}.streaming_asr",
        f"{OPENAI}.transcription_adapters",
    ],
)

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=30000)
parser.add_argument("--architecture", default="Qwen3ASRForConditionalGeneration")
parser.add_argument("--max-seconds", type=int, default=60)
parser.add_argument("--fail-at", type=float, help="seconds of audio at which the engine fails")
options = parser.parse_args()

import sglang.srt.managers.io_struct as io_struct  # noqa: E402
import sglang.srt.multimodal.processors.qwen3_asr as qwen3  # noqa: E402

io_struct.GenerateReqInput = Request
qwen3.DEFAULT_ASR_PROMPT = ""
from sglang.srt.entrypoints.openai.serving_transcription_websocket import (  # noqa: E402
    handle_realtime_transcription,
)
from sglang.srt.entrypoints.openai.transcription_adapters import resolve_adapter  # noqa: E402

serving = SimpleNamespace(
    _adapter=resolve_adapter([options.architecture]),
    tokenizer_manager=ScriptedEngine(
        "qwen3-asr", options.architecture, options.max_seconds, options.fail_at
    ),
)
app = FastAPI()


@app.websocket("/v1/audio/transcriptions/stream")
async def stream(websocket: WebSocket) -> None:
    await handle_realtime_transcription(websocket, serving)


uvicorn.run(app, host="127.0.0.1", port=options.port)
