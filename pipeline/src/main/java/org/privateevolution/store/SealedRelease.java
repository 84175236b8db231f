package org.privateevolution.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.spi.StoreException;

/**
 * A released histogram as the ledger keeps it: a JSON document whose last field is the key to the rest. A file that was not
 * written to its end so holds nothing that can be read, and of two histograms that were drawn for one release only the one
 * that counts ever can be. Once written, it is public.
 *
 * <p>The histogram is encrypted by AES-256-GCM under a key that serves once, so the nonce is constant. What is encrypted is
 * the SHA-256 of the release and then its votes on the grid, 8 bytes each: about 11 bytes a candidate in the file, 11 MB for
 * a million, and some four times that in memory while it is written or read. Names of partitions follow as a JSON array. The digest is inside because it would tell the
 * noise of a small histogram to who can try all values.
 */
final class SealedRelease {

    /** Version 1 held the digest alone. */
    static final int SCHEMA_VERSION = 2;
    /** Of a release of partitions. */
    static final int PARTITIONS_VERSION = 3;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int DIGEST_BYTES = 32;
    private static final int TAG_BYTES = 16;
    private static final GCMParameterSpec NONCE = new GCMParameterSpec(Byte.SIZE * TAG_BYTES, new byte[12]);
    /** Base64 of so many bytes is one text, as a text may not be too long. A multiple of three. */
    private static final int CHUNK_BYTES = 3 << 18;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] body;
    private final byte[] seal;

    private SealedRelease(byte[] body, byte[] seal) {
        this.body = body;
        this.seal = seal;
    }

    /** All but the key, to be written first. */
    byte[] body() {
        return body;
    }

    /** The key, to be written last. */
    byte[] seal() {
        return seal;
    }

    /** Seals the release of {@code entry}. */
    static SealedRelease of(LedgerEntry entry, NoisyHistogram histogram) {
        byte[] names = names(histogram.partitions());
        ByteBuffer plain = ByteBuffer.allocate(DIGEST_BYTES + Long.BYTES * histogram.candidates() + names.length);
        plain.put(HexFormat.of().parseHex(histogram.digest()));
        for (int i = 0; i < histogram.candidates(); i++) {
            plain.putLong(histogram.gridVotes(i));
        }
        plain.put(names);
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        byte[] encrypted = crypt(Cipher.ENCRYPT_MODE, key, entry, histogram.candidates(), plain.array());
        ObjectNode node = StoreJson.document(names.length == 0 ? SCHEMA_VERSION : PARTITIONS_VERSION)
                .put("release", histogram.releaseId())
                .put("entry_hash", entry.hash())
                .put("noise_multiplier", histogram.noiseMultiplier())
                .put("candidates", histogram.candidates())
                .put("cipher", "AES-256-GCM");
        ArrayNode chunks = node.putArray("sealed");
        for (int start = 0; start < encrypted.length; start += CHUNK_BYTES) {
            int end = Math.min(encrypted.length, start + CHUNK_BYTES);
            chunks.add(Base64.getEncoder().encodeToString(Arrays.copyOfRange(encrypted, start, end)));
        }
        String text = StoreJson.line(node);
        return new SealedRelease(
                (text.substring(0, text.length() - 1) + ",").getBytes(StandardCharsets.US_ASCII),
                ("\"key\":\"" + HexFormat.of().formatHex(key) + "\"}\n").getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Opens the release of {@code entry}.
     *
     * @throws StoreException if the document is not whole, or not that entry's
     */
    static NoisyHistogram open(LedgerEntry entry, StoredObject stored) {
        if (!stored.text("entry_hash").equals(entry.hash())) {
            throw StoredObject.damaged(stored.where(), "it belongs to another entry");
        }
        int candidates = stored.integer("candidates");
        byte[] encrypted = encrypted(stored);
        boolean named = stored.integer(SchemaVersion.FIELD) == PARTITIONS_VERSION;
        long least = DIGEST_BYTES + (long) Long.BYTES * candidates + TAG_BYTES;
        // Java's GCM answers some lengths that are wrong with an error of its own.
        if (candidates < 1 || (named ? encrypted.length <= least : encrypted.length != least)) {
            throw StoredObject.damaged(stored.where(), "its content is not whole");
        }
        byte[] plain = crypt(Cipher.DECRYPT_MODE, key(stored), entry, candidates, encrypted);
        if (plain == null) {
            throw StoredObject.damaged(stored.where(), "its key does not fit its content");
        }
        long[] gridVotes = new long[candidates];
        ByteBuffer content = ByteBuffer.wrap(plain, DIGEST_BYTES, plain.length - DIGEST_BYTES);
        for (int i = 0; i < candidates; i++) {
            gridVotes[i] = content.getLong();
        }
        NoisyHistogram histogram = NoisyHistogram.restored(
                stored.text("release"),
                entry.release().noiseMultiplier(),
                gridVotes,
                named ? names(content, stored.where()) : List.of());
        String digest = HexFormat.of().formatHex(plain, 0, DIGEST_BYTES);
        if (!histogram.digest().equals(digest) || stored.number("noise_multiplier") != histogram.noiseMultiplier()) {
            throw StoredObject.damaged(stored.where(), "its digest is not that of its content");
        }
        return histogram;
    }

    private static byte[] names(List<String> partitions) {
        if (partitions.isEmpty()) {
            return new byte[0];
        }
        ArrayNode names = StoreJson.object().putArray("names");
        partitions.forEach(names::add);
        return StoreJson.line(names).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> names(ByteBuffer content, String where) {
        String text = StandardCharsets.UTF_8.decode(content).toString();
        return StoreJson.parse("{\"names\":" + text + "}", where).texts("names");
    }

    private static byte[] key(StoredObject stored) {
        String key = stored.text("key");
        if (!key.matches("[0-9a-f]{" + 2 * KEY_BYTES + "}")) {
            throw StoredObject.damaged(stored.where(), "its key is not whole");
        }
        return HexFormat.of().parseHex(key);
    }

    private static byte[] encrypted(StoredObject stored) {
        ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
        for (JsonNode chunk : stored.node().path("sealed")) {
            try {
                encrypted.writeBytes(Base64.getDecoder().decode(chunk.asText()));
            } catch (IllegalArgumentException e) {
                throw StoredObject.damaged(stored.where(), "sealed holds no Base64");
            }
        }
        return encrypted.toByteArray();
    }

    /** Null if the content was not encrypted under this key for this entry. */
    private static byte[] crypt(int mode, byte[] key, LedgerEntry entry, int candidates, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(key, "AES"), NONCE);
            cipher.updateAAD((entry.hash() + "\n" + candidates).getBytes(StandardCharsets.US_ASCII));
            return cipher.doFinal(content);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new StoreException("this Java platform has no AES-256-GCM, which every platform must have", e);
        }
    }
}
