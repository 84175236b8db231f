package org.privateevolution.spark.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.apache.spark.io.CompressionCodec;
import org.apache.spark.io.CompressionCodec$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * What a task sends to the driver, as bytes: compressed, because most counts are small. Spark would not compress it,
 * and would use the serializer that the session has; Kryo knows no records, and may refuse what is not registered.
 */
public final class TaskResult {

    private TaskResult() {}

    /** The bytes of a result. */
    public static byte[] bytes(Serializable result) {
        SparkEnv env = SparkEnv.get();
        ByteBuffer plain = env.closureSerializer().newInstance().serialize(result, type());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream compressed = codec(env).compressedOutputStream(bytes)) {
            compressed.write(plain.array(), plain.arrayOffset() + plain.position(), plain.remaining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The result that became these bytes. */
    public static <T extends Serializable> T of(byte[] bytes) {
        SparkEnv env = SparkEnv.get();
        try (InputStream plain = codec(env).compressedInputStream(new ByteArrayInputStream(bytes))) {
            // Jars that are added to a session have a class loader of their own.
            return env.closureSerializer()
                    .newInstance()
                    .deserialize(
                            ByteBuffer.wrap(plain.readAllBytes()),
                            TaskResult.class.getClassLoader(),
                            TaskResult.<T>type());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompressionCodec codec(SparkEnv env) {
        return CompressionCodec$.MODULE$.createCodec(env.conf());
    }

    /** Java's serialization writes the classes of objects and does not look at this one. */
    private static <T extends Serializable> ClassTag<T> type() {
        return ClassTag$.MODULE$.apply(Serializable.class);
    }
}
