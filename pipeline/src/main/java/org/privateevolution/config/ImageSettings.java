package org.privateevolution.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.Content;

/** The section that states how images are read, embedded and generated. */
final class ImageSettings extends ModalitySettings<ImageSpec> {

    private static final Set<String> OWN_FORMATS = Set.of(ImageSpec.FOLDER, ImageSpec.IDX, ImageSpec.CIFAR10);

    /** Pixels per side of a synthetic image. */
    static final Whole<Integer> SIDE = Whole.between(1, 4096);

    private static final Set<String> TABLE_FORMATS = Set.of("parquet", "orc", "delta", "table");

    /** Name of the label column in formats that include labels. */
    private static final String LABEL = "label";

    final Setting<String> column = value("column", Text.of("column name"), "image", images -> images.source()
                    .column())
            .means("Column of the encoded images (PNG, JPEG, GIF, BMP), binary or a struct with a binary field"
                    + " `bytes`; the column of the synthetic images has the same name.");
    final Setting<String> labelsFile = optional("labels_file", Text.location(), null, images -> images.source()
                    .labelsFile()
                    .orElse(null))
            .otherwise("required for `idx` with labels, else none")
            .means("For `idx`, the file of the labels; for `image-folder`, a CSV with a column `file`, relative to"
                    + " the folder, and columns of the label and the client.");
    final Setting<ImageSpec.Corrupt> corrupt = word("corrupt", ImageSpec.Corrupt.REFUSE, images -> images.source()
                    .corrupt())
            .means("What happens if private images cannot be decoded. They are listed in `corrupt-images` of"
                    + " `private_data.store.path`.");
    final Setting<Long> mostPixels = value(
                    "most_pixels", Whole.longAtLeast(1), ImageSpec.USUAL_MOST_PIXELS, images -> images.source()
                            .mostPixels())
            .means("Private images with more pixels are treated as undecodable; a task needs 3 bytes per pixel.");
    final HeldOut heldOut =
            free(mount("held_out", new HeldOut(), images -> images.heldOut().orElse(null)));
    final ImageEmbeddingSettings embedding = mount("embedding", new ImageEmbeddingSettings(), ImageSpec::embedding);
    final Setting<ForeignGenerator> generation = optional(
                    "generation", ExtensionType.generator(Content.IMAGES), null, generator(ForeignGenerator.class))
            .otherwise("this, `images.draw_text`, `images.avatar`, `images.pool` or `images.api`")
            .means("[Extension](extending.md) that makes the images, or public name of a generator that a program or"
                    + " notebook gives.");
    final SimulatorSettings.DrawText drawText =
            mount("draw_text", new SimulatorSettings.DrawText(), generator(ImageSpec.DrawText.class));
    final SimulatorSettings.Avatar avatar =
            mount("avatar", new SimulatorSettings.Avatar(), generator(ImageSpec.Avatar.class));
    final Pool pool = mount("pool", new Pool(), generator(ImageSpec.Pool.class));
    final ImageApiSettings api = mount("api", new ImageApiSettings(), generator(ImageSpec.Served.class));

    private static <G> Function<ImageSpec, G> generator(Class<G> type) {
        return images -> type.isInstance(images.generator()) ? type.cast(images.generator()) : null;
    }

    @Override
    Class<ImageSpec> kind() {
        return ImageSpec.class;
    }

    @Override
    Set<String> ownFormats() {
        return OWN_FORMATS;
    }

    @Override
    List<String> outputFormats() {
        return List.of("png", "parquet");
    }

    @Override
    List<String> usualOutputFormats() {
        return List.of("png");
    }

    @Override
    String role() {
        return "images.column; a column has one role";
    }

    @Override
    ImageSpec read(Section section, Problems problems, RunSpec.Labels labels, RunSpec.PrivateData data) {
        if (data != null) {
            checkFormat(section, problems, data, labels);
        }
        ImageSpec.Embedding encoder = embedding.read(section.open(embedding));
        ImageSpec.Generator generator = generator(section, labels);
        Optional<String> labelled = Optional.ofNullable(section.get(labelsFile));
        Optional<ImageSpec.HeldOut> tested = heldOut.read(section.open(heldOut), labels, labelled.isPresent());
        return section.make(() -> new ImageSpec(
                new ImageSpec.Source(section.get(column), labelled, section.get(corrupt), section.get(mostPixels)),
                encoder,
                generator,
                tested));
    }

