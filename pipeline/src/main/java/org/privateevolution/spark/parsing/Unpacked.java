package org.privateevolution.spark.parsing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.privateevolution.spark.session.HadoopFile;

/**
 * The content of a compressed file. Distinguishes a file that cannot be decompressed from a failure of the storage,
 * after which a retry may help.
 */
final class Unpacked extends FilterInputStream {

    private final Storage storage;

    private Unpacked(InputStream content, Storage storage) {
        super(content);
        this.storage = storage;
    }

    /** Opens the content of a file, decompressing it according to its name's suffix. */
    static InputStream of(Path file, InputStream bytes) throws IOException {
        CompressionCodec codec = new CompressionCodecFactory(HadoopFile.configuration()).getCodec(file);
        if (codec == null) {
            return bytes;
        }
        Storage storage = new Storage(bytes);
        try {
            return new Unpacked(codec.createInputStream(storage), storage);
        } catch (IOException e) {
            throw storage.reason(e);
        } catch (RuntimeException e) {
            throw new UnsoundRecordException(
                    "it is compressed in a way that needs Hadoop's native library, which is not"
                            + " there: unpack it, or compress it by gzip");
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException | IndexOutOfBoundsException e) {
            throw storage.reason(e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw storage.reason(e);
        }
    }

    /** Remembers whether the storage failed. */
    private static final class Storage extends FilterInputStream {
        private boolean failed;

        Storage(InputStream bytes) {
            super(bytes);
        }

        /** @throws UnsoundRecordException if the failure is not the storage's */
        IOException reason(Exception failure) {
            if (failed && failure instanceof IOException known) {
                return known;
            }
            throw new UnsoundRecordException("it does not unpack: it is damaged, was written or copied in part only, or"
                    + " is compressed in another way than the end of its name says");
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return super.read(target, offset, length);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
    }
}
