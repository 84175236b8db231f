package org.privateevolution.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.PushbackReader;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * A text file, which is decompressed if its name ends so.
 *
 * @param path not a URI: nothing in it is escaped
 */
record TextFile(String path, String charset) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    static TextFile ofUri(String uri, String charset) {
        return new TextFile(new Path(URI.create(uri)).toString(), charset);
    }

    /**
     * Its text. Reading throws {@link java.nio.charset.CharacterCodingException} if it is written in another encoding.
     *
     * @throws UnsoundRecordException also while it is read, if it is of another kind or does not unpack
     */
    Reader open() throws IOException {
        InputStream bytes = new HadoopFile(path).open();
        try {
            PushbackInputStream content =
                    new PushbackInputStream(Unpacked.of(new Path(path), bytes), ForeignContent.BYTES);
            byte[] head = content.readNBytes(ForeignContent.BYTES);
            ForeignContent.refuse(head, charset);
            content.unread(head);
            PushbackReader text = new PushbackReader(new InputStreamReader(
                    content,
                    Charset.forName(charset)
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
            int first = text.read();
            if (first >= 0 && first != BYTE_ORDER_MARK) {
                text.unread(first);
            }
            return text;
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** The columns that its folders name, as in {@code year=2026}, with their values. */
    Map<String, String> folders() {
        Map<String, String> columns = new HashMap<>();
        for (Path folder = new Path(path).getParent(); folder != null; folder = folder.getParent()) {
            String name = folder.getName();
            int equals = name.indexOf('=');
            if (equals > 0) {
                String value = name.substring(equals + 1);
                columns.putIfAbsent(
                        ExternalCatalogUtils.unescapePathName(name.substring(0, equals)),
                        value.equals(ExternalCatalogUtils.DEFAULT_PARTITION_NAME())
                                ? null
                                : ExternalCatalogUtils.unescapePathName(value));
            }
        }
        return columns;
    }
}
