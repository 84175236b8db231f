"""Invented pictures of 16 x 16 pixels: private/ and, more varied, pool/, each with folders disc and square."""

import pathlib
import random
import struct
import zlib

draw = random.Random(2)


def png(pixels):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", len(pixels[0]), len(pixels), 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes(row) for row in pixels)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def picture(shape, paper, ink, radius):
    def inside(x, y):
        across, down = abs(x - 7.5), abs(y - 7.5)
        return across**2 + down**2 < radius**2 if shape == "disc" else max(across, down) < radius

    return [[ink if inside(x, y) else paper for x in range(16)] for y in range(16)]


def write(folder, shape, number, paper, ink, radius):
    path = pathlib.Path(folder, shape)
    path.mkdir(parents=True, exist_ok=True)
    (path / f"{number}.png").write_bytes(png(picture(shape, paper, ink, radius)))


for number in range(200):
    write("private", "disc", number, draw.randint(200, 255), draw.randint(0, 60), draw.uniform(5, 7))
    write("private", "square", number, draw.randint(0, 60), draw.randint(200, 255), draw.uniform(3, 5))
for number in range(150):
    for shape in ["disc", "square"]:
        write("pool", shape, number, draw.randint(0, 255), draw.randint(0, 255), draw.uniform(2, 7))
