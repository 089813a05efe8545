"""SGLang-Omni's own realtime transcription, with a scripted engine. See ../README.md."""

import argparse
import asyncio
import io
import sys
import wave
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import uvicorn
from fastapi import FastAPI

sys.path.insert(0, str(Path(__file__).parents[1]))
import hollow  # noqa: E402

SERVE = "sglang_omni.serve"
hollow.install(
    ["sglang", "sglang_omni", "torch", "transformers"],
    real=[
        f"{SERVE}.openai_api",
        f"{SERVE}.realtime.audio_buffer",
        f"{SERVE}.realtime.events",
        f"{SERVE}.realtime.manager",
        f"{SERVE}.realtime.transcription_session",
        f"{SERVE}.transcription_chunking",
        "sglang_omni.audio.vad",
    ],
)

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=8000)
parser.add_argument("--model", default="qwen3-asr")
parser.add_argument("--vad", action="store_true", help="the model wants turn detection")
parser.add_argument("--no-transcription", action="store_true", help="the model cannot")
parser.add_argument("--max-segment", type=float, help="seconds after which a segment is split")
parser.add_argument("--fail-at", type=int, help="number of the recognition that fails")
options = parser.parse_args()

WORDS = "the quick brown fox jumps over the lazy dog and goes on".split()

import sglang_omni.audio.smart_turn as smart_turn  # noqa: E402
import sglang_omni.serve.realtime as realtime  # noqa: E402
from sglang_omni.audio import vad  # noqa: E402
from sglang_omni.serve.realtime.manager import RealtimeSessionManager  # noqa: E402

smart_turn.load_smart_turn = lambda: None
realtime.RealtimeSessionManager = RealtimeSessionManager
from sglang_omni.serve.openai_api import register_realtime  # noqa: E402


class LoudnessModel:
    """Speech is what is not silent."""

    def predict(self, frame: Any, _: int) -> float:
        return float(np.max(np.abs(frame)) > 0.05)

    def reset(self) -> None:
        pass


vad.SileroSpeechModel = LoudnessModel


class ScriptedStrategy:
    """Asks for the words of the audio, and shows them as they come."""

    def create_state(self, **_: Any) -> Any:
        return SimpleNamespace()

    def build_decode_request(self, *, audio: bytes, **_: Any) -> Any:
        return audio

    def update_hypothesis(self, *, generated_text: str, **_: Any) -> str:
        return generated_text


class ScriptedClient:
    """Recognises a word for every half second."""

    _recognitions = 0

    async def completion(self, audio: bytes, *, request_id: str) -> Any:
        with wave.open(io.BytesIO(audio)) as spoken:
            halves = spoken.getnframes() * 2 // spoken.getframerate()
        print(f"engine: {request_id} hears {halves / 2} s", flush=True)
        self._recognitions += 1
        await asyncio.sleep(0.05)
        if self._recognitions == options.fail_at:
            raise RuntimeError("the engine died")
        text = " ".join(WORDS[number % len(WORDS)] for number in range(halves))
        return SimpleNamespace(text=text, language="English")

    async def abort(self, request_id: str) -> None:
        print(f"engine: {request_id} is aborted", flush=True)


app = FastAPI()
app.state.client = ScriptedClient()
app.state.model_name = options.model
app.state.realtime_deployment = None
app.state.supports_realtime_audio_output = False
app.state.realtime_transcription = (
    None
    if options.no_transcription
    else SimpleNamespace(
        strategy_cls=ScriptedStrategy,
        decode_interval_ms=2000,
        server_vad=options.vad,
        max_segment_s=options.max_segment,
    )
)
register_realtime(app)
uvicorn.run(app, host="127.0.0.1", port=options.port)
