package org.privateevolution.spark.parsing;

import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.util.Map;

/** Parses the text of files into records. A record consists of the values of the wanted columns. */
interface TextSyntax extends Serializable {

    /** Reads one record after the other. */
    interface Records {

        /**
         * Reads the next record; null if there are no more.
         *
         * @throws UnsoundRecordException if the record is not sound
         */
        String[] next() throws IOException;
    }

    /** Parses the lines of one file, or of a part of it. */
    interface Lines {

        /**
         * Parses the next line; null if it holds no record.
         *
         * @throws UnsoundRecordException if the record is not sound
         */
        String[] record(String line) throws IOException;

        /**
         * Signals that there are no more lines.
         *
         * @throws UnsoundRecordException if all lines together are not sound
         */
        default void end() {}
    }

    /**
     * Reads a whole file.
     *
     * @param folders columns in the names of the file's folders, with their values
     */
    Records ofFile(Reader file, Map<String, String> folders) throws IOException;

    /**
     * Reads lines of a file.
     *
     * @param fromStart whether the lines begin with the first line of the file
     * @param folders columns in the names of the file's folders, with their values
     */
    Lines ofLines(boolean fromStart, Map<String, String> folders);
}
