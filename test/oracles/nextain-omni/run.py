"""The conversation socket of nextain's vLLM-Omni, with a scripted chat. See ../README.md."""

import argparse
import asyncio
import base64
import io
import json
import sys
import wave
from collections.abc import AsyncGenerator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import uvicorn
from fastapi import FastAPI, WebSocket

sys.path.insert(0, str(Path(__file__).parents[1]))
import hollow  # noqa: E402

hollow.install(
    ["vllm", "vllm_omni", "torch"],
    real=["vllm_omni.entrypoints.openai.serving_omni_duplex"],
)

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=8091)
parser.add_argument("--model", default="omni")
parser.add_argument("--silent", action="store_true", help="no spoken answer")
parser.add_argument("--fail", action="store_true", help="the chat refuses")
parser.add_argument("--break", dest="breaks", action="store_true", help="the chat breaks off")
parser.add_argument("--idle", type=float, default=60.0, help="seconds without a message")
options = parser.parse_args()

WORDS = "the quick brown fox jumps over the lazy dog and goes on".split()

import vllm.entrypoints.openai.chat_completion.protocol as chat  # noqa: E402
import vllm.utils as utils  # noqa: E402

chat.ChatCompletionRequest = SimpleNamespace
utils.random_uuid = lambda: "0123456789abcdef"
from vllm_omni.entrypoints.openai.serving_omni_duplex import (  # noqa: E402
    ErrorResponse,
    OmniFullDuplexHandler,
)


def answer(modality: str, content: str) -> str:
    choice = {"delta": {"content": content}}
    return f"data: {json.dumps({'modality': modality, 'choices': [choice]})}\n\n"


def wav_chunk() -> str:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, 24_000, 0, "NONE", ""))
        out.writeframes(bytes(9600))
    return base64.b64encode(file.getvalue()).decode()


class ScriptedChat:
    """Answers with a word for every half second that it hears."""

    models = SimpleNamespace(model_name=lambda _: options.model)

    async def create_chat_completion(self, request: Any) -> Any:
        content = request.messages[-1]["content"]
        print(f"chat: {len(request.messages)} messages, {request.max_tokens} tokens", flush=True)
        if options.fail:
            refusal = ErrorResponse()
            refusal.message = f"The model `{request.model}` does not exist."
            return refusal
        if isinstance(content, str):
            return self._say(content.split())
        file = base64.b64decode(content[0]["audio_url"]["url"].partition(",")[2])
        with wave.open(io.BytesIO(file)) as spoken:
            halves = spoken.getnframes() * 2 // spoken.getframerate()
        return self._say([WORDS[number % len(WORDS)] for number in range(halves)])

    async def _say(self, words: list[str]) -> AsyncGenerator[str, None]:
        for number, word in enumerate(words):
            await asyncio.sleep(0.02)
            if options.breaks and number == 2:
                raise RuntimeError("the engine died")
            yield answer("text", f" {word}" if number else word)
        for _ in range(0 if options.silent else 3):
            yield answer("audio", wav_chunk())
        yield "data: [DONE]\n\n"


handler = OmniFullDuplexHandler(ScriptedChat(), idle_timeout=options.idle)
app = FastAPI()


@app.websocket("/v1/omni")
async def omni(websocket: WebSocket) -> None:
    await handler.handle_session(websocket)


uvicorn.run(app, host="127.0.0.1", port=options.port)
