package org.privateevolution.spark.evaluation;

import java.util.List;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.evaluation.outside.CountLayout;
import org.privateevolution.evaluation.outside.TableCounts;

/**
 * The real rows that synthetic ones are compared with, and the held-out rows.
 *
 * @param columns the columns, with cells derived from the real rows
 * @param counts counts of the real rows
 */
record TableReference(
        List<ComparedColumn> columns,
        EncodedTable real,
        EncodedTable holdout,
        CountLayout layout,
        TableCounts counts) {}
