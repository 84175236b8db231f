package org.privateevolution.spark.source;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.execution.datasources.SchemaColumnConvertNotSupportedException;

/** Explains why private data cannot be read. The failure's own message may quote data and is not shown. */
public final class UnreadableReason {

    private static final String DIFFERENT_TYPES = "its files have a column in incompatible types: write it in one type";
    private static final String OTHER_FILES =
            "; if other files lie in the folder, set options.pathGlobFilter to a pattern such as *.parquet";

    private static final Map<Class<?>, String> FAILURES = failures();
    private static final Map<String, String> CONDITIONS = conditions();
    private static final Map<String, String> PACKAGES = packages();

    private UnreadableReason() {}

    private static Map<Class<?>, String> failures() {
        Map<Class<?>, String> reasons = new LinkedHashMap<>();
        reasons.put(
                URISyntaxException.class,
                "the name of a file or folder holds a colon, which Hadoop cannot read: rename it, and start again");
        reasons.put(EOFException.class, "a file ends too early: it may be incomplete");
        reasons.put(FileNotFoundException.class, "a file or folder does not exist");
        reasons.put(AccessDeniedException.class, "access is denied");
        reasons.put(AccessControlException.class, "access is denied");
        reasons.put(UnknownHostException.class, "its host is unknown");
        reasons.put(ConnectException.class, "its host does not answer");
        reasons.put(SocketTimeoutException.class, "its host does not answer in time");
        reasons.put(
                UnsupportedFileSystemException.class,
                "there is no file system for the scheme that it begins with: put its jar on the class path");
        reasons.put(
                ParquetCryptoRuntimeException.class,
                "a file is encrypted, and its keys are not known: set parquet.crypto.factory.class and what belongs to"
                        + " it in Spark's configuration, or decrypt it");
        reasons.put(SchemaColumnConvertNotSupportedException.class, DIFFERENT_TYPES);
        reasons.put(
                ClassNotFoundException.class,
                "a class is missing, such as that of a codec: compress it in another way, or put its jar on the class"
                        + " path");
        reasons.put(
                UnsupportedOperationException.class,
                "it is written in a way that Spark does not read, such as an encoding of a newer writer: write it again"
                        + " with the writer's defaults");
        return reasons;
    }

    /** Explanations by the beginning of Spark's error condition. */
    private static Map<String, String> conditions() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("CAST_INVALID_INPUT", "the query that gives the records cannot convert one of their values");
        reasons.put("USER_RAISED_EXCEPTION", "a check in the query that gives the records failed on one of them");
        reasons.put("PATH_NOT_FOUND", "it does not exist");
        reasons.put("CANNOT_MERGE", DIFFERENT_TYPES);
        reasons.put("FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH", DIFFERENT_TYPES);
        reasons.put(
                "CONFLICTING_PARTITION_COLUMN_NAMES",
                "its files lie below folders of different columns, as in year=2026: let all lie below the same ones");
        reasons.put(
                "CONFLICTING_DIRECTORY_STRUCTURES",
                "its files lie below folders of different columns, as in year=2026: let all lie below the same ones");
        reasons.put(
                "COLUMN_ALREADY_EXISTS",
                "names of columns are equal, or differ by case only: rename one, or set spark.sql.caseSensitive"
                        + " to true");
        reasons.put("UNABLE_TO_INFER_SCHEMA", "there is no file to read: those whose names begin with _ or . are not");
        reasons.put(
                "PARSE_SYNTAX_ERROR",
                "a column is of a type that Spark does not read, such as a timestamp with local time zone: leave it"
                        + " out, or write it in another type");
        reasons.put("UNSUPPORTED_DATA", "a column is of a type that Spark does not read: write it in another type");
        return reasons;
    }

    /** Explanations by the package of the code that failed. */
    private static Map<String, String> packages() {
        Map<String, String> reasons = new LinkedHashMap<>();
        String unpacked = "a file does not unpack: it is damaged, or compressed in another way than its name says";
        reasons.put("org.apache.hadoop.io.compress.", unpacked);
        reasons.put("java.util.zip.", unpacked);
        reasons.put("org.apache.orc.", "a file is not an ORC file, is damaged, or is incomplete" + OTHER_FILES);
        String parquet = "a file is not a Parquet file, is damaged, or is incomplete" + OTHER_FILES;
        reasons.put("org.apache.parquet.", parquet);
        reasons.put("shaded.parquet.", parquet);
        return reasons;
    }

    /** Explains a failure. */
    public static String of(Throwable failure) {
        Throwable root = root(failure);
        for (Map.Entry<Class<?>, String> known : FAILURES.entrySet()) {
            if (known.getKey().isInstance(root)) {
                return known.getValue();
            }
        }
        String condition = root instanceof SparkThrowable spark ? spark.getCondition() : null;
        for (Map.Entry<String, String> known : CONDITIONS.entrySet()) {
            if (condition != null && condition.startsWith(known.getKey())) {
                return known.getValue();
            }
        }
        for (Map.Entry<String, String> known : PACKAGES.entrySet()) {
            if (places(root).anyMatch(place -> place.startsWith(known.getKey()))) {
                return known.getValue();
            }
        }
        return "something failed for an unknown reason ("
                + (condition == null ? root.getClass().getSimpleName() : condition) + ")";
    }

    /** Whether the failure is a missing file. */
    static boolean isMissingFile(Throwable failure) {
        return root(failure) instanceof FileNotFoundException;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The class of the failure, and the classes at the top of its stack trace. */
    private static Stream<String> places(Throwable failure) {
        return Stream.concat(
                Stream.of(failure.getClass().getName()),
                Arrays.stream(failure.getStackTrace()).limit(8).map(StackTraceElement::getClassName));
    }
}
