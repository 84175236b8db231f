package org.privateevolution.extension;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.spark.SourceFormat;
import org.privateevolution.spi.spark.SourceFormatProvider;

/** An extension that reads lines whose fields stand between separators, without a header. */
public final class PipedLines implements SourceFormatProvider {

    @Override
    public String name() {
        return "piped-lines";
    }

    @Override
    public String version() {
        return "2";
    }

    @Override
    public SourceFormat create(Options options) {
        String separator = options.text("separator", "|");
        List<String> names = options.texts("columns");
        String mistake = options.text("mistake", "none");
        options.text("token_column", ""); // has no effect, and a name that sounds like a secret
        return (spark, location, columns) -> {
            if (mistake.equals("throws")) {
                throw new IllegalStateException(
                        "cannot open " + spark.read().textFile(location).first());
            }
            Column fields = functions.split(functions.col("value"), Pattern.quote(separator), -1);
            Column[] wanted = columns.stream()
                    .filter(names::contains)
                    .map(name -> functions
                            .element_at(fields, names.indexOf(name) + 1)
                            .as(name))
                    .toArray(Column[]::new);
            Dataset<Row> rows = spark.read().text(location).select(wanted);
            return switch (mistake) {
                case "fails in tasks" ->
                    rows.withColumn(columns.get(0), functions.raise_error(functions.col(columns.get(0))));
                case "samples" -> rows.sample(0.5);
                case "drops" -> rows.where(functions.rand(1).gt(0.1));
                default -> rows;
            };
        };
    }
}
