package org.privateevolution.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateevolution.fixtures.Copies.copy;

import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.privateevolution.embedding.PixelEncoder;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.image.Images;
import org.privateevolution.image.Png;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImageSpec.Channels;
import org.privateevolution.model.Resampling;

/** What goes to executors survives Java serialisation, and does the same there. */
class SerializationTest {

    @Test
    void rowsAndPartsOfATableDoTheSame() throws Exception {
        EncodedRow row = new EncodedRow(new double[] {1, 2.5}, 7, new Chances(11, 12));
        EncodedRow copied = copy(row);

        assertThat(copied.codes()).isEqualTo(row.codes());
        assertThat(copied.hash()).isEqualTo(7);
        assertThat(copied.chances()).isEqualTo(row.chances());
        assertThat(copied.chances().uniform(3)).isEqualTo(row.chances().uniform(3));

        Part part = new Part(0.3, true);
        assertThat(copy(part).holds(row.chances())).isEqualTo(part.holds(row.chances()));
        assertThat(copy(part)).isEqualTo(part);
    }

    @Test
    void whatDrawsRecordsDoesTheSame() throws Exception {
        Chances.Source source = new Chances.Source(5, 1, true);
        Chances chances = source.of(2, 3, RowFactory.create("a text", "a client"));
        assertThat(copy(source).of(2, 3, RowFactory.create("another", "a client")))
                .isEqualTo(chances);
        SampledRecords.Drawn<String> drawn = new SampledRecords.Drawn<>(chances, "a text");
        assertThat(copy(drawn)).isEqualTo(drawn);
        SampledRecords.Share share = new SampledRecords.Share(0.5, new Part(0.4, false));
        assertThat(copy(share).isDrawn(chances)).isEqualTo(share.isDrawn(chances));
        ImageComparison.These these = new ImageComparison.These(Set.of(chances));
        assertThat(copy(these).isDrawn(chances)).isTrue();
        assertThat(copy(these).isDrawn(Chances.alone(1))).isFalse();
    }

    @Test
    void whatCodesTheValuesOfClientsDoesTheSame() throws Exception {
        assertThat(copy(new JoinedClients.Code()).call(2.5)).isEqualTo(2.5);
        assertThat(copy(new JoinedClients.Code()).call(null)).isNull();
        assertThat(copy(new JoinedClients.Category()).call("Bern")).isEqualTo("Bern");
        assertThat(copy(new JoinedClients.Category()).call("")).isNull();
    }

    @Test
    void whatReadsImagesDoesTheSame() throws Exception {
        ImageDecoder decoder = new ImageDecoder(100);
        byte[] image = Png.encode(Images.noise(5, 7, 3));
        Row row = RowFactory.create(image, "a client", null);
        ImageReading.Told told = new ImageReading.Told(decoder);
        assertThat(copy(told).row(row)).isEqualTo(told.row(row));
        assertThat(told.row(row).getString(0)).hasSizeGreaterThan(64);
        PixelEncoder encoder =
                new PixelEncoder(new ImageFrame(2, 2, ImageFrame.Fit.STRETCH, Resampling.BILINEAR), Channels.RGB);
        ImageReading.Embedded embedded = new ImageReading.Embedded(decoder, encoder);
        assertThat(copy(embedded).of(image)).isEqualTo(embedded.of(image)).hasSize(12);
        ImageReading.Shown shown = new ImageReading.Shown(decoder, 9);
        assertThat(copy(shown).of(image)).isEqualTo(shown.of(image));
        assertThat(decoder.decode(shown.of(image)).width()).isEqualTo(9);
    }
}
