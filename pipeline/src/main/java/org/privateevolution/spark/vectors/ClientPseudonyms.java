package org.privateevolution.spark.vectors;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces client ids where records are kept: HMAC-SHA-256 under a salt that is drawn once per kept set and never
 * stored. All that remains of the ids is which records share one.
 */
public final class ClientPseudonyms implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SALT_BYTES = 32;

    private final byte[] salt;
    private transient Mac mac;

    private ClientPseudonyms(byte[] salt) {
        this.salt = salt;
    }

    public static ClientPseudonyms drawn() {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new ClientPseudonyms(salt);
    }

    /**
     * The pseudonym of a client id, 64 hexadecimal digits; null for null.
     *
     * @param client an integer, or a Java string, in which malformed UTF-8 has already been replaced: ids that are
     *     equal as Java strings are one client, here and where no records are kept
     */
    public String of(Object client) {
        return client == null
                ? null
                : HexFormat.of().formatHex(mac().doFinal(client.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private Mac mac() {
        if (mac == null) {
            try {
                mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(salt, ALGORITHM));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
            }
        }
        return mac;
    }
}
