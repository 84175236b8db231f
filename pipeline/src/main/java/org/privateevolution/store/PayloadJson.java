package org.privateevolution.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.MixedRecord;
import org.privateevolution.model.Payload;
import org.privateevolution.model.SimulatedImage;
import org.privateevolution.model.StoredImage;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.Text;

/** The JSON form of payloads, in the store and on their way to executors. */
public final class PayloadJson {

    private static final List<Form<?>> FORMS = List.of(
            // Tested first, because a mixed record also has a text.
            new Form<>(
                    MixedRecord.class,
                    "columns",
                    (node, mixed) -> {
                        putNumbers(node, "columns", mixed.columns().codes());
                        node.put("text", mixed.content().value());
                    },
                    stored -> new MixedRecord(new TableRow(stored.numbers("columns")), new Text(stored.text("text")))),
            new Form<>(
                    ClientRecord.class,
                    "client",
                    (node, client) -> {
                        putNumbers(
                                node,
                                "client",
                                client.rows().stream()
                                        .flatMapToDouble(row -> Arrays.stream(row.codes()))
                                        .toArray());
                        node.put("rows", client.rows().size());
                    },
                    PayloadJson::client),
            new Form<>(
                    TableRow.class,
                    "row",
                    (node, row) -> putNumbers(node, "row", row.codes()),
                    stored -> new TableRow(stored.numbers("row"))),
            new Form<>(
                    Text.class,
                    "text",
                    (node, text) -> node.put("text", text.value()),
                    stored -> new Text(stored.text("text"))),
            new Form<>(
                    SimulatedImage.class,
                    "parameters",
                    (node, image) -> putNumbers(node, "parameters", image.parameters()),
                    stored -> new SimulatedImage(stored.numbers("parameters"))),
            new Form<>(
                    StoredImage.class,
                    "image",
                    (node, image) -> node.put("image", image.location()).put("sha256", image.sha256()),
                    stored -> new StoredImage(stored.text("image"), stored.text("sha256"))));

    private PayloadJson() {}

    /**
     * The JSON form of one kind of payload.
     *
     * @param key field that only objects of this kind have
     */
    private record Form<P extends Payload>(
            Class<P> kind, String key, BiConsumer<ObjectNode, P> put, Function<StoredObject, P> read) {

        void put(ObjectNode node, Payload payload) {
            put.accept(node, kind.cast(payload));
        }
    }

    /**
     * Writes a payload as an object on one line.
     *
     * @throws IllegalArgumentException if this kind of payload has no JSON form
     */
    public static String of(Payload payload) {
        ObjectNode node = StoreJson.object();
        put(node, payload);
        return StoreJson.line(node);
    }

    /** Reads what {@link #of(Payload)} has written. */
    public static Payload parse(String line) {
        return of(StoreJson.parse(line, "a payload"));
    }

    static void put(ObjectNode node, Payload payload) {
        FORMS.stream()
                .filter(form -> form.kind().isInstance(payload))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no JSON form for " + payload.getClass()))
                .put(node, payload);
    }

    /** @throws org.privateevolution.spi.StoreException if the object holds no known payload */
    static Payload of(StoredObject stored) {
        return FORMS.stream()
                .filter(form -> stored.has(form.key()))
                .findFirst()
                .orElseThrow(() -> StoredObject.damaged(stored.where(), "it has no payload that this version knows"))
                .read()
                .apply(stored);
    }

    /** The codes of all joined rows, one after another. */
    private static ClientRecord client(StoredObject stored) {
        double[] codes = stored.numbers("client");
        int rows = stored.integer("rows");
        if (rows < 1 || codes.length % rows != 0) {
            throw StoredObject.damaged(stored.where(), "its codes do not fill the rows of a client");
        }
        int width = codes.length / rows;
        return new ClientRecord(IntStream.range(0, rows)
                .mapToObj(row -> new TableRow(Arrays.copyOfRange(codes, row * width, (row + 1) * width)))
                .toList());
    }

    private static void putNumbers(ObjectNode node, String key, double[] values) {
        ArrayNode numbers = node.putArray(key);
        for (double value : values) {
            if (Double.isNaN(value)) {
                numbers.addNull();
            } else {
                numbers.add(value);
            }
        }
    }
}
