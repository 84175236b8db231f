package org.privateevolution.spark.vectors;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.crypto.keytools.KeyToolkit;
import org.apache.parquet.crypto.keytools.KmsClient;

/**
 * Wraps the keys of Parquet files with the key of the private store. The store's key is passed in the place of an
 * access token, because Spark redacts access tokens and executors then need no environment variable. Parquet creates
 * this class by its name.
 */
public final class StoreKey implements KmsClient {

    /** The name of the key in the files. */
    static final String NAME = "private-store";

    private static final byte[] CONTEXT = NAME.getBytes(StandardCharsets.US_ASCII);

    private byte[] key;

    @Override
    public void initialize(Configuration configuration, String instanceId, String instanceUrl, String accessToken) {
        this.key = Base64.getDecoder().decode(accessToken);
    }

    @Override
    public String wrapKey(byte[] bytes, String name) {
        return KeyToolkit.encryptKeyLocally(bytes, key, CONTEXT);
    }

    /** @throws ParquetCryptoRuntimeException if the file was written with another key */
    @Override
    public byte[] unwrapKey(String wrapped, String name) {
        return KeyToolkit.decryptKeyLocally(wrapped, key, CONTEXT);
    }
}
