"""Writes a streaming model of a few kilobytes for sherpa-onnx that hears a script in any audio.

    python model.py <folder> [text]

It has the form of a WeNet CTC model: the server hands it how many frames came before, and it
looks up what is said in these. So the servers run as they are, in C++ and in Python.
"""

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FRAMES_PER_WORD = 10
# 7 s: an utterance ends after 1.2 s without a token, one that had none after 2.4 s. The model
# then starts anew.
PAUSE_FRAMES = 175
# The server's own: 16 frames of 40 ms a step, and 4 such steps of context.
CHUNK_FRAMES = 16
CONTEXT_FRAMES = 4 * CHUNK_FRAMES

METADATA = {
    "head": 1,
    "num_blocks": 1,
    "output_size": 1,
    "cnn_module_kernel": 2,
    "right_context": 6,
    "subsampling_factor": 4,
}


def tokens_of(word):
    """A token that begins with ▁ begins a word."""
    return [f"▁{word[:3]}", word[3:]] if len(word) > 3 else [f"▁{word}"]


def script(words, tokens):
    """The token of each frame; 0 is the blank."""
    frames = []
    for word in words:
        said = [index for token in word for index in (tokens.index(token), 0)]
        frames += [0] * (FRAMES_PER_WORD - len(said)) + said
    return frames + [0] * PAUSE_FRAMES


def model(words, tokens):
    frames = script(words, tokens)
    log_probs = np.full((len(frames), len(tokens)), -10, dtype=np.float32)
    log_probs[np.arange(len(frames)), frames] = 0
    constants = {
        "script": log_probs,
        "first": np.array([CONTEXT_FRAMES], dtype=np.int64),
        "steps": np.arange(CHUNK_FRAMES, dtype=np.int64),
        "length": np.array([len(frames)], dtype=np.int64),
        "axis": np.array([0], dtype=np.int64),
    }
    nodes = [
        helper.make_node("Sub", ["offset", "first"], ["before"]),
        helper.make_node("Add", ["before", "steps"], ["at"]),
        helper.make_node("Mod", ["at", "length"], ["frame"]),
        helper.make_node("Unsqueeze", ["frame", "axis"], ["batch"]),
        helper.make_node("Gather", ["script", "batch"], ["log_probs"]),
        helper.make_node("Identity", ["attn_cache"], ["next_attn_cache"]),
        helper.make_node("Identity", ["conv_cache"], ["next_conv_cache"]),
    ]
    number, whole, truth = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL
    value = helper.make_tensor_value_info
    inputs = [
        value("x", number, ["N", "T", 80]),
        value("offset", whole, [1]),
        value("required_cache_size", whole, [1]),
        value("attn_cache", number, [1, 1, CONTEXT_FRAMES, 2]),
        value("conv_cache", number, [1, 1, 1, 1]),
        value("attn_mask", truth, [1, 1, CONTEXT_FRAMES + CHUNK_FRAMES]),
    ]
    outputs = [
        value("log_probs", number, [1, CHUNK_FRAMES, len(tokens)]),
        value("next_attn_cache", number, [1, 1, CONTEXT_FRAMES, 2]),
        value("next_conv_cache", number, [1, 1, 1, 1]),
    ]
    initializers = [numpy_helper.from_array(array, name) for name, array in constants.items()]
    graph = helper.make_graph(nodes, "script", inputs, outputs, initializers)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(
        made, {key: str(entry) for key, entry in {**METADATA, "vocab_size": len(tokens)}.items()}
    )
    onnx.checker.check_model(made)
    return made


folder = Path(sys.argv[1])
text = sys.argv[2] if len(sys.argv) > 2 else "the quick brown fox"
words = [tokens_of(word) for word in text.split()]
tokens = ["<blk>", *dict.fromkeys(token for word in words for token in word)]
folder.mkdir(parents=True, exist_ok=True)
onnx.save(model(words, tokens), str(folder / "model.onnx"))
lines = [f"{token} {index}\n" for index, token in enumerate(tokens)]
(folder / "tokens.txt").write_text("".join(lines), encoding="utf8")
