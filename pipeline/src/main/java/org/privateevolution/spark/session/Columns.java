package org.privateevolution.spark.session;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Columns by names that other people gave: to Spark, dots and backticks in a name are syntax. */
public final class Columns {

    private Columns() {}

    /** A name as it stands in SQL and in Spark's paths of columns. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** The column of exactly this name. */
    public static Column named(String name) {
        return functions.col(quoted(name));
    }
}
