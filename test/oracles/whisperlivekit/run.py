"""Runs WhisperLiveKit's own server with an engine and a voice detector that follow a script.

    python run.py [--silence] [options of the server, such as --pcm-input --port 8000]

Only what loads models is replaced: the Whisper backends and Silero. The server, its sessions, its
transcript of lines and its Deepgram-compatible and OpenAI-compatible faces are its own code.
`--silence`: after each 3 s of speech comes a pause of 6 s.
"""

import sys
import types

WORDS = " The quick brown fox jumps. Over the lazy dog it goes.".split()
SECONDS_PER_WORD = 0.5
RATE = 16000
SPEECH_SECONDS, PAUSE_SECONDS = 3, 6
HAS_PAUSES = "--silence" in sys.argv
if HAS_PAUSES:
    sys.argv.remove("--silence")


class ScriptedASR:
    sep = ""

    def __init__(self, **settings):
        self.original_language = settings.get("lan")


class ScriptedProcessor:
    """Hears a word per half a second of audio, and is sure of it with the next one."""

    SAMPLING_RATE = RATE

    def __init__(self, asr):
        self.asr = asr
        self.audio_buffer = []
        self.end = 0.0
        self.said = 0

    def insert_audio_chunk(self, audio, audio_stream_end_time):
        self.end = audio_stream_end_time

    def _token(self, at):
        from whisperlivekit.timed_objects import ASRToken

        start = at * SECONDS_PER_WORD
        return ASRToken(start=start, end=start + SECONDS_PER_WORD, text=" " + WORDS[at % len(WORDS)])

    def _commit(self, count):
        tokens = [self._token(at) for at in range(self.said, count)]
        self.said = max(self.said, count)
        return tokens, self.end

    def _heard(self):
        return int(self.end / SECONDS_PER_WORD)

    def process_iter(self, is_last=False):
        return self._commit(self._heard() - 1)

    def get_buffer(self):
        from whisperlivekit.timed_objects import Transcript

        return Transcript.from_tokens([self._token(at) for at in range(self.said, self._heard())], sep="")

    def start_silence(self):
        return self._commit(self._heard())

    def end_silence(self, duration, last_end):
        # Nothing is said in a pause: the words of that time are left out.
        self.end += duration
        self.said = max(self.said, self._heard())

    def new_speaker(self, change):
        return self.start_silence()

    def finish(self):
        return self._commit(self._heard())


class ScriptedVoice:
    """Speech from the first sample on, with pauses if asked for."""

    def __init__(self, model):
        self.at = 0
        self.events = self._events()
        self.next = next(self.events)

    @staticmethod
    def _events():
        at = 0
        while True:
            yield at, "start"
            at += SPEECH_SECONDS * RATE
            yield (at, "end") if HAS_PAUSES else (10**12, "end")
            at += PAUSE_SECONDS * RATE

    def __call__(self, samples):
        self.at += len(samples)
        events = []
        while self.next[0] < self.at:
            events.append({self.next[1]: self.next[0]})
            self.next = next(self.events)
        return events


def replace(name, **contents):
    module = types.ModuleType(name)
    vars(module).update(contents)
    sys.modules[name] = module


replace("whisperlivekit.local_agreement.whisper_online", backend_factory=ScriptedASR)
replace(
    "whisperlivekit.simul_whisper",
    SimulStreamingASR=ScriptedASR,
    SimulStreamingOnlineProcessor=ScriptedProcessor,
)
replace(
    "whisperlivekit.silero_vad_iterator",
    FixedVADIterator=ScriptedVoice,
    OnnxWrapper=lambda session: session,
    load_jit_vad=lambda: None,
    load_onnx_session=lambda: None,
    is_onnx_available=lambda: False,
)

from whisperlivekit.basic_server import main  # noqa: E402

main()
