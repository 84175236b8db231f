"""Writes what OnnxTextEmbedderTest compares with; the texts are made up for it.

Usage: python references.py MODEL.onnx TOKENIZER.json, with the quantised all-MiniLM-L6-v2.
Run with onnxruntime of the version that the build uses: others round differently, and the quantised model
amplifies that to cosines of 0.99. Needs onnx, onnxruntime, tokenizers, numpy.
"""

import base64
import hashlib
import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
import tokenizers
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent
MAX_TOKENS = 256

TEXTS = [
    "The lighthouse keeper wrote down every ship that passed.",
    "the LIGHTHOUSE keeper wrote down every ship that passed!",
    "My bicycle has a flat tyre, again.",
    "Is it going to rain on Thursday?",
    "",
    " \t\n\u00a0 ",
    "a",
    "🚲🌧️ 👩🏽‍🚀 ok 👍",
    "Der Müller läuft über die Brücke, während der Café-Besitzer zusieht.",
    "Старый маяк виден с моря.",
    "灯台守は通り過ぎるすべての船を書き留めた。",
    "الحارس يكتب اسم كل سفينة.",
    "นกร้องเพลงในตอนเช้า",
    "lone \ud83d high and \udeb2 low surrogate",
    "nul\u0000 and bell\u0007 and soft\u00adhyphen",
    "[CLS] a text that spells [SEP] special [MASK] tokens [PAD]",
    "x" * 700,
    "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
    " ".join("Chapter %d tells how the tide came in and went out." % i for i in range(1, 60)),
    "1234567890 3.14159 -1e-9 $5.00 50% #tag @name https://example.org/a?b=c&d=e",
    "<p>Some &amp; markup</p>\r\n\r\n```code```",
    "e\u0301 and \u00e9 are one letter, written in two ways; \ufb01 is a ligature",
]


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def golden(model, tokenizer_json):
    tokenizer = tokenizers.Tokenizer.from_file(tokenizer_json)
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    rows = []
    for text in TEXTS:
        # Python has no UTF-8 for a lone surrogate either.
        well_formed = "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text)
        ids = np.array([tokenizer.encode(well_formed).ids], np.int64)
        states = session.run(
            None, {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        )[0][0]
        mean = states.mean(0)
        vector = (mean / np.linalg.norm(mean)).astype("<f4")
        rows.append({"text": text, "vector": base64.b64encode(vector.tobytes()).decode()})
    content = {
        "provenance": {
            "vectors": "base64 of 384 little-endian float32: mean over tokens, length 1, one text an inference",
            "made_by": "references.py",
            "onnxruntime": onnxruntime.__version__,
            "tokenizers": tokenizers.__version__,
            "model_sha256": sha256(model),
            "tokenizer_sha256": sha256(tokenizer_json),
        },
        "texts": rows,
    }
    (HERE / "minilm.json").write_text(json.dumps(content, indent=1) + "\n")


def tiny(name, inputs, outputs, nodes):
    tables = {
        "tokens": np.array([[0, 0], [1, 0], [0, 2], [3, 4], [-6, 8]], np.float32),
        # Fewer rows than the vocabulary.
        "positions": np.zeros((3, 2), np.float32),
        "nan": np.full((5, 2), np.nan, np.float32),
    }
    used = {i for node in nodes for i in node.input}
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(i, TensorProto.INT64, ["texts", "length"]) for i in inputs],
        [helper.make_tensor_value_info(o, TensorProto.FLOAT, shape) for o, shape in outputs],
        [numpy_helper.from_array(v, k) for k, v in tables.items() if k in used],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    (HERE / name).write_bytes(model.SerializeToString())


def tiny_models():
    states = ["texts", "length", 2]
    look_up = helper.make_node("Gather", ["tokens", "input_ids"], ["states"])
    doubled = helper.make_node("Add", ["states", "states"], ["doubled"])
    pooled = helper.make_node("ReduceMean", ["states"], ["pooled"], axes=[1], keepdims=0)
    tiny(
        "tiny.onnx",
        ["input_ids"],
        [("pooled", ["texts", 2]), ("states", states), ("doubled", states)],
        [look_up, pooled, doubled],
    )
    tiny(
        "tiny-positions.onnx",
        ["input_ids", "position_ids"],
        [("sum", states)],
        [
            look_up,
            helper.make_node("Gather", ["positions", "position_ids"], ["at"]),
            helper.make_node("Add", ["states", "at"], ["sum"]),
        ],
    )
    # Token 4 is out of its table's range on purpose: an inference that fails.
    tiny(
        "tiny-failing.onnx",
        ["input_ids"],
        [("states", states)],
        [helper.make_node("Gather", ["positions", "input_ids"], ["states"])],
    )
    tiny(
        "tiny-nan.onnx",
        ["input_ids"],
        [("states", states)],
        [helper.make_node("Gather", ["nan", "input_ids"], ["states"])],
    )
    tokenizer = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({"[UNK]": 0, "one": 1, "two": 2, "five": 3, "ten": 4}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(HERE / "tiny-tokenizer.json"))


if __name__ == "__main__":
    golden(sys.argv[1], sys.argv[2])
    tiny_models()