    private void checkFormat(Section section, Problems problems, RunSpec.PrivateData data, RunSpec.Labels labels) {
        PrivateDataSettings source = RunSettings.ROOT.privateData;
        String format = data.format();
        boolean own = OWN_FORMATS.contains(format);
        if (!own && !TABLE_FORMATS.contains(format) && !data.isExtension()) {
            problems.add(
                    source.format.path(),
                    format + " is not allowed: images are in one of " + String.join(", ", new TreeSet<>(OWN_FORMATS))
                            + ", or in a binary column of " + String.join(", ", new TreeSet<>(TABLE_FORMATS)));
            return;
        }
        if (own && !data.options().isEmpty()) {
            problems.add(source.options.path(), "is not allowed: images of the format " + format + " have none");
        }
        boolean labelled = labels != null && !labels.column().isEmpty();
        boolean folder = format.equals(ImageSpec.FOLDER);
        if (!folder && !format.equals(ImageSpec.IDX)) {
            section.refuse(labelsFile, "it is only for image-folder and idx; other formats contain the labels");
        }
        if (format.equals(ImageSpec.IDX) && labelled) {
            section.require(labelsFile, "the run has labels: name the IDX file that holds them");
        }
        boolean bringsLabels = own && !(folder && section.has(labelsFile));
        if (bringsLabels && labelled && !labels.column().equals(LABEL)) {
            problems.add(
                    RunSettings.ROOT.labels.column.path(),
                    labels.column() + " is not allowed: images of the format " + format + " have the column " + LABEL);
        }
        if (bringsLabels && !data.clientColumn().isEmpty()) {
            problems.add(
                    source.clientColumn.path(),
                    data.clientColumn() + " is not allowed: images of the format " + format
                            + " have no clients: use an image-folder with images.labels_file, or a table");
        }
    }

    private ImageSpec.Generator generator(Section section, RunSpec.Labels labels) {
        List<String> given = Stream.<Part>of(drawText, avatar, pool, api, generation)
                .filter(section::has)
                .map(Part::name)
                .toList();
        if (given.size() != 1) {
            section.conflict("give exactly one of " + drawText.name() + ", " + avatar.name() + " (simulators), "
                    + pool.name() + " (public images) and " + api.name() + " (endpoints), or " + generation.name()
                    + " (an extension)"
                    + (given.isEmpty() ? "" : ", not " + String.join(" and ", given)));
            return null;
        }
        if (section.has(generation)) {
            return section.get(generation);
        }
        if (section.has(drawText)) {
            return drawText.read(section.open(drawText), labels);
        }
        if (section.has(avatar)) {
            return avatar.read(section.open(avatar));
        }
        return section.has(pool) ? pool.read(section.open(pool)) : api.read(section.open(api), labels);
    }

    /** Notes a problem unless there is one text per label. */
    static void checkPerLabel(Section section, Setting<List<String>> texts, RunSpec.Labels labels) {
        List<String> given = section.get(texts);
        if (given != null && labels != null && given.size() != labels.names().size()) {
            section.conflict(
                    texts,
                    "there are " + given.size() + ", but " + labels.names().size()
                            + (labels.names().size() == 1 ? " label" : " labels"));
        }
    }

    /** The settings of real images on which a classifier is tested. */
    static final class HeldOut extends Group<ImageSpec.HeldOut> {

        final Setting<String> location = optional("path", Text.location(), null, ImageSpec.HeldOut::location)
                .means("Real images, in the format of the private ones, on which a classifier trained on the"
                        + " synthetic ones is tested, outside the guarantee.");
        final Setting<String> labelsFile = optional(
                        "labels_file", Text.location(), null, heldOut -> heldOut.labelsFile()
                                .orElse(null))
                .otherwise("required if `images.labels_file` is given")
                .means("Their labels, as `images.labels_file`.");

        /** @param wantsLabels whether the labels of the private images are in a file of their own */
        Optional<ImageSpec.HeldOut> read(Section section, RunSpec.Labels labels, boolean wantsLabels) {
            if (section.isEmpty()) {
                return Optional.empty();
            }
            section.require(location, "must be a path, URI or table");
            if (labels != null && labels.names().size() < 2) {
                section.conflict(location, "a classifier needs two labels or more");
            }
            if (wantsLabels) {
                section.require(labelsFile, "images.labels_file is given: name that of these images");
            } else {
                section.refuse(labelsFile, "it needs images.labels_file");
            }
            return Optional.ofNullable(section.make(
                    () -> new ImageSpec.HeldOut(section.get(location), Optional.ofNullable(section.get(labelsFile)))));
        }
    }

    /** The settings of a public pool of images, which takes the place of a model. */
    static final class Pool extends Group<ImageSpec.Pool> {

        final Setting<String> location = optional(
                        "path", Text.location(), null, pool -> pool.images().location())
                .otherwise("required with `images.pool`")
                .free()
                .means("Folder of public images to draw from instead of a model; with labels, those of each label in a"
                        + " subfolder of its name.");
        final Setting<List<Integer>> neighbors = value(
                        "neighbors", Listed.of(Whole.between(1, 31)), List.of(8), ImageSpec.Pool::neighbors)
                .means("Number of nearest images that a variation is drawn from: one value per vote; the last value"
                        + " repeats.");
        final Setting<String> sha256 =
                FileSettings.checksum(this, "sha256", "the checksum of the pool", ImageSpec.Pool::images);

        ImageSpec.Pool read(Section section) {
            section.require(location, "name a folder of images");
            return section.make(() -> new ImageSpec.Pool(
                    new PublicFile(section.get(location), Optional.ofNullable(section.get(sha256))),
                    section.get(neighbors)));
        }
    }
}
