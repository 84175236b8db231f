"""Writes the tiny ONNX image encoders of OnnxImageEncoderTest: the mean of each channel, NCHW and NHWC, and one of NaN.

Needs onnx. Usage: python image_encoders.py
"""

import pathlib

import onnx
from onnx import TensorProto, helper

HERE = pathlib.Path(__file__).parent


def save(name, nodes, shape, outputs):
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, of) for output, of in outputs.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, HERE / f"{name}.onnx")


def main():
    save(
        "tiny-image-nchw",
        [
            helper.make_node("ReduceMean", ["pixels"], ["features"], axes=[2, 3], keepdims=1),
            helper.make_node("Neg", ["features"], ["negated"]),
        ],
        [1, 3, 4, 6],
        {"features": [1, 3, 1, 1], "negated": [1, 3, 1, 1]},
    )
    save(
        "tiny-image-nhwc",
        [helper.make_node("ReduceMean", ["pixels"], ["features"], axes=[1, 2], keepdims=0)],
        ["n", "h", "w", 3],
        {"features": ["n", 3]},
    )
    save(
        "tiny-image-nan",
        [helper.make_node("Log", ["pixels"], ["features"])],
        ["n", 3, "h", "w"],
        {"features": ["n", 3, "h", "w"]},
    )


if __name__ == "__main__":
    main()
