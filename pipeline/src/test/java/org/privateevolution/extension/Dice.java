package org.privateevolution.extension;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Payload;
import org.privateevolution.model.TableRow;
import org.privateevolution.spi.Content;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.Generator;
import org.privateevolution.spi.GeneratorProvider;
import org.privateevolution.spi.Options;

/** An extension that throws dice for rows, and for the colours of images. */
public final class Dice implements GeneratorProvider {

    @Override
    public String name() {
        return "dice";
    }

    @Override
    public String version() {
        return "3";
    }

    @Override
    public Set<Content> makes() {
        return Set.of(Content.ROWS, Content.IMAGES);
    }

    @Override
    public Generator create(Options options) {
        double bias = options.number("bias", 0, 1, 0);
        return context -> new Api(context, bias);
    }

    private record Api(GenerationContext context, double bias) implements GenerationApi {

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
            requests.forEach(request -> sink.accept(request, payload(request)));
        }

        private Payload payload(GenerationRequest request) {
            RandomGenerator random = request.seed().generator();
            return context instanceof GenerationContext.Rows rows
                    ? new TableRow(rows.schema().columns().stream()
                            .mapToDouble(column -> code(column, random))
                            .toArray())
                    : ((GenerationContext.Images) context).files().save(request.id(), png(random.nextInt(1 << 24)));
        }

        private double code(Column column, RandomGenerator random) {
            double share = random.nextDouble(bias, 1);
            if (column instanceof CategoricalColumn categorical) {
                return (int) (share * categorical.categories().size());
            }
            NumericColumn numeric = (NumericColumn) column;
            return numeric.round(numeric.min() + share * (numeric.max() - numeric.min()));
        }

        private static byte[] png(int color) {
            BufferedImage image = new BufferedImage(6, 5, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 30; i++) {
                image.setRGB(i % 6, i / 6, color);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                ImageIO.write(image, "png", bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        @Override
        public void close() {}
    }
}
