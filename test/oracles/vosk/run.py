"""Runs vosk-server's own websocket/asr_server.py with a recogniser that hears a script.

    python run.py <path of asr_server.py>

Only the module `vosk` is replaced; what listens, reads and replies is the server's own code.
Port and more: the server's environment variables (VOSK_SERVER_PORT, default 2700).
"""

import json
import runpy
import sys
import types

WORDS = "the quick brown fox jumps over the lazy dog".split()
SECONDS_PER_WORD = 0.5
WORDS_PER_UTTERANCE = 3
# Vosk writes its JSON over several lines.
PRETTY = {"indent": 2, "ensure_ascii": False}


class ScriptedRecognizer:
    """Hears a word per half a second of audio; three of them are an utterance."""

    def __init__(self, model, sample_rate, grammar=None):
        print(f"recogniser: {sample_rate} Hz, grammar {grammar}", flush=True)
        self.sample_rate = sample_rate
        self.samples = 0
        self.told = 0
        self.words = False
        self.alternatives = 0

    def SetWords(self, words):
        self.words = words

    def SetMaxAlternatives(self, count):
        self.alternatives = count

    def AcceptWaveform(self, data):
        if isinstance(data, str):
            data = data.encode()
        if len(data) % 2:
            print(f"half a sample: {len(data)} bytes", flush=True)
        self.samples += len(data) // 2
        return len(self._pending()) >= WORDS_PER_UTTERANCE

    def _heard(self):
        return int(self.samples / self.sample_rate / SECONDS_PER_WORD)

    def _pending(self):
        return [(at, WORDS[at % len(WORDS)]) for at in range(self.told, self._heard())]

    def PartialResult(self):
        return json.dumps({"partial": " ".join(word for _, word in self._pending())}, **PRETTY)

    def Result(self):
        pending = self._pending()
        self.told = self._heard()
        text = " ".join(word for _, word in pending)
        timed = [
            {"conf": 0.98, "end": (at + 1) * SECONDS_PER_WORD, "start": at * SECONDS_PER_WORD, "word": word}
            for at, word in pending
        ]
        if self.alternatives:
            # As Vosk 0.3.45 does: with alternatives, words have no confidence.
            words = [{key: word[key] for key in ("end", "start", "word")} for word in timed]
            result = {"result": words} if self.words and words else {}
            best = {"confidence": 250.5, **result, "text": text}
            worse = {"confidence": 210.25, "text": "not that"}
            return json.dumps({"alternatives": [best, worse][: self.alternatives]}, **PRETTY)
        result = {"result": timed} if self.words and timed else {}
        return json.dumps({**result, "text": text}, **PRETTY)

    def FinalResult(self):
        return self.Result()


class Model:
    def __init__(self, path):
        print(f"model: {path}", flush=True)


vosk = types.ModuleType("vosk")
vosk.Model = vosk.SpkModel = Model
vosk.KaldiRecognizer = ScriptedRecognizer
sys.modules["vosk"] = vosk

sys.argv = [sys.argv[1]]
runpy.run_path(sys.argv[0], run_name="__main__")
