"""SGLang's own app, routes and realtime session, with a scripted engine. See ../README.md."""

import argparse
import sys
import uuid
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import uvicorn

sys.path.insert(0, str(Path(__file__).parents[1]))
import hollow  # noqa: E402
from engine import Request, ScriptedEngine  # noqa: E402

ENTRY = "sglang.srt.entrypoints"
hollow.install(
    ["sglang", "torch", "torchaudio", "transformers", "PIL", "zmq"],
    real=[
        f"{ENTRY}.api_contract",
        f"{ENTRY}.elastic_ep",
        f"{ENTRY}.http_request_decompression",
        f"{ENTRY}.http_server",
        f"{ENTRY}.openai.audio_chunking",
        f"{ENTRY}.openai.protocol",
        f"{ENTRY}.openai.realtime",
        f"{ENTRY}.openai.serving_base",
        f"{ENTRY}.openai.serving_transcription",
        f"{ENTRY}.openai.streaming_asr",
        f"{ENTRY}.openai.transcription_adapters",
        f"{ENTRY}.request_headers",
        f"{ENTRY}.v1_loads",
        "sglang.srt.environ",
        "sglang.srt.utils.auth",
        "sglang.srt.utils.json_response",
        "sglang.srt.utils.msgspec_utils",
    ],
)

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=30000)
parser.add_argument("--api-key")
parser.add_argument("--model", default="qwen3-asr")
parser.add_argument("--architecture", default="Qwen3ASRForConditionalGeneration")
parser.add_argument("--max-sessions", type=int, default=32)
parser.add_argument("--max-seconds", type=int, default=60)
parser.add_argument("--fail-at", type=float, help="seconds of audio at which the engine fails")
options = parser.parse_args()

def scripted_parts() -> None:
    """Gives the hollow modules what the protocol code computes with."""
    import sglang.srt.entrypoints.openai.encoding_dsv32 as encoding
    import sglang.srt.managers.io_struct as io_struct
    import sglang.srt.multimodal.processors.qwen3_asr as qwen3
    import sglang.srt.runtime_context as context
    import sglang.srt.utils as utils

    serving = SimpleNamespace(
        asr_max_concurrent_sessions=options.max_sessions,
        asr_max_buffer_seconds=options.max_seconds,
        incremental_streaming_output=False,
    )
    context.get_serving = lambda: serving
    context.get_lora = lambda: SimpleNamespace(enable_lora=False)
    encoding.DS32EncodingError = type("DS32EncodingError", (Exception,), {})
    io_struct.GenerateReqInput = Request
    qwen3.DEFAULT_ASR_PROMPT = ""
    utils.random_uuid = lambda: uuid.uuid4().hex


scripted_parts()
from sglang.srt.entrypoints import http_server  # noqa: E402
from sglang.srt.entrypoints.openai.realtime import session  # noqa: E402
from sglang.srt.entrypoints.openai.serving_transcription import (  # noqa: E402
    OpenAIServingTranscription,
)
from sglang.srt.utils.auth import add_api_key_middleware  # noqa: E402


def resample(pcm: bytes, rate: int, wanted: int) -> bytes:
    """In place of torchaudio's."""
    samples = np.frombuffer(pcm, dtype=np.int16)
    at = np.arange(len(samples) * wanted // rate) * rate / wanted
    return np.interp(at, np.arange(len(samples)), samples).astype(np.int16).tobytes()


session._resample_to_target_rate = resample
engine = ScriptedEngine(
    options.model, options.architecture, options.max_seconds, options.fail_at
)
app = http_server.app
http_server._global_state = SimpleNamespace(tokenizer_manager=engine)
app.state.openai_serving_transcription = OpenAIServingTranscription(engine)
if options.api_key:
    add_api_key_middleware(app, api_key=options.api_key, admin_api_key=None)
uvicorn.run(app, host="127.0.0.1", port=options.port, lifespan="off")
