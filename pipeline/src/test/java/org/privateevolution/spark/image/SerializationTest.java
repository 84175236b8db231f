package org.privateevolution.spark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateevolution.fixtures.Copies.all;
import static org.privateevolution.fixtures.Copies.bytes;
import static org.privateevolution.fixtures.Copies.copy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.embedding.PixelEncoder;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.generation.image.Avatar;
import org.privateevolution.generation.image.Simulator;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImageSpec.Channels;
import org.privateevolution.model.Resampling;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.Seed;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.SimulatedImage;
import org.privateevolution.model.StoredImage;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.vectors.PayloadRow;

/** What goes to executors survives Java serialisation, and does the same there. */
class SerializationTest {

    @Test
    void theImageTasksDoTheSame(@TempDir Path folder) throws Exception {
        RunSpec spec = Portraits.run(Portraits.write(folder), folder.resolve("out"));
        PrivateColumns columns = PrivateColumns.of(spec);
        ImageDecoder decoder = new ImageDecoder(10_000);
        PixelEncoder encoder =
                new PixelEncoder(new ImageFrame(3, 5, ImageFrame.Fit.CROP, Resampling.BILINEAR), Channels.RGB);
        List<Row> files = FolderFiles.list(spec.privateData().location()).stream()
                .map(file -> RowFactory.create(file.get(0), file.get(2), file.get(1), null))
                .toList();
        FolderFiles.Opened opened = new FolderFiles.Opened();
        List<Row> images = all(opened, files);
        assertThat(bytes(all(copy(opened), files))).isEqualTo(bytes(images)).hasSize(Portraits.COUNT);
        EmbeddedImages embedding = new EmbeddedImages(columns, decoder, encoder);
        assertThat(bytes(all(copy(embedding), images))).isEqualTo(bytes(all(embedding, images)));
        PrivateImageVectors.Decoded decoded = new PrivateImageVectors.Decoded(columns, decoder, true);
        assertThat(copy(decoded).read(images.get(0))).isTrue();
        Portraits.Packed packed = Portraits.writePacked(folder, 7);
        PackedImages.Parts parts = new PackedImages.Parts(PackedImages.idx(packed.images(), packed.labels()), 2, true);
        assertThat(bytes(all(copy(parts), List.of(0, 1))))
                .isEqualTo(bytes(all(parts, List.of(0, 1))))
                .hasSize(7);
        assertThat(copy(parts.packed())).isEqualTo(parts.packed());

        Simulator simulator = new Avatar(8, 8, Schedule.of(0.5), Schedule.of(0.5));
        SimulatedImage image = simulator.random(0, new Seed(3));
        SimulatedRenderer renderer = new SimulatedRenderer(simulator);
        assertThat(copy(renderer).render(image).rgb())
                .isEqualTo(renderer.render(image).rgb());
        StoredImage stored = new StoredImage(
                files.get(0).getString(0), Sha256.of(((byte[]) images.get(0).get(0))));
        StoredRenderer reader = new StoredRenderer("/nowhere", decoder);
        assertThat(copy(reader).render(stored).rgb())
                .isEqualTo(reader.render(stored).rgb());
        Row payload = PayloadRow.of(image, 0);
        Row sample = RowFactory.create(payload.get(0), payload.get(1), 1, 0.5);
        SyntheticImages.Encoded encoded = new SyntheticImages.Encoded(renderer, columns);
        assertThat(bytes(all(copy(encoded), List.of(sample)))).isEqualTo(bytes(all(encoded, List.of(sample))));
        copy(new SyntheticImages.Files(renderer, folder.resolve("png").toString(), List.of("x", "y")))
                .call(List.of(sample).iterator());
        assertThat(folder.resolve("png/y/000000.png")).isNotEmptyFile();
        Row file = RowFactory.create("file:/p/l/i.png", images.get(0).get(0));
        PublicImages.Checked checked = new PublicImages.Checked(decoder);
        assertThat(all(copy(checked), List.of(file))).isEqualTo(all(checked, List.of(file)));
    }
}
