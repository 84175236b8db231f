"""Checks evaluation.json of `pe evaluate` against SDMetrics, SciPy and scikit-learn on the same CSV files.

The real table has to be the one that the figures are about: give `pe evaluate` a --holdout, so that nothing is set aside.
Prints both values of every figure that both define, and ends with 1 if one differs by more than the tolerance.

With the held-out table, scikit-learn's models of the same kind are trained and tested on the same rows, and, if as many
rows are real as held out, its nearest neighbours measure the distances to the closest record. Models of two programs draw
other trees, so their scores have a tolerance of their own. No table may then have more rows than pe evaluate looks at.
"""

import json
import sys

import numpy
import pandas
from scipy import stats
from scipy.stats import contingency
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, f1_score, mean_squared_error, r2_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sdmetrics.column_pairs import ContingencySimilarity, CorrelationSimilarity
from sdmetrics.single_column import CategoryCoverage, KSComplement, RangeCoverage, TVComplement

TOLERANCE = 1e-6
# Vectors of records are floats.
DISTANCE_TOLERANCE = 1e-5
# Two standard deviations, about, of what a forest of 20 trees scores from one seed to the next.
MODEL_TOLERANCE = 0.03
SAMPLE = 10_000
NEIGHBORS = "scikit-learn NearestNeighbors"
MODELS = "scikit-learn models"
TOLERANCES = {NEIGHBORS: DISTANCE_TOLERANCE, MODELS: MODEL_TOLERANCE}


def figures(document):
    return {(figure["measure"], figure["subject"]): figure["value"] for figure in document["figures"]}


def number_columns(document, found, names):
    return [name for name in names if ("ks", name) in found]


def numbers(table, name):
    """As numbers, dates as days since 1970."""
    text = table[name]
    converted = pandas.to_numeric(text, errors="coerce")
    if converted.notna().sum() == 0:
        days = pandas.to_datetime(text, errors="coerce")
        converted = (days - pandas.Timestamp("1970-01-01")).dt.total_seconds() / 86400
    return converted.astype(float)


def associated(real, synthetic, a, b, is_number):
    """Association of two columns in one table, as docs/evaluation.md defines it."""

    def one(table):
        if is_number[a] and is_number[b]:
            both = pandas.DataFrame({"x": numbers(table, a), "y": numbers(table, b)}).dropna()
            constant = len(both) < 2 or both.x.std() == 0 or both.y.std() == 0
            return 0.0 if constant else float(numpy.corrcoef(both.x, both.y)[0, 1])
        if not is_number[a] and not is_number[b]:
            crossed = pandas.crosstab(table[a].fillna("\0null"), table[b].fillna("\0null")).to_numpy()
            if min(crossed.shape) < 2:
                return 0.0
            return float(contingency.association(crossed, method="cramer"))
        value, group = (a, b) if is_number[a] else (b, a)
        both = pandas.DataFrame({"x": numbers(table, value), "g": table[group].fillna("\0null")}).dropna()
        total = ((both.x - both.x.mean()) ** 2).sum()
        if len(both) < 2 or total == 0:
            return 0.0
        groups = both.groupby("g").x
        between = (groups.size() * (groups.mean() - both.x.mean()) ** 2).sum()
        return float(numpy.sqrt(between / total))

    return one(real), one(synthetic)


def vectors(tables, names, is_number, category_scale, most):
    """Rows as docs/evaluation.md defines them: numbers in real deviations, categories as indicators."""
    real = tables[0]
    parts = [[] for _ in tables]
    for name in names:
        if is_number[name]:
            mean, deviation = numbers(real, name).mean(), numbers(real, name).std(ddof=0) or 1
            for part, table in zip(parts, tables):
                value = ((numbers(table, name) - mean) / deviation).clip(-5, 5)
                part.append(value.fillna(0).to_numpy()[:, None])
                part.append(value.isna().to_numpy()[:, None] * category_scale)
        else:
            kept = list(real[name].value_counts().index[:most])
            for part, table in zip(parts, tables):
                codes = table[name].map({value: i for i, value in enumerate(kept)})
                codes = codes.where(codes.notna(), len(kept)).where(table[name].notna(), len(kept) + 1).astype(int)
                part.append(numpy.eye(len(kept) + 2)[codes] * category_scale)
    return [numpy.hstack(part).astype(numpy.float32).astype(float) for part in parts]


