package org.privateevolution.spark.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.privateevolution.evolution.Ancestry;
import org.privateevolution.image.ContactSheet;
import org.privateevolution.image.Png;
import org.privateevolution.model.Image;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.report.RunReport;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.store.RunFiles;

/**
 * Sheets of synthetic images: some of each label from every population ({@code grids/iteration-NNN.png}), and the
 * ancestry of some published images ({@code grids/evolution.png}).
 */
final class ImageSheets {

    private static final String DIRECTORY = "grids";
    private static final int CELLS = 100;
    private static final int MOST_A_ROW = 10;
    private static final int LEAST_A_ROW = 4;
    private static final int MOST_ROWS = 40;
    private static final int MOST_LINEAGES = 10;
    private static final int LEAST_CELL = 56;
    private static final int MOST_CELL = 128;
    private static final int GAP = 4;

    private final RunSpec spec;
    private final ImageRenderer renderer;
    private final RunFiles output;

    ImageSheets(RunSpec spec, ImageRenderer renderer, RunFiles output) {
        this.spec = spec;
        this.renderer = renderer;
        this.output = output;
    }

    /**
     * Writes the sheets, and returns those that a report shows.
     *
     * @param populations populations by iteration, from 0 to {@code last}, which is published
     */
    List<RunReport.Picture> write(IntFunction<Population> populations, int last) {
        List<RunReport.Picture> shown = new ArrayList<>();
        for (int iteration = 0; iteration <= last; iteration++) {
            byte[] grid = grid(populations.apply(iteration));
            output.in(DIRECTORY).write(String.format(Locale.ROOT, "iteration-%03d.png", iteration), grid);
            if (iteration == 0 || iteration == last) {
                String title = iteration == 0 ? "The initial population" : "What is published";
                shown.add(new RunReport.Picture(title, rows(), grid));
            }
        }
        byte[] strip = strip(populations, last);
        output.in(DIRECTORY).write("evolution.png", strip);
        shown.add(new RunReport.Picture(
                "How some of them were made",
                "Each row is one published image and its ancestors, from the initial population on the left.",
                strip));
        return shown;
    }

    private String rows() {
        List<String> labels = spec.labels().names();
        return labels.size() == 1
                ? "A sample of the images in the population."
                : "A sample of the images, one row per label: "
                        + String.join(", ", labels.subList(0, Math.min(MOST_ROWS, labels.size()))) + ".";
    }

    private byte[] grid(Population population) {
        int labels = spec.labels().names().size();
        int[] offsets = population.labelOffsets(labels);
        int rowsShown = Math.min(MOST_ROWS, labels);
        int columns = labels == 1 ? MOST_A_ROW : Math.max(LEAST_A_ROW, Math.min(MOST_A_ROW, CELLS / labels));
        int each = labels == 1 ? CELLS : columns;
        List<Pixels> cells = new ArrayList<>();
        for (int label = 0; label < rowsShown; label++) {
            int size = offsets[label + 1] - offsets[label];
            int shown = Math.min(each, size);
            for (int i = 0; i < shown; i++) {
                int index = offsets[label] + (int) ((long) i * size / shown);
                cells.add(rendered(population.samples().get(index)));
            }
            if (labels > 1) {
                cells.addAll(Collections.nCopies(columns - shown, blank()));
            }
        }
        return sheet(columns, cells);
    }

    private byte[] strip(IntFunction<Population> populations, int last) {
        List<Pixels> cells = new ArrayList<>();
        Ancestry.of(populations, last, ends(populations.apply(last)))
                .forEach(line -> line.forEach(
                        sample -> cells.add(sample.map(this::rendered).orElseGet(ImageSheets::blank))));
        return sheet(last + 1, cells);
    }

    /** One published sample per label, or several if there is only one label. */
    private List<Sample> ends(Population published) {
        int labels = spec.labels().names().size();
        int[] offsets = published.labelOffsets(labels);
        List<Sample> ends = new ArrayList<>();
        int each = Math.max(1, Math.min(LEAST_A_ROW, MOST_LINEAGES / labels));
        for (int label = 0; label < labels && ends.size() < MOST_LINEAGES; label++) {
            int size = offsets[label + 1] - offsets[label];
            for (int i = 0; i < Math.min(each, size); i++) {
                ends.add(published.samples().get(offsets[label] + (int) ((long) i * size / each)));
            }
        }
        return ends;
    }

    private byte[] sheet(int columns, List<Pixels> cells) {
        if (cells.isEmpty()) {
            return Png.encode(blank());
        }
        int width = cells.stream().mapToInt(Pixels::width).max().orElseThrow();
        int height = cells.stream().mapToInt(Pixels::height).max().orElseThrow();
        double scale = Math.max(1, (double) LEAST_CELL / Math.max(width, height));
        scale = Math.min(scale, (double) MOST_CELL / Math.max(width, height));
        return Png.encode(new ContactSheet(
                        columns,
                        Math.max(1, (int) Math.round(width * scale)),
                        Math.max(1, (int) Math.round(height * scale)),
                        GAP)
                .of(cells));
    }

    private Pixels rendered(Sample sample) {
        return renderer.render((Image) sample.payload());
    }

    private static Pixels blank() {
        byte[] white = new byte[Pixels.CHANNELS];
        Arrays.fill(white, (byte) 255);
        return new Pixels(1, 1, white);
    }
}
