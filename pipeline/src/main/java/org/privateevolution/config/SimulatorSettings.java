package org.privateevolution.config;

import java.util.List;
import java.util.function.Function;
import org.privateevolution.model.DrawTextSettings;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Range;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Schedule;

/** The sections of the simulators that generate images. */
final class SimulatorSettings {

    private static final Listed<Double> SHARES = Listed.of(Real.SHARE);
    private static final Listed<Double> DISTANCES = Listed.of(Real.NOT_NEGATIVE);

    private SimulatorSettings() {}

    private static <R> Function<R, List<Double>> values(Function<R, Schedule> of) {
        return record -> of.apply(record).values();
    }

    /** The settings of text drawn with fonts. */
    static final class DrawText extends Group<ImageSpec.DrawText> {

        final FileSettings fonts = FileSettings.in(
                this,
                "fonts",
                "path or URI",
                "required with `images.draw_text`",
                "Folder whose `.ttf` and `.otf` files, subfolders included, the labels are drawn with.",
                "the checksum of the fonts",
                ImageSpec.DrawText::fonts);
        final Setting<Integer> width = value("width", ImageSettings.SIDE, 28, settings(DrawTextSettings::width))
                .means("Pixels per row.");
        final Setting<Integer> height = value("height", ImageSettings.SIDE, 28, settings(DrawTextSettings::height))
                .means("Rows.");
        final Setting<List<String>> texts = optional("texts", Listed.perLabel(), null, ImageSpec.DrawText::texts)
                .otherwise("the labels")
                .means("Text that is drawn for each label, in the order of `labels.values`.");
        final Setting<Range> size = value(
                        "size", new Ends(Real.POSITIVE), new Range(10, 29), settings(DrawTextSettings::size))
                .means("Font size, in pixels per em.");
        final Setting<Range> stroke = value(
                        "stroke", new Ends(Real.NOT_NEGATIVE), new Range(0, 2), settings(DrawTextSettings::stroke))
                .means("Pixels by which outlines are widened to either side.");
        final Setting<Range> rotation = value(
                        "rotation",
                        new Ends(Real.between(-180, 180)),
                        new Range(-30, 30),
                        settings(DrawTextSettings::rotation))
                .means("Degrees, clockwise.");
        final Variation variation = mount("variation", new Variation(), settings(DrawTextSettings::degrees));

        private static <T> Function<ImageSpec.DrawText, T> settings(Function<DrawTextSettings, T> of) {
            return draw -> of.apply(draw.settings());
        }

        /** @param labels null if the labels are wrong, which has been noted as a problem */
        ImageSpec.DrawText read(Section section, RunSpec.Labels labels) {
            section.require(fonts.location(), "name a folder of font files");
            ImageSettings.checkPerLabel(section, texts, labels);
            List<String> names = labels == null ? List.of() : labels.names();
            if (!section.has(texts) && names.stream().anyMatch(String::isBlank)) {
                section.conflict("a label is blank and cannot be drawn: give draw_text.texts");
            }
            DrawTextSettings.Degrees degrees = variation.read(section.open(variation));
            return section.make(() -> new ImageSpec.DrawText(
                    fonts.read(section),
                    section.has(texts) ? section.get(texts) : names,
                    new DrawTextSettings(
                            section.get(width),
                            section.get(height),
                            section.get(size),
                            section.get(stroke),
                            section.get(rotation),
                            degrees)));
        }

        /** How far a variation may be from its parent. */
        static final class Variation extends Group<DrawTextSettings.Degrees> {

            final Setting<List<Double>> font = value(
                            "font", SHARES, List.of(1.0, 0.8, 0.4, 0.2, 0.0), values(DrawTextSettings.Degrees::font))
                    .means("Probability that a variation has another font: one value per vote; the last value"
                            + " repeats.");
            final Setting<List<Double>> size = value(
                            "size", DISTANCES, List.of(6.0, 5.0, 4.0, 3.0, 2.0), values(DrawTextSettings.Degrees::size))
                    .means("Largest difference of its size from its parent's.");
            final Setting<List<Double>> stroke = value(
                            "stroke",
                            DISTANCES,
                            List.of(1.0, 1.0, 1.0, 0.0, 0.0),
                            values(DrawTextSettings.Degrees::stroke))
                    .means("Largest difference of its stroke from its parent's.");
            final Setting<List<Double>> rotation = value(
                            "rotation",
                            DISTANCES,
                            List.of(11.0, 9.0, 7.0, 5.0, 3.0),
                            values(DrawTextSettings.Degrees::rotation))
                    .means("Largest difference of its rotation from its parent's.");

            DrawTextSettings.Degrees read(Section section) {
                return section.make(() -> new DrawTextSettings.Degrees(
                        new Schedule(section.get(font)),
                        Schedule.of(0),
                        new Schedule(section.get(size)),
                        new Schedule(section.get(stroke)),
                        new Schedule(section.get(rotation))));
            }
        }
    }

    /** The settings of portraits drawn by rules. */
    static final class Avatar extends Group<ImageSpec.Avatar> {

        final Setting<Integer> width =
                value("width", ImageSettings.SIDE, 64, ImageSpec.Avatar::width).means("Pixels per row of a portrait.");
        final Setting<Integer> height = value("height", ImageSettings.SIDE, 64, ImageSpec.Avatar::height)
                .means("Rows of a portrait.");
        final Setting<List<Double>> redraw = value(
                        "redraw", SHARES, List.of(0.5, 0.4, 0.3, 0.2, 0.1), values(ImageSpec.Avatar::redraw))
                .means("Probability that a variation redraws one of its choices, such as the hair's style: one value"
                        + " per vote; the last value repeats.");
        final Setting<List<Double>> step = value(
                        "step", SHARES, List.of(0.3, 0.2, 0.15, 0.1, 0.05), values(ImageSpec.Avatar::step))
                .means("The most that a variation moves a number, such as the face's width, as a share of its range,"
                        + " by completed votes.");

        ImageSpec.Avatar read(Section section) {
            return section.make(() -> new ImageSpec.Avatar(
                    section.get(width),
                    section.get(height),
                    new Schedule(section.get(redraw)),
                    new Schedule(section.get(step))));
        }
    }
}
