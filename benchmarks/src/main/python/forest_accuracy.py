"""Accuracy, on held-out real rows, of a 300-tree random forest that was trained on synthetic rows.

Usage: forest_accuracy.py TEST_CSV LABEL RUN_DIRECTORY...
"""

import glob
import statistics
import sys

import pandas
from sklearn.ensemble import RandomForestClassifier


def main(test_csv, label, directories):
    test = pandas.read_csv(test_csv)
    features = [column for column in test.columns if column != label]
    accuracies = []
    for directory in directories:
        train = pandas.concat(map(pandas.read_csv, glob.glob(f"{directory}/synthetic/csv/*.csv")))
        forest = RandomForestClassifier(n_estimators=300, random_state=0)
        forest.fit(train[features], train[label])
        accuracies.append((forest.predict(test[features]) == test[label]).mean())
        print(f"{directory}: {len(train)} rows, accuracy {accuracies[-1]:.4f}")
    if len(accuracies) > 1:
        print(f"mean {statistics.mean(accuracies):.4f}, sd {statistics.stdev(accuracies):.4f}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
