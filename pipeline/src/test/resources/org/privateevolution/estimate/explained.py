"""Writes explained.json, which EstimatorTest holds the fit to: random problems and their weights, by dual coordinate ascent with
damped Newton steps, an algorithm other than the one under test, until no weight changes. NumPy 2.4 wrote the committed file.

    python3 explained.py > explained.json
"""
import json

import numpy as np


def explain(cells, counts, sigmas, total, prior, tolerance=1e-13):
    dual = [np.zeros(len(c)) for c in counts]
    w = prior * (total / prior.sum())
    for _ in range(1_000_000):
        before = w
        for r in range(len(counts)):
            expected = np.bincount(cells[r], weights=w, minlength=len(counts[r]))
            variance = sigmas[r] ** 2
            step = np.clip((counts[r] - expected - variance * dual[r]) / (expected + variance), -1, 1)
            dual[r] += step
            w = w * np.exp(step)[cells[r]]
        w *= total / w.sum()
        if np.abs(w - before).sum() <= tolerance * total:
            return w
    raise RuntimeError('no convergence')


def problem(seed, points, cells, sigmas, total):
    rng = np.random.default_rng(seed)
    truth = rng.gamma(.3, size=points)
    truth *= total / truth.sum()
    prior = rng.random(points)
    of = [rng.integers(0, n, points) for n in cells]
    counts = [np.bincount(c, weights=truth, minlength=n) + rng.normal(0, s, n) for c, n, s in zip(of, cells, sigmas)]
    rounded = [[round(float(y), 6) for y in c] for c in counts]
    prior = [round(float(p), 6) for p in prior]
    weights = explain(of, [np.array(c) for c in rounded], sigmas, total, np.array(prior))
    return {'total': total, 'prior': prior, 'weights': [float(w) for w in weights],
            'releases': [{'sigma': s, 'counts': c, 'cells': o.tolist()} for s, c, o in zip(sigmas, rounded, of)]}


print(json.dumps([problem(1, 12, [4], [2.], 50.),
                  problem(2, 41, [5, 7, 11], [1., 10., 3.], 300.),
                  problem(3, 41, [5, 7, 11], [100., 1000., .5], 20.),
                  problem(4, 101, [13, 13, 13, 13, 4, 6, 24], [5.] * 4 + [9.] * 2 + [20.], 1000.)], separators=(',', ':')))