def closest(real, holdout, synthetic, names, is_number):
    real, holdout, synthetic = vectors((real, holdout, synthetic), names, is_number, numpy.sqrt(0.5), 10 ** 9)
    own = NearestNeighbors(n_neighbors=2, algorithm="brute").fit(real).kneighbors(synthetic)[0]
    held = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(holdout).kneighbors(synthetic)[0][:, 0]
    ratio = numpy.where(own[:, 1] == 0, 1, own[:, 0] / numpy.where(own[:, 1] == 0, 1, own[:, 1]))
    ties = numpy.isclose(own[:, 0], held, rtol=0, atol=1e-6)
    return {
        "dcr_p5": numpy.quantile(own[:, 0], 0.05),
        "dcr_median": numpy.median(own[:, 0]),
        "dcr_ratio": numpy.median(ratio),
        "nearer_training": numpy.mean(numpy.where(ties, 0.5, own[:, 0] < held)),
    }


def model_scores(target, learner, train, holdout, names, is_number):
    """Scores of a model of scikit-learn that is trained on a table and tested on the held-out one."""
    others = [name for name in names if name != target]
    x, test = vectors((train, holdout), others, is_number, 1, 30)
    if is_number[target]:
        y, truth = numbers(train, target), numbers(holdout, target)
        # The penalty is one of standardised features, as in Spark.
        model = RandomForestRegressor(20, max_depth=8, max_features=1 / 3, random_state=1) if (
            learner == "random forest") else make_pipeline(StandardScaler(), Ridge(alpha=0.01 * len(x)))
        predicted = model.fit(x, y).predict(test)
        return {"R2": r2_score(truth, predicted), "RMSE": mean_squared_error(truth, predicted) ** 0.5}
    y, truth = train[target].fillna("\0null"), holdout[target].fillna("\0null")
    model = RandomForestClassifier(20, max_depth=8, random_state=1) if (
        learner == "random forest") else make_pipeline(StandardScaler(), LogisticRegression(C=1 / (0.01 * len(x)), max_iter=500))
    probabilities = model.fit(x, y).predict_proba(test)
    predicted = model.classes_[probabilities.argmax(axis=1)]
    areas = [roc_auc_score(truth == value, probabilities[:, i]) for i, value in enumerate(model.classes_)
             if 0 < (truth == value).sum() < len(truth)]
    return {"accuracy": accuracy_score(truth, predicted), "F1": f1_score(truth, predicted, average="macro"),
            "AUC": numpy.mean(areas)}


