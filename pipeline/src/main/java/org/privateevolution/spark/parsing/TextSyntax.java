package org.privateevolution.spark.parsing;

import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.util.Map;

/** Makes records of the text of files. A record is the values of the wanted columns. */
interface TextSyntax extends Serializable {

    /** Reads one record after the other. */
    interface Records {

        /**
         * The next record, or null.
         *
         * @throws UnsoundRecordException if it is not sound
         */
        String[] next() throws IOException;
    }

    /** Reads the lines of one file, or of a part of it. */
    interface Lines {

        /**
         * The record of the next line, or null if it holds none.
         *
         * @throws UnsoundRecordException if it is not sound
         */
        String[] record(String line) throws IOException;

        /**
         * Takes note that there are no more lines.
         *
         * @throws UnsoundRecordException if all lines together are not sound
         */
        default void end() {}
    }

    /**
     * Reads a whole file.
     *
     * @param folders columns that stand in the names of the file's folders, with their values
     */
    Records ofFile(Reader file, Map<String, String> folders) throws IOException;

    /**
     * Reads lines.
     *
     * @param fromStart whether they begin with the first of the file
     */
    Lines ofLines(boolean fromStart, Map<String, String> folders);
}
