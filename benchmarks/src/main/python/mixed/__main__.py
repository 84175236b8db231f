"""The command line."""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy
import pandas
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from foodmart.cells import distance, pair
from foodmart.runs import published, run
from quality import product

_ROOT = Path(__file__).parents[5]
_WORK = _ROOT / "benchmarks/target/mixed"
_PROMPTS = Path(__file__).parent / "prompts"
_SERVER = _ROOT / "benchmarks/src/main/java/org/privateevolution/benchmarks/ChatServer.java"
_CONTEXT = 768
_PRIVATE = 1000
_TRAINING = 3000

_TEXT = """\
Yelp reviews as mixed records: stars (1 to 5), one of ten categories, and the text, with SmolLM2-135M-Instruct.

Each variant publishes a few records at epsilon 4 (delta 1e-5) for 1,000 private ones, and is compared with real ones:
  stars, category, both  total variation distance of the columns, and of the pair
  fid                    Frechet distance of the texts' embeddings to those of the private texts
  accuracy               of a classifier (TF-IDF, logistic regression) of 3,000 other real reviews, which predicts a
                         text's stars, where the record's stars are taken to be right
  shuffled               the same after the texts were shuffled among the records, mean of 100 shuffles: what texts
                         that do not depend on the stars would reach
  correlation            of the expected number of stars, by the same classifier, with the record's stars
  words                  mean number of words of a text

variants:
  process         the model in the driver's process, with the built-in prompts
  process-shown   the same, with prompts of this benchmark that put the stars into words and show two examples
  server, server-shown  the same model behind HTTP on this machine, with either prompts
"""


def main() -> None:
    """Measures all variants and prints their table."""
    options = _options()
    product.build(_ROOT)
    reviews = _reviews(options.yelp)
    private, held_out = reviews[:_PRIVATE], reviews[_PRIVATE : 2 * _PRIVATE]
    judge = _judge(reviews[-_TRAINING:])
    lines = {"real, held out": _figures(private, held_out, judge, None)}
    for variant in options.variants:
        print(f"{variant} ...", file=sys.stderr, flush=True)
        start = time.monotonic()
        out = _run(variant, options, private)
        rows = published(out / "synthetic")
        lines[variant] = _figures(private, rows, judge, _fid(out)) | {"seconds": f"{time.monotonic() - start:.0f}"}
        for row in rows.head(8).itertuples():
            print(f"  {row.stars} stars, {row.category}: {row.review[:150]!r}", file=sys.stderr, flush=True)
    names = list(dict.fromkeys(name for figures in lines.values() for name in figures))
    print("| | " + " | ".join(names) + " |\n" + "|---" * (len(names) + 1) + "|")
    for variant, figures in lines.items():
        print(f"| {variant} | " + " | ".join(figures.get(name, "") for name in names) + " |")


def _reviews(folder):
    """All reviews in an order of their own: text, category and stars."""
    table = pandas.read_csv(Path(folder) / "dev.csv", dtype=str).dropna()
    return pandas.DataFrame(
        {
            "stars": table["label2"].str.extract(r"(\d)\.0$")[0],
            "category": table["label1"].str.removeprefix("Business Category: "),
            "review": table["text"],
        }
    ).sample(frac=1, random_state=0, ignore_index=True)


