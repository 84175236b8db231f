package org.privateevolution.store;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Creates an S3 object if its key has none. S3 itself decides ({@code If-None-Match: *}), so exactly one of two drivers
 * succeeds; Hadoop 3.4.1 would first check and then write.
 */
final class S3ConditionalPut {

    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private final S3AFileSystem fileSystem;
    private boolean proven;

    private S3ConditionalPut(S3AFileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /** @param fileSystem an {@code S3AFileSystem} */
    static S3ConditionalPut on(FileSystem fileSystem) {
        return new S3ConditionalPut((S3AFileSystem) fileSystem);
    }

    /**
     * Creates {@code path}.
     *
     * @return false, with nothing changed, if the object exists
     * @throws IOException if the object cannot be written, or if this S3 ignores the condition
     */
    boolean create(Path path, byte[] content) throws IOException {
        prove(path.getParent());
        return put(path, content);
    }

    /** An S3 that ignores the condition would let two drivers write the same ledger entry. */
    private synchronized void prove(Path directory) throws IOException {
        if (proven) {
            return;
        }
        Path probe = new Path(directory, ".probe" + RunFiles.TEMPORARY + UUID.randomUUID());
        put(probe, new byte[0]);
        boolean ignored = put(probe, new byte[0]);
        fileSystem.delete(probe, false);
        if (ignored) {
            throw new IOException("this S3 ignores conditional writes (If-None-Match), without which two drivers could"
                    + " charge the same ledger entry: use one that has them");
        }
        proven = true;
    }

    private boolean put(Path path, byte[] content) throws IOException {
        S3Client client = fileSystem.getS3AInternals().getAmazonS3Client("exclusive creation");
        String key = fileSystem.pathToKey(path);
        // The only request of the public factory with the encryption and ACL that fs.s3a.* sets for an object.
        PutObjectRequest request = fileSystem
                .getRequestFactory()
                .newDirectoryMarkerRequest(key)
                .key(key)
                .contentType("application/octet-stream")
                .contentLength((long) content.length)
                .ifNoneMatch("*")
                .build();
        try {
            client.putObject(request, RequestBody.fromBytes(content));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                return false;
            }
            throw new IOException(e.getMessage(), e);
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
