package org.privateevolution.spark.parsing;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Parses the files, or lines of files, of a partition.
 *
 * @param whole whether each row is the path of a file; otherwise each row holds a file's URI, the offset in it at which
 *     Spark began to read, and a line
 */
record ParsedRecords(TextSyntax syntax, String charset, boolean whole) implements Serializable {

    /** The records of a partition. */
    TextSyntax.Records of(Iterator<Row> rows) {
        return whole ? new Files(rows) : new Lines(rows);
    }

    private final class Files implements TextSyntax.Records {
        private final Iterator<Row> paths;
        private Reader open;
        private TextSyntax.Records records = () -> null;

        Files(Iterator<Row> paths) {
            this.paths = paths;
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close());
        }

        @Override
        public String[] next() throws IOException {
            while (true) {
                String[] record = records.next();
                if (record != null) {
                    return record;
                }
                close();
                if (!paths.hasNext()) {
                    return null;
                }
                TextFile file = new TextFile(paths.next().getString(0), charset);
                open = file.open();
                records = syntax.ofFile(open, file.folders());
            }
        }

        private void close() {
            try (Closeable ended = open) {
                open = null;
                records = () -> null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final class Lines implements TextSyntax.Records {
        private final Iterator<Row> rows;
        private final CharsetDecoder decoder;
        private String file = "";
        private long start;
        private TextSyntax.Lines lines = line -> null;

        Lines(Iterator<Row> rows) {
            this.rows = rows;
            this.decoder = Charset.forName(charset)
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
        }

        @Override
        public String[] next() throws IOException {
            while (rows.hasNext()) {
                Row row = rows.next();
                if (!row.getString(0).equals(file) || row.getLong(1) != start) {
                    file = row.getString(0);
                    start = row.getLong(1);
                    lines.end();
                    lines = syntax.ofLines(
                            start == 0, TextFile.ofUri(file, charset).folders());
                }
                String[] record = lines.record(line((byte[]) row.get(2)));
                if (record != null) {
                    return record;
                }
            }
            lines.end();
            return null;
        }

        /** A carriage return before the line feed belongs to the line's end. */
        private String line(byte[] bytes) throws CharacterCodingException {
            int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
            return decoder.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
        }
    }

    /**
     * Makes rows of the records' values. The last value is null, or says why there is no record, in which case no
     * further row follows.
     */
    record AsRows(ParsedRecords parsing, int columns) implements MapPartitionsFunction<Row, Row> {

        @Override
        public Iterator<Row> call(Iterator<Row> units) {
            TextSyntax.Records records = parsing.of(units);
            return new ReadAhead<>() {
                @Override
                protected Row read() {
                    try {
                        String[] record = records.next();
                        return record == null ? null : toRow(record, null);
                    } catch (UnsoundRecordException e) {
                        return refused(e);
                    } catch (CharacterCodingException e) {
                        return refused(notOfEncoding(parsing.charset()));
                    } catch (IOException e) {
                        // A retry may help.
                        throw new UncheckedIOException(e);
                    }
                }

                private Row refused(UnsoundRecordException e) {
                    return last(toRow(new String[columns], e.getMessage()));
                }
            };
        }

        private Row toRow(String[] record, String problem) {
            Object[] values = new Object[columns + 1];
            for (int i = 0; i < columns; i++) {
                values[i] = record[i] == JsonObjects.ABSENT ? null : record[i];
            }
            values[columns] = problem;
            return RowFactory.create(values);
        }
    }

    static UnsoundRecordException notOfEncoding(String charset) {
        return new UnsoundRecordException("it is not written in " + charset + ": set options.encoding to its encoding");
    }
}
