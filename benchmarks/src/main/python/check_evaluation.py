"""Checks evaluation.json of `pe evaluate` against SDMetrics, SciPy and scikit-learn on the same CSV files.

The real table has to be the one that the figures are about: give `pe evaluate` a --holdout, so that nothing is set aside.
Prints both values of every figure that both define, and ends with 1 if one differs by more than the tolerance.
"""

import json
import sys

import numpy
import pandas
from scipy import stats
from scipy.stats import contingency
from sdmetrics.column_pairs import ContingencySimilarity, CorrelationSimilarity
from sdmetrics.single_column import CategoryCoverage, KSComplement, RangeCoverage, TVComplement

TOLERANCE = 1e-6


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


def main(real_file, synthetic_file, document_file):
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
    print(f"{len(rows)} figures, tolerance {TOLERANCE:g}")
    by_source = {}
    for row in rows:
        by_source.setdefault(row[1], []).append(row)
    print(f"{'compared with':32} {'figures':>7} {'largest difference':>19}")
    for source, group in by_source.items():
        print(f"{source:32} {len(group):7} {max(row[4] for row in group):19.2e}")
    bad = [row for row in rows if not row[4] <= TOLERANCE]
    for what, source, own, theirs, difference in bad:
        print(f"DIFFERS: {what}: {own:.9f}, {source} {theirs:.9f}, by {difference:.2e}")
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__.strip().splitlines()[0] + "\nusage: check_evaluation.py REAL.csv SYNTHETIC.csv evaluation.json")
    sys.exit(main(*sys.argv[1:]))
