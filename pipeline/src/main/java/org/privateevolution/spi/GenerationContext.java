package org.privateevolution.spi;

import java.util.List;
import org.privateevolution.model.Payload;
import org.privateevolution.model.StoredImage;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.model.Text;

/** What a generator knows about its run: declarations, which are public. */
public sealed interface GenerationContext {

    /** Names of the labels, by index. */
    List<String> labels();

    Content content();

    /**
     * Fails if {@code payload} cannot be a sample of the run.
     *
     * @throws IllegalArgumentException if it is of another kind, or is a row that does not match the schema
     */
    void requireFits(Payload payload);

    private static void require(Class<? extends Payload> kind, Payload payload) {
        if (!kind.isInstance(payload)) {
            throw new IllegalArgumentException("a sample is a " + kind.getSimpleName() + ", not "
                    + (payload == null ? "null" : "a " + payload.getClass().getSimpleName()));
        }
    }

    /** The generator must make {@link org.privateevolution.model.TableRow}s of a schema. */
    record Rows(List<String> labels, TableSchema schema) implements GenerationContext {
        @Override
        public Content content() {
            return Content.ROWS;
        }

        @Override
        public void requireFits(Payload payload) {
            require(TableRow.class, payload);
            schema.requireRow((TableRow) payload);
        }
    }

    /** The generator must make {@link org.privateevolution.model.Text}s. */
    record Texts(List<String> labels) implements GenerationContext {
        @Override
        public Content content() {
            return Content.TEXTS;
        }

        @Override
        public void requireFits(Payload payload) {
            require(Text.class, payload);
        }
    }

    /**
     * The generator must make {@link org.privateevolution.model.StoredImage}s.
     *
     * @param files saves the images that it makes, as PNG or JPEG, and loads the parents of variations
     */
    record Images(List<String> labels, ImageFiles files) implements GenerationContext {
        @Override
        public Content content() {
            return Content.IMAGES;
        }

        @Override
        public void requireFits(Payload payload) {
            require(StoredImage.class, payload);
        }
    }
}