def told_apart(real, holdout, synthetic, names, is_number):
    size = min(len(synthetic), len(real) + len(holdout))
    held = max(size - len(real), min(size // 2, len(holdout)))
    genuine = pandas.concat([holdout[:held], real[:size - held]])
    _, x, z = vectors((real, genuine, synthetic[:size]), names, is_number, 1, 30)
    labels = numpy.repeat([0, 1], size)
    scores = cross_val_predict(RandomForestClassifier(20, max_depth=8, random_state=1), numpy.vstack([x, z]), labels,
                               cv=StratifiedKFold(3, shuffle=True, random_state=1), method="predict_proba")[:, 1]
    return roc_auc_score(labels, scores)


def main(real_file, synthetic_file, document_file, holdout_file=None):
    with open(document_file, encoding="utf-8") as file:
        document = json.load(file)
    found = figures(document)
    real = pandas.read_csv(real_file, dtype=str, keep_default_na=False, na_values=[""])
    synthetic = pandas.read_csv(synthetic_file, dtype=str, keep_default_na=False, na_values=[""])
    names = document["associations"]["columns"]
    is_number = {name: ("ks", name) in found for name in names}
    rows = []

    def compare(what, source, own, theirs):
        if theirs is None or numpy.isnan(theirs):
            return
        rows.append((what, source, own, theirs, abs(own - theirs)))

    for name in names:
        if is_number[name]:
            a, b = numbers(real, name), numbers(synthetic, name)
            compare(f"1 - ks {name}", "SDMetrics KSComplement", 1 - found["ks", name],
                    KSComplement.compute(real_data=a, synthetic_data=b))
            compare(f"ks {name}", "SciPy ks_2samp", found["ks", name],
                    stats.ks_2samp(a.dropna(), b.dropna()).statistic)
            low, high = numpy.quantile(a.dropna(), [0.05, 0.95])
            scale = high - low or a.max() - a.min() or 1
            compare(f"wasserstein {name}", "SciPy wasserstein_distance", found["wasserstein", name],
                    stats.wasserstein_distance(a.dropna(), b.dropna()) / scale)
        else:
            # SDMetrics leaves nulls out, here they are a category: so they are made one.
            a, b = real[name].fillna("\0null"), synthetic[name].fillna("\0null")
            compare(f"1 - tvd {name}", "SDMetrics TVComplement", 1 - found["tvd_1way", name],
                    TVComplement.compute(real_data=a, synthetic_data=b))
            compare(f"category_coverage {name}", "SDMetrics CategoryCoverage", found["category_coverage", name],
                    CategoryCoverage.compute(real_data=real[name].dropna(), synthetic_data=synthetic[name].dropna()))
    for (measure, subject), value in found.items():
        # The pairs that are farthest apart.
        for a in names:
            for b in names:
                if (measure, subject) == ("tvd_2way", f"{a} | {b}") and not is_number[a] and not is_number[b]:
                    if max(real[a].nunique(), real[b].nunique()) <= 100:
                        compare(f"1 - tvd {subject}", "SDMetrics ContingencySimilarity", 1 - value,
                                ContingencySimilarity.compute(real_data=real[[a, b]].fillna("\0null"),
                                                              synthetic_data=synthetic[[a, b]].fillna("\0null")))
    number_names = [name for name in names if is_number[name]]
    if number_names:
        compare("range_coverage", "SDMetrics RangeCoverage, mean", found["range_coverage", ""],
                numpy.mean([RangeCoverage.compute(real_data=numbers(real, n).dropna(),
                                                  synthetic_data=numbers(synthetic, n).dropna())
                            for n in number_names]))
    matrices = document["associations"]
    for i, a in enumerate(names):
        for j in range(i + 1, len(names)):
            b = names[j]
            wide = max(real[n].nunique() for n in (a, b) if not is_number[n]) if not (
                is_number[a] and is_number[b]) else 0
            if wide > 100:
                # Beyond 100 categories the others share a cell.
                continue
            own_real, own_synthetic = matrices["real"][i][j], matrices["synthetic"][i][j]
            theirs_real, theirs_synthetic = associated(real, synthetic, a, b, is_number)
            kind = "NumPy corrcoef" if is_number[a] and is_number[b] else (
                "SciPy association(cramer)" if not is_number[a] and not is_number[b] else "pandas eta")
            compare(f"{a} with {b}, real", kind, own_real, theirs_real)
            known = not any(set(synthetic[n].dropna()) - set(real[n].dropna()) for n in (a, b) if not is_number[n])
            if known:
                # New categories share a cell here.
                compare(f"{a} with {b}, synthetic", kind, own_synthetic, theirs_synthetic)
            if is_number[a] and is_number[b]:
                pair_real = pandas.DataFrame({a: numbers(real, a), b: numbers(real, b)})
                pair_synthetic = pandas.DataFrame({a: numbers(synthetic, a), b: numbers(synthetic, b)})
                compare(f"1 - |difference| / 2 of {a}, {b}", "SDMetrics CorrelationSimilarity",
                        1 - abs(own_real - own_synthetic) / 2,
                        CorrelationSimilarity.compute(real_data=pair_real, synthetic_data=pair_synthetic))
    if holdout_file:
        holdout = pandas.read_csv(holdout_file, dtype=str, keep_default_na=False, na_values=[""])
        if max(len(real), len(holdout), len(synthetic)) > SAMPLE:
            sys.exit(f"with a held-out table no table may have more than {SAMPLE:,} rows: beyond, other rows are drawn")
        if len(real) == len(holdout):
            for measure, value in closest(real, holdout, synthetic, names, is_number).items():
                compare(measure, NEIGHBORS, found[measure, ""], value)
        train = {"synthetic": synthetic, "real": real}
        size = min(map(len, train.values()))
        scored = {}
        for use in document["use"]:
            if not is_number[use["target"]] and real[use["target"]].nunique() > 19:
                # Rare classes share one here.
                continue
            for side in ("synthetic", "real"):
                key = (use["target"], use["learner"], side)
                if key not in scored:
                    scored[key] = model_scores(use["target"], use["learner"], train[side][:size], holdout, names,
                                               is_number)
                own, theirs = use[side], scored[key][use["score"]]
                if use["score"] == "RMSE":
                    own, theirs = own / use["baseline"], theirs / use["baseline"]
                compare(f"{use['score']} of {use['target']}, {use['learner']} of {side} rows", MODELS, own, theirs)
        compare("detection_auc", MODELS, found["detection_auc", ""],
                told_apart(real, holdout, synthetic, names, is_number))
    print(f"{len(rows)} figures; tolerance {TOLERANCE:g}, of distances {DISTANCE_TOLERANCE:g}, of models"
          f" {MODEL_TOLERANCE:g}")
    by_source = {}
    for row in rows:
        by_source.setdefault(row[1], []).append(row)
    print(f"{'compared with':32} {'figures':>7} {'largest difference':>19}")
    for source, group in by_source.items():
        print(f"{source:32} {len(group):7} {max(row[4] for row in group):19.2e}")
    bad = [row for row in rows if not row[4] <= TOLERANCES.get(row[1], TOLERANCE)]
    for what, source, own, theirs, difference in bad:
        print(f"DIFFERS: {what}: {own:.9f}, {source} {theirs:.9f}, by {difference:.2e}")
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__.strip().splitlines()[0]
                 + "\nusage: check_evaluation.py REAL.csv SYNTHETIC.csv evaluation.json [HOLDOUT.csv]")
    sys.exit(main(*sys.argv[1:]))
