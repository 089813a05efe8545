"""The model of a moshi-server that hears a script: its module `PyBatchedAsr` calls this file.

    python engine.py <folder>

writes the tokenizer and the configuration that the server wants into a folder.
"""

import time
from collections import deque

WORDS = "the quick brown fox jumps over the lazy dog".split()
STEPS_PER_WORD = 6
# As the configuration says: so many steps of 80 ms the text is behind the audio.
DELAY_STEPS = 6
FRAME_SAMPLES = 1920
PADDING = 3
# As a model on a GPU: four times real time.
SECONDS_PER_STEP = 0.02
# The server keeps these four numbers for tokens of its own.
FIRST_WORD = 4

NO_DATA, ACTIVE, RESET = 0, -1, -2
IS_ACTIVE, HAS_MARKER, IS_OVER = 1, 2, 4


class Session:
    """Hears a word per so many steps that are not silent."""

    def __init__(self):
        self.steps = self.loud = 0
        self.active = False
        self.last_step = None
        self.due = deque()

    def step(self, pcm):
        self.steps += 1
        if pcm.any():
            self.loud += 1
            if self.loud % STEPS_PER_WORD == 0:
                self.due.append(self.steps + DELAY_STEPS)
        if self.due and self.due[0] <= self.steps:
            self.due.popleft()
            return True
        return False


class Engine:
    def __init__(self, batch_size):
        self.sessions = [Session() for _ in range(batch_size)]
        self.said = [0] * batch_size

    def step(self, batch_pcm, flags, tokens, extra_heads, updates):
        for at, update in enumerate(updates):
            if update == RESET:
                self.sessions[at], self.said[at] = Session(), 0
            self._update(self.sessions[at], update, at, flags)
            if not self.sessions[at].active:
                continue
            tokens[at] = self._token(at, batch_pcm[at * FRAME_SAMPLES : (at + 1) * FRAME_SAMPLES])
            extra_heads[at, :] = (0.5, 0.25, 0.125, 0.0625)
            last = self.sessions[at].last_step
            if last is not None and self.sessions[at].steps >= last:
                self.sessions[at].active = False
                flags[at] = IS_OVER
        if any(session.active for session in self.sessions):
            time.sleep(SECONDS_PER_STEP)

    @staticmethod
    def _update(session, update, at, flags):
        session.active = update in (ACTIVE, RESET) or (update > 0 and session.active)
        flags[at] = IS_ACTIVE if session.active else 0
        if update > 0:
            flags[at] = HAS_MARKER
            session.last_step = session.steps + update + DELAY_STEPS + 2

    def _token(self, at, pcm):
        if not self.sessions[at].step(pcm):
            return PADDING
        word = self.said[at] % len(WORDS)
        self.said[at] += 1
        return FIRST_WORD + list(dict.fromkeys(WORDS)).index(WORDS[word])


def init(batch_size, config):
    return Engine(batch_size)


def write_configuration(folder):
    import sentencepiece

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "static").mkdir(exist_ok=True)
    words = list(dict.fromkeys(WORDS))
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(WORDS)] * 10),
        model_prefix=str(folder / "tokenizer"),
        model_type="word",
        vocab_size=FIRST_WORD + len(words),
        pad_id=PADDING,
        user_defined_symbols=[f"▁{word}" for word in words],
        hard_vocab_limit=False,
    )
    configuration = f"""
static_dir = "{folder}/static"
log_dir = "{folder}/log"
instance_name = "oracle"
authorized_ids = ["public_token"]

[modules.asr]
type = "PyBatchedAsr"
path = "/api/asr-streaming"
script = "{Path(__file__).resolve()}"
text_tokenizer_file = "{folder}/tokenizer.model"
asr_delay_in_tokens = {DELAY_STEPS}
batch_size = 2
"""
    (folder / "config.toml").write_text(configuration.lstrip(), encoding="utf8")


# The server runs this file under another name.
if __name__ == "__main__":
    import sys
    from pathlib import Path

    write_configuration(Path(sys.argv[1]).resolve())
