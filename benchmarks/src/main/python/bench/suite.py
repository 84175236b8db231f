"""The benchmarks, at sizes that end within ten minutes on two cores."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import figures


@dataclass(frozen=True)
class Benchmark:
    """A script with its arguments; answers is the file with its figures, or None for what it prints."""

    name: str
    command: list[str]
    read: Callable[[str], list[figures.Figure]]
    seconds: int
    answers: Path | None = None


def benchmarks(root: Path, work: Path) -> list[Benchmark]:
    """All of them, those with peers first, in case the time runs out. What they read is written to work."""
    texts = _texts(root, work)
    configuration, images = _images(work)
    shapes = [word for shape in ("20000x2000x32", "10000x2000x384", "5000x2000x768") for word in ("--shape", shape)]
    jmh = work / "jmh.json"
    quick = "-f 1 -wi 2 -w 1 -i 3 -r 1 -foe true".split()
    searches = "-p shape=2000x2000x32,1000x4000x384 -p k=1".split()
    return [
        Benchmark("bench-kernel", ["--json", "--rounds", "5", *shapes], figures.kernel, 150),
        Benchmark("bench-vote", ["200000", "384", "2000", "2", "5"], figures.vote, 120),
        Benchmark("bench-embedding", [str(texts), "60", "5"], figures.embedding, 120),
        Benchmark("bench-scale", ["32", "1000", "2", "3", "200000", "2000000"], figures.scale, 120),
        Benchmark("jmh", [*quick, *searches, "-rf", "json", "-rff", str(jmh), "SearchBenchmark"], figures.jmh, 120, jmh),
        Benchmark("bench-labelled-vote", ["10000", "512", "10000", "10", "2", "2"], figures.labelled_vote, 60),
        Benchmark("bench-image-embedding", [str(configuration), str(images), "5"], figures.image_embedding, 60),
        Benchmark("jmh", [*quick, "-p", "pool=6000", "-rf", "json", "-rff", str(jmh), "EstimateBenchmark"], figures.jmh, 90, jmh),
    ]


def _texts(root: Path, work: Path) -> Path:
    """Paragraphs of the documentation, a line each."""
    paragraphs = []
    for page in sorted((root / "docs").glob("*.md")):
        for paragraph in page.read_text(encoding="utf-8").split("\n\n"):
            text = " ".join(paragraph.split())
            if text[:1].isalpha() and len(text) > 200:
                paragraphs.append(text)
    # From all over the pages.
    step = max(1, len(paragraphs) // 60)
    file = work / "texts.txt"
    file.write_text("\n".join(paragraphs[::step]) + "\n", encoding="utf-8")
    return file


def _images(work: Path) -> tuple[Path, Path]:
    """Coloured squares of 64 pixels, and a configuration that embeds their pixels."""
    images = work / "images"
    images.mkdir(exist_ok=True)
    for number in range(50):
        rows = b"".join(b"\0" + bytes((x * number + y * c) % 256 for x in range(64) for c in (1, 2, 3)) for y in range(64))
        header = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
        chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
        (images / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    configuration = work / "images.yaml"
    configuration.write_text(
        f"private_data: {{format: image-folder, path: {images}}}\n"
        "privacy: {noise_multiplier: 1, delta: 1e-5}\n"
        "evolution: {samples: 10, votes: 1, selection: sample}\n"
        "images: {embedding: {width: 32, height: 32}, avatar: {width: 64, height: 64}}\n"
        f"output: {{path: {work / 'out'}}}\n",
        encoding="utf-8",
    )
    return configuration, images


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
