"""Fits AIM or MST on a table of bins and samples from it; runs in an environment with mbi. Argument: the job's folder.

MST: McKenna, Miklau, Sheldon, "Winning the NIST contest", 2021. AIM: McKenna, Mullins, Sheldon, Miklau, "AIM: An Adaptive
and Iterative Mechanism", 2022, with all pairs of columns as its workload. Both spend zero-concentrated privacy; mbi finds the
graphical model that explains what they measured. MST without its merging of rare values, which bins of numbers seldom have.
"""

import itertools
import json
import math
import sys
from pathlib import Path

import jax
import networkx
import numpy
import pandas

jax.config.update("jax_enable_x64", True)
from mbi import Dataset, Domain, LinearMeasurement, junction_tree  # noqa: E402  The precision has to be set before.
from mbi.estimation import MirrorDescent  # noqa: E402

_MODEL_MB = 80.0
_ITERATIONS = 1000
_TOLERANCE = 1e-5


def rho(epsilon: float, delta: float) -> float:
    """The most zCDP that is (epsilon, delta)-private: Canonne, Kamath, Steinke, 2020, corollary 13, over a grid of orders."""
    alpha = 1 + numpy.logspace(-3, 5, 20000)

    def log_delta(rho):
        return numpy.min((alpha - 1) * (alpha * rho - epsilon) - numpy.log(alpha - 1) + alpha * numpy.log1p(-1 / alpha))

    low, high = 0.0, epsilon
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if log_delta(middle) <= math.log(delta) else (low, middle)
    return low


class Table:
    """A private table of bins that answers with noise, and what it has answered."""

    def __init__(self, frame: pandas.DataFrame, domain: Domain, random: numpy.random.Generator):
        self.domain = domain
        self._data = Dataset({name: frame[name].to_numpy() for name in domain.attributes}, domain)
        self._random = random
        self._exact = {}
        self.measured = []
        self.model = None

    def counts(self, clique) -> numpy.ndarray:
        """Exact counts, which only a score may see."""
        if clique not in self._exact:
            self._exact[clique] = numpy.asarray(self._data.project(clique).datavector())
        return self._exact[clique]

    def measure(self, clique, sigma: float) -> None:
        noisy = self.counts(clique) + self._random.normal(0, sigma, self.domain.size(clique))
        self.measured.append(LinearMeasurement(noisy, clique, stddev=sigma))

    def choose(self, scores: dict, epsilon: float, sensitivity: float):
        """The exponential mechanism."""
        names = list(scores)
        logits = 0.5 * epsilon / sensitivity * numpy.array([scores[name] for name in names])
        return names[numpy.argmax(logits + self._random.gumbel(size=len(names)))]

    def fit(self) -> None:
        jax.clear_caches()  # A program is compiled for each set of cliques, and none is needed twice.
        self.model = MirrorDescent().estimate(
            self.domain, self.measured, iters=_ITERATIONS, warm_start=self.model, tol=_TOLERANCE
        )

    def distance(self, clique) -> float:
        return float(numpy.abs(self.counts(clique) - numpy.asarray(self.model.project(clique).datavector())).sum())


def mst(table: Table, budget: float) -> None:
    """A third of the budget for columns, pairs of a spanning tree, and their choice, each."""
    names = table.domain.attributes
    for name in names:
        table.measure((name,), math.sqrt(len(names) / (2 * budget / 3)))
    table.fit()
    scores = {pair: table.distance(pair) for pair in itertools.combinations(names, 2)}
    epsilon = math.sqrt(8 * budget / 3 / (len(names) - 1))
    tree = networkx.Graph()
    tree.add_nodes_from(names)
    pairs = []
    for _ in range(len(names) - 1):
        part = {name: k for k, nodes in enumerate(networkx.connected_components(tree)) for name in nodes}
        pair = table.choose({p: s for p, s in scores.items() if part[p[0]] != part[p[1]]}, epsilon, 1.0)
        tree.add_edge(*pair)
        pairs.append(pair)
    for pair in pairs:
        table.measure(pair, math.sqrt(len(pairs) / (2 * budget / 3)))
    table.fit()


def aim(table: Table, budget: float) -> None:
    """Measures, again and again, the column or pair that the model explains worst, with less noise where it learns nothing."""
    names = table.domain.attributes
    workload = list(itertools.combinations(names, 2))
    weights = {(name,): float(len(names) - 1) for name in names} | {
        pair: float(sum(len(set(pair) & set(other)) for other in workload)) for pair in workload
    }
    rounds = 16 * len(names)
    sigma, epsilon = math.sqrt(rounds / (2 * 0.9 * budget)), math.sqrt(8 * 0.1 * budget / rounds)
    for name in names:
        table.measure((name,), sigma)
    spent = len(names) / (2 * sigma**2)
    table.fit()
    last = False
    while not last:
        if budget - spent < 2 * (1 / (2 * sigma**2) + epsilon**2 / 8):
            sigma, epsilon = math.sqrt(1 / (2 * 0.9 * (budget - spent))), math.sqrt(8 * 0.1 * (budget - spent))
            last = True
        spent += 1 / (2 * sigma**2) + epsilon**2 / 8
        clique = _worst(table, weights, sigma, epsilon, _MODEL_MB * spent / budget)
        before = numpy.asarray(table.model.project(clique).datavector())
        table.measure(clique, sigma)
        table.fit()
        change = numpy.abs(numpy.asarray(table.model.project(clique).datavector()) - before).sum()
        print(f"{spent / budget:.3f} of the budget: {' x '.join(clique)}, noise {sigma:.1f}", flush=True)
        if change <= sigma * math.sqrt(2 / math.pi) * table.domain.size(clique):
            sigma, epsilon = sigma / 2, epsilon * 2


def _worst(table, weights, sigma, epsilon, megabytes):
    cliques = [tuple(clique) for clique in table.model.cliques]
    scores = {}
    for clique, weight in weights.items():
        known = any(set(clique) <= set(other) for other in cliques)
        if known or junction_tree.hypothetical_model_size(table.domain, [*cliques, clique]) <= megabytes:
            noise = math.sqrt(2 / math.pi) * sigma * table.domain.size(clique)
            scores[clique] = weight * (table.distance(clique) - noise)
    return table.choose(scores, epsilon, max(weights[clique] for clique in scores))


def main(folder: Path) -> None:
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    numpy.random.seed(job["seed"])  # mbi rounds with the global generator.
    table = Table(pandas.read_csv(folder / "train.csv"), Domain.fromdict(job["domain"]), numpy.random.default_rng(job["seed"]))
    {"aim": aim, "mst": mst}[job["model"]](table, rho(job["epsilon"], job["delta"]))
    rows = table.model.synthetic_data(rows=job["rows"])
    pandas.DataFrame(rows.to_dict()).to_csv(folder / "published.csv", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