def _judge(training):
    judge = make_pipeline(TfidfVectorizer(min_df=2, ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(C=10, max_iter=1000))
    return judge.fit(training["review"], training["stars"])


def _figures(private, rows, judge, fid):
    guessed, stars = judge.predict(rows["review"]), rows["stars"].to_numpy()
    expected = judge.predict_proba(rows["review"]) @ judge.classes_.astype(int)
    shuffles = [(numpy.random.default_rng(seed).permutation(guessed) == stars).mean() for seed in range(100)]
    columns = [distance(private[name], rows[name]) for name in ("stars", "category")]
    both = distance(pair(private["stars"], private["category"]), pair(rows["stars"], rows["category"]))
    figures = {
        "records": str(len(rows)),
        **{name: f"{value:.2f}" for name, value in zip(("stars", "category", "both"), (*columns, both), strict=True)},
        "accuracy": f"{(guessed == stars).mean():.2f}",
        "shuffled": f"{statistics.mean(shuffles):.2f}",
        "correlation": f"{numpy.corrcoef(expected, stars.astype(int))[0, 1]:.2f}",
        "words": f"{rows['review'].str.split().str.len().mean():.0f}",
    }
    return figures | ({} if fid is None else {"fid": fid})


def _fid(out):
    metrics = pandas.read_csv(out / "metrics-private.csv")
    return f"{metrics[metrics['metric'] == 'fid']['value'].iloc[-1]:.2f}"


def _run(variant, options, private):
    folder = _WORK / variant
    text = {
        "columns": ["review"],
        "embedding": {"max_tokens": 64},
        "sampling": {"temperature": 0.9, "top_p": 0.95, "max_completion_tokens": 40},
        "answers": {"truncated": "keep", "min_words": 5},
    }
    if variant.endswith("-shown"):
        text["prompts"] = {name: str(_PROMPTS / f"{name}.json") for name in ("random", "variation")}
    configuration = {
        "seed": options.seed,
        "private_data": {"format": "csv", "path": "reviews.csv"},
        "privacy": {"epsilon": 4, "delta": 1e-5},
        "evolution": {"samples": options.records, "votes": 1},
        "tabular": {
            "columns": [
                {"name": "stars", "type": "integer", "categories": [1, 2, 3, 4, 5]},
                {"name": "category", "type": "string", "categories": sorted(private["category"].unique())},
            ]
        },
        "text": text,
        "evaluation": {"private_metrics": True},
        "output": {"path": "out", "formats": ["csv"]},
    }
    if variant.startswith("process"):
        text["llama"] = {"model": str(options.model), "context_tokens": _CONTEXT, "repeat_penalty": 1.1, "threads": 1}
        return run(_ROOT, folder, configuration, {"reviews.csv": private})
    with _Server(options.model) as url:
        text["chat"] = {"endpoints": [{"url": url, "model": "smollm2"}], "limits": {"concurrency": 2}}
        return run(_ROOT, folder, configuration, {"reviews.csv": private})


class _Server:
    """The model file behind chat completions on this machine."""

    def __init__(self, model):
        self._port = _WORK / "port"
        jar = next(jar for jar in (_ROOT / "jobs/target").glob("private-evolution-*.jar") if not jar.name.endswith("-text.jar"))
        class_path = f"{jar}:{(_ROOT / 'jobs/target/spark.classpath').read_text(encoding='utf-8').strip()}"
        self._command = ["java", "-Xmx512m", "-cp", class_path, _SERVER, model, str(_CONTEXT), self._port]

    def __enter__(self):
        self._port.parent.mkdir(parents=True, exist_ok=True)
        self._port.unlink(missing_ok=True)
        self._process = subprocess.Popen(self._command, stdout=sys.stderr)
        while not (self._port.exists() and self._port.read_text(encoding="utf-8")):
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended with {self._process.returncode}")
            time.sleep(0.2)
        return f"http://127.0.0.1:{self._port.read_text(encoding='utf-8')}/v1"

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()


def _options():
    parser = argparse.ArgumentParser(
        prog="scripts/bench-mixed", description=_TEXT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    known = ["process", "server", "process-shown", "server-shown"]
    parser.add_argument("yelp", metavar="FOLDER", help="with dev.csv of the Yelp reviews: text, label1, label2")
    parser.add_argument("model", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--variants", default=",".join(known), metavar="NAMES", help="(%(default)s)")
    parser.add_argument("--records", type=int, default=60, metavar="N", help="published; two texts are written for each (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="(%(default)s)")
    options = parser.parse_args()
    options.variants = options.variants.split(",")
    for name in options.variants:
        if name not in known:
            parser.error(f"--variants: {name} is none of {', '.join(known)}")
    options.model = options.model.resolve()
    return options


if __name__ == "__main__":
    main()
