package org.privateevolution.spark.parsing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Recognises, by the first bytes of a file, content that is not text, or text in another encoding than declared. */
final class ForeignContent {

    /** Number of bytes needed to recognise the content. */
    static final int BYTES = 64;

    private static final Map<String, String> KINDS = kinds();

    private ForeignContent() {}

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        String rename = ", but its name has no such ending: rename it";
        kinds.put("\u001f\u008b", "it is compressed by gzip" + rename + " to .gz");
        kinds.put("BZh91AY&SY", "it is compressed by bzip2" + rename + " to .bz2");
        String unpack = ", which is not read: unpack it, or compress it by gzip";
        kinds.put("PK\u0003\u0004", "it is a ZIP archive or a spreadsheet: unpack the former, save the latter as CSV");
        kinds.put("(\u00b5/\u00fd", "it is compressed by Zstandard" + unpack);
        kinds.put("\u00fd7zXZ\u0000", "it is compressed by xz" + unpack);
        kinds.put("7z\u00bc\u00af'\u001c", "it is a 7z archive" + unpack);
        kinds.put("\u0004\"M\u0018", "it is compressed by LZ4" + unpack);
        kinds.put("PAR1\u0015", "it is a Parquet file: set the format to parquet");
        kinds.put("ORC\b", "it is an ORC file: set the format to orc");
        kinds.put("Obj\u0001", "it is an Avro file, which is not read: write it as Parquet");
        kinds.put("\u00d0\u00cf\u0011\u00e0", "it is an old spreadsheet or another file of Office: save it as CSV");
        kinds.put("%PDF-", "it is a PDF file: extract the table from it");
        kinds.put("SQLite format 3\u0000", "it is a database of SQLite: export the table");
        kinds.put("version https://git-lfs", "it is a pointer of Git LFS: fetch the file itself with git lfs pull");
        return kinds;
    }

    /**
     * Refuses known content.
     *
     * @param head the first bytes of the file, or all if there are fewer than {@link #BYTES}
     * @throws UnsoundRecordException if the file is of another kind, or in another encoding
     */
    static void refuse(byte[] head, String charset) {
        String bytes = new String(head, StandardCharsets.ISO_8859_1);
        KINDS.forEach((beginning, problem) -> {
            if (bytes.startsWith(beginning)) {
                throw new UnsoundRecordException(problem);
            }
        });
        String found = encoding(head, bytes);
        String family = found == null ? "" : found.substring(0, found.equals("UTF-8") ? 5 : 6);
        if (!Charset.forName(charset).name().startsWith(family)) {
            throw new UnsoundRecordException("it seems to be written in " + found + ", not in " + charset
                    + ": set options.encoding to " + found
                    + (found.equals("UTF-8") ? "" : " and options.multiLine to true"));
        }
    }

    /**
     * Finds the encoding by its byte order mark, or by the zeros of UTF-16 and UTF-32 in the Latin text that most files
     * begin with.
     */
    private static String encoding(byte[] head, String bytes) {
        if (bytes.startsWith("\u00ef\u00bb\u00bf")) {
            return "UTF-8";
        }
        if (bytes.startsWith("\u00ff\u00fe\u0000\u0000") || bytes.startsWith("\u0000\u0000\u00fe\u00ff")) {
            return "UTF-32";
        }
        if (bytes.startsWith("\u00ff\u00fe") || bytes.startsWith("\u00fe\u00ff")) {
            return "UTF-16";
        }
        int[] zeros = new int[4];
        for (int i = 0; i < head.length; i++) {
            zeros[i % zeros.length] += head[i] == 0 ? 1 : 0;
        }
        int quarter = head.length / 4;
        if (quarter == 0) {
            return null;
        }
        boolean bigEndian = zeros[0] == quarter && zeros[2] >= quarter * 3 / 4;
        boolean littleEndian = zeros[3] == quarter && zeros[1] >= quarter * 3 / 4;
        if (!bigEndian && !littleEndian) {
            return null;
        }
        // UTF-16 has letters in this place; UTF-32 is not zero there only for characters above U+FFFF.
        boolean wide = zeros[bigEndian ? 1 : 2] > quarter / 2;
        return (wide ? "UTF-32" : "UTF-16") + (bigEndian ? "BE" : "LE");
    }
}
