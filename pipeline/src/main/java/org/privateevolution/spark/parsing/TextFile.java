package org.privateevolution.spark.parsing;

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
import org.privateevolution.spark.session.HadoopFile;

/**
 * A text file, decompressed according to its name's suffix.
 *
 * @param path a path, not a URI: nothing in it is escaped
 */
public record TextFile(String path, String charset) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    public static TextFile ofUri(String uri, String charset) {
        return new TextFile(new Path(URI.create(uri)).toString(), charset);
    }

    /**
     * Opens the text. Reading throws {@link java.nio.charset.CharacterCodingException} if the text is in another
     * encoding.
     *
     * @throws UnsoundRecordException on opening or reading, if the file is of another kind or cannot be decompressed
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

    /** The columns in the names of the file's folders, as in {@code year=2026}, with their values. */
    public Map<String, String> folders() {
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
