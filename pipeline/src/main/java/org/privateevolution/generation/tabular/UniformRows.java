package org.privateevolution.generation.tabular;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.SetColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.RowSampler;

/**
 * Samples rows from the declared schema alone. Each column is drawn uniformly over its declared values. A variation
 * redraws a category with the degree as its probability; it moves a number by uniform(-degree, degree) times its
 * declared range, rounds it to its type and clamps it to its bounds. A set is drawn and varied member by member. The
 * label makes no difference.
 */
public final class UniformRows implements RowSampler {

    private final TableSchema schema;
    private final ColumnSampler[] samplers;

    public UniformRows(TableSchema schema) {
        this.schema = schema;
        this.samplers =
                schema.declared().stream().flatMap(UniformRows::samplers).toArray(ColumnSampler[]::new);
    }

    @Override
    public TableRow random(int label, RandomGenerator random) {
        double[] codes = new double[samplers.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = samplers[i].random(random);
        }
        return new TableRow(codes);
    }

    /** @throws IllegalArgumentException if the row does not belong to the schema */
    @Override
    public TableRow varied(int label, TableRow row, double degree, RandomGenerator random) {
        schema.requireRow(row);
        double[] codes = new double[samplers.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = samplers[i].variation(row.code(i), degree, random);
        }
        return new TableRow(codes);
    }

    private static Stream<ColumnSampler> samplers(LearntColumn column) {
        if (!(column instanceof SetColumn set)) {
            return Stream.of(sampler((Column) column));
        }
        return IntStream.range(0, set.width())
                .mapToObj(part -> new MemberSampler(
                        set.isNullPart(part) ? NumericSampler.NULL_PROBABILITY : set.memberProbability()));
    }

    private static ColumnSampler sampler(Column column) {
        if (column instanceof CategoricalColumn categorical) {
            return new CategoricalSampler(categorical);
        }
        return new NumericSampler((NumericColumn) column);
    }
}
