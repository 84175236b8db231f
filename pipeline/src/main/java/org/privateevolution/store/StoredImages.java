package org.privateevolution.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.privateevolution.model.StoredImage;
import org.privateevolution.spi.ImageFiles;
import org.privateevolution.spi.StoreException;

/** Images in a run's store, spread over folders, because some file systems perform badly with many files in one. */
public final class StoredImages implements ImageFiles {

    private static final String DIRECTORY = "images";
    private static final int SHARD_DIGITS = 2;

    private final RunFiles store;

    /** @param store the run's store, to which locations are relative */
    public StoredImages(RunFiles store) {
        this.store = store;
    }

    @Override
    public StoredImage save(String sampleId, byte[] encoded) {
        String shard = sha256(sampleId.getBytes(StandardCharsets.UTF_8)).substring(0, SHARD_DIGITS);
        String location = DIRECTORY + "/" + shard + "/" + sampleId;
        store.write(location, encoded);
        return new StoredImage(location, sha256(encoded));
    }

    @Override
    public byte[] load(StoredImage image) {
        byte[] encoded = store.readBytes(image.location())
                .orElseThrow(() -> new StoreException(
                        StoreException.Reason.DAMAGED,
                        "there is no image " + store.location() + "/" + image.location() + ": was it removed?"));
        if (!sha256(encoded).equals(image.sha256())) {
            throw new StoreException(
                    StoreException.Reason.DAMAGED,
                    store.location() + "/" + image.location() + " is damaged: its checksum is not " + image.sha256());
        }
        return encoded;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
