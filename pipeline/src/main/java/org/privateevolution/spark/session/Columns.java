package org.privateevolution.spark.session;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Refers to columns by names that users chose: dots and backticks in a name are syntax to Spark. */
public final class Columns {

    private Columns() {}

    /** Quotes a name for SQL and for Spark's column paths. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** The column with exactly this name. */
    public static Column named(String name) {
        return functions.col(quoted(name));
    }
}
