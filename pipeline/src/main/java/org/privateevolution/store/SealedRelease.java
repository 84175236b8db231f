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
import org.privateevolution.privacy.Release;
import org.privateevolution.spi.StoreException;

/**
 * A released histogram as the ledger keeps it: a JSON document whose last field is the key to the rest. A file that was
 * not written to its end therefore holds nothing readable, and of two histograms that were drawn for one release, only
 * the one that counts can ever be read. Once written, it is public.
 *
 * <p>The histogram is encrypted by AES-256-GCM under a key that is used once, so the nonce is constant. The plaintext
 * is the SHA-256 of the release, followed by its votes on the grid, 8 bytes each: about 11 bytes per candidate in the
 * file, 11 MB for a million, and some four times that in memory while it is written or read. For a discovery, the names
 * of partitions follow, and zeros up to a power of two of bytes. The digest is encrypted as well, because it would
 * disclose the noise of a small histogram to anyone who can try all values.
 */
final class SealedRelease {

    /** Version 1 held the digest alone. */
    static final int SCHEMA_VERSION = 2;
    /** Version of a release of partitions. */
    static final int PARTITIONS_VERSION = 3;

    private static final int LEAST_PARTITIONS_BYTES = 1 << 20;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int DIGEST_BYTES = 32;
    private static final int TAG_BYTES = 16;
    private static final GCMParameterSpec NONCE = new GCMParameterSpec(Byte.SIZE * TAG_BYTES, new byte[12]);
    /** Bytes per Base64 string, as strings are limited in length. A multiple of three. */
    private static final int CHUNK_BYTES = 3 << 18;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] body;
    private final byte[] seal;

    private SealedRelease(byte[] body, byte[] seal) {
        this.body = body;
        this.seal = seal;
    }

    /** Everything but the key, to be written first. */
    byte[] body() {
        return body;
    }

    /** The key, to be written last. */
    byte[] seal() {
        return seal;
    }

    /** Seals the release of {@code entry}. */
    static SealedRelease of(LedgerEntry entry, NoisyHistogram histogram) {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        boolean partitions = entry.release().kind() == Release.Kind.DISCOVERY;
        byte[] plain = partitions ? withPartitions(histogram) : plain(histogram, 0, new byte[0]);
        ObjectNode node = StoreJson.document(partitions ? PARTITIONS_VERSION : SCHEMA_VERSION)
                .put("release", histogram.releaseId())
                .put("entry_hash", entry.hash())
                .put("noise_multiplier", histogram.noiseMultiplier());
        if (!partitions) {
            node.put("candidates", histogram.candidates());
        }
        byte[] encrypted = crypt(Cipher.ENCRYPT_MODE, key, aad(entry, node), plain);
        node.put("cipher", "AES-256-GCM");
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
     * Pads the content: neither the number of partitions nor the length of their names may show before the key exists.
     */
    private static byte[] withPartitions(NoisyHistogram histogram) {
        ArrayNode names = StoreJson.object().putArray("names");
        histogram.partitions().forEach(names::add);
        byte[] text = StoreJson.line(names).getBytes(StandardCharsets.UTF_8);
        int needed = DIGEST_BYTES + 2 * Integer.BYTES + Math.multiplyExact(Long.BYTES, histogram.candidates());
        int size = Math.max(LEAST_PARTITIONS_BYTES, Integer.highestOneBit(Math.addExact(needed, text.length)) << 1);
        return Arrays.copyOf(plain(histogram, 2 * Integer.BYTES, text), Math.max(size, needed + text.length));
    }

    /** Digest, then two sizes if there is room for them, votes, names. */
    private static byte[] plain(NoisyHistogram histogram, int sizes, byte[] names) {
        ByteBuffer plain =
                ByteBuffer.allocate(DIGEST_BYTES + sizes + Long.BYTES * histogram.candidates() + names.length);
        plain.put(HexFormat.of().parseHex(histogram.digest()));
        if (sizes > 0) {
            plain.putInt(histogram.candidates()).putInt(names.length);
        }
        for (int i = 0; i < histogram.candidates(); i++) {
            plain.putLong(histogram.gridVotes(i));
        }
        return plain.put(names).array();
    }

    /**
     * Opens the release of {@code entry}.
     *
     * @throws StoreException if the document is not whole, or belongs to another entry
     */
    static NoisyHistogram open(LedgerEntry entry, StoredObject stored) {
        if (!stored.text("entry_hash").equals(entry.hash())) {
            throw StoredObject.damaged(stored.where(), "it belongs to another entry");
        }
        boolean partitions = stored.integer(SchemaVersion.FIELD) == PARTITIONS_VERSION;
        byte[] encrypted = encrypted(stored);
        int candidates = partitions ? 0 : stored.integer("candidates");
        // Java's GCM throws an exception of another kind for some wrong lengths.
        boolean whole = partitions
                ? encrypted.length > LEAST_PARTITIONS_BYTES
                : candidates >= 1 && encrypted.length == DIGEST_BYTES + (long) Long.BYTES * candidates + TAG_BYTES;
        if (!whole) {
            throw StoredObject.damaged(stored.where(), "its content is incomplete");
        }
        byte[] decrypted = crypt(Cipher.DECRYPT_MODE, key(stored), aad(entry, stored.node()), encrypted);
        if (decrypted == null) {
            throw StoredObject.damaged(stored.where(), "its key does not fit its content");
        }
        ByteBuffer plain = ByteBuffer.wrap(decrypted, DIGEST_BYTES, decrypted.length - DIGEST_BYTES);
        int names = 0;
        if (partitions) {
            candidates = plain.getInt();
            names = plain.getInt();
        }
        long[] gridVotes = new long[candidates];
        for (int i = 0; i < candidates; i++) {
            gridVotes[i] = plain.getLong();
        }
        NoisyHistogram histogram = NoisyHistogram.restored(
                stored.text("release"),
                entry.release().noiseMultiplier(),
                gridVotes,
                partitions ? names(decrypted, plain.position(), names, stored.where()) : List.of());
        String digest = HexFormat.of().formatHex(decrypted, 0, DIGEST_BYTES);
        if (!histogram.digest().equals(digest) || stored.number("noise_multiplier") != histogram.noiseMultiplier()) {
            throw StoredObject.damaged(stored.where(), "its digest is not that of its content");
        }
        return histogram;
    }

    private static List<String> names(byte[] plain, int from, int length, String where) {
        String text = new String(plain, from, length, StandardCharsets.UTF_8);
        return StoreJson.parse("{\"names\":" + text + "}", where).texts("names");
    }

    /** Additional data that the encryption authenticates. */
    private static byte[] aad(LedgerEntry entry, JsonNode document) {
        String candidates = document.has("candidates")
                ? Integer.toString(document.path("candidates").asInt())
                : "partitions";
        return (entry.hash() + "\n" + candidates).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] key(StoredObject stored) {
        String key = stored.text("key");
        if (!key.matches("[0-9a-f]{" + 2 * KEY_BYTES + "}")) {
            throw StoredObject.damaged(stored.where(), "its key is incomplete");
        }
        return HexFormat.of().parseHex(key);
    }

    private static byte[] encrypted(StoredObject stored) {
        ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
        for (JsonNode chunk : stored.node().path("sealed")) {
            try {
                encrypted.writeBytes(Base64.getDecoder().decode(chunk.asText()));
            } catch (IllegalArgumentException e) {
                throw StoredObject.damaged(stored.where(), "sealed is not Base64");
            }
        }
        return encrypted.toByteArray();
    }

    /** Encrypts or decrypts; null if the content was not encrypted under this key for this entry. */
    private static byte[] crypt(int mode, byte[] key, byte[] aad, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(key, "AES"), NONCE);
            cipher.updateAAD(aad);
            return cipher.doFinal(content);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new StoreException("this Java platform has no AES-256-GCM, which every platform must have", e);
        }
    }
}
