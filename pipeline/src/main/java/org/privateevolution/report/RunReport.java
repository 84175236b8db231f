package org.privateevolution.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.privateevolution.model.Evaluation.Correlations;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.PublishedValue;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

/**
 * Everything that the report of a run shows.
 *
 * @param name of the run
 * @param votes in order; empty if none was cast yet
 * @param marginals against the private data, OUTSIDE the guarantee; only on request, for tables
 * @param curves figures of each iteration, for texts and images; inside or OUTSIDE the guarantee
 * @param pictures of synthetic images
 * @param lineages of some published texts
 * @param verdict sentences about quality from inside the guarantee
 * @param associations of real and synthetic columns, OUTSIDE the guarantee; only on request, for tables
 * @param modelled associations of the synthetic rows, inside the guarantee; empty if there are no rows
 * @param released marginals as they were released, next to the synthetic ones, inside the guarantee; empty if none were
 *     released
 */
public record RunReport(
        String name,
        Instant finishedAt,
        PrivacyStatement guarantee,
        List<Vote> votes,
        Table synthetic,
        Optional<MarginalComparison> marginals,
        List<Curve> curves,
        List<Picture> pictures,
        List<Lineage> lineages,
        List<String> verdict,
        Optional<Correlations> associations,
        Optional<Modelled> modelled,
        List<ColumnMarginal> released) {

    public RunReport {
        votes = List.copyOf(votes);
        curves = List.copyOf(curves);
        pictures = List.copyOf(pictures);
        lineages = List.copyOf(lineages);
        verdict = List.copyOf(verdict);
        released = List.copyOf(released);
    }

    /** Whether the report shows anything that was drawn from the private data. */
    public boolean showsPrivate() {
        return marginals.isPresent()
                || associations.isPresent()
                || curves.stream().anyMatch(curve -> !curve.insideGuarantee());
    }

    /** The part of the report that is inside the guarantee: the same without everything drawn from the private data. */
    RunReport insideGuarantee() {
        return new RunReport(
                name,
                finishedAt,
                guarantee,
                votes,
                synthetic,
                Optional.empty(),
                curves.stream().filter(Curve::insideGuarantee).toList(),
                pictures,
                lineages,
                verdict,
                Optional.empty(),
                modelled,
                released);
    }

    /**
     * Associations of columns, computed from released data only.
     *
     * @param columns names, in the order of rows and columns
     * @param estimate associations of the weighted rows that explain all releases; empty without such an estimate
     */
    public record Modelled(List<String> columns, Optional<List<List<Double>>> estimate, List<List<Double>> synthetic) {
        public Modelled {
            columns = List.copyOf(columns);
            synthetic = List.copyOf(synthetic);
        }
    }

    /**
     * One figure over the iterations.
     *
     * @param values from iteration 0, the initial population, to the published samples; at least one
     */
    public record Curve(String metric, boolean insideGuarantee, List<Double> values) {
        public Curve {
            values = List.copyOf(values);
        }
    }

    /**
     * The ancestry of one published sample.
     *
     * @param label of the sample; empty if there is only one label
     * @param steps from its earliest known ancestor to the sample itself
     */
    public record Lineage(String label, List<Step> steps) {
        public Lineage {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One ancestor, or the published sample itself.
     *
     * @param iteration of its population: 0 for the initial one
     */
    public record Step(int iteration, String text) {}

    /**
     * A picture of synthetic images.
     *
     * @param png the picture in PNG format
     */
    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    public record Picture(String title, String caption, byte[] png) {}

    /**
     * What the run guarantees.
     *
     * @param sentence the whole guarantee in one sentence
     * @param epsilon infinite if nothing is guaranteed
     * @param unit the noun for whose presence is hidden: record or client
     * @param adjacency the relation of neighbouring data sets: add/remove or replace-one
     * @param releases every charge that the run made to the ledger, in order
     * @param ledger location of the ledger
     * @param fingerprint of the configuration
     * @param outlook a sentence on what epsilon means for future releases
     * @param dataSetEpsilon epsilon of all releases in the ledger, of all runs
     * @param conditions assumptions of the guarantee that this program cannot check
     */
    public record PrivacyStatement(
            String sentence,
            double epsilon,
            double delta,
            String unit,
            String adjacency,
            List<StatedRelease> releases,
            String ledger,
            String fingerprint,
            String outlook,
            double dataSetEpsilon,
            List<String> conditions) {
        public PrivacyStatement {
            releases = List.copyOf(releases);
            conditions = List.copyOf(conditions);
        }

        /** Whether anything is guaranteed. */
        boolean holds() {
            return Double.isFinite(epsilon);
        }
    }

    /**
     * One private release.
     *
     * @param name for example {@code vote 3}
     * @param noiseMultiplier noise standard deviation, in votes of L2 norm 1
     * @param epsilonSoFar epsilon of this and all earlier releases of the run
     */
    public record StatedRelease(String name, double noiseMultiplier, double epsilonSoFar) {}

    /**
     * One vote.
     *
     * @param iteration number of the vote, from 1
     * @param survivors number of candidates whose noisy votes were above the threshold
     * @param effectiveCandidates see {@code VoteMetrics}
     */
    public record Vote(int iteration, int candidates, int survivors, int selected, double effectiveCandidates) {}

    /**
     * Some of the synthetic data.
     *
     * @param columns names, the label first if there is one
     * @param rows text forms; null for a null
     * @param totalRows number of samples
     * @param noun what the samples are called, in the plural
     */
    public record Table(List<String> columns, List<List<String>> rows, long totalRows, String noun) {

        /** Number of rows that a report shows. */
        static final int SHOWN_ROWS = 16;

        public Table {
            columns = List.copyOf(columns);
            for (List<String> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException(
                            "a row of " + row.size() + " cells does not fit under " + columns.size() + " columns");
                }
            }
            rows = rows.stream()
                    .map(row -> Collections.unmodifiableList(new ArrayList<>(row)))
                    .toList();
        }

        /** Rows of a table. */
        public Table(List<String> columns, List<List<String>> rows, long totalRows) {
            this(columns, rows, totalRows, "rows");
        }

        /**
         * Selects rows at even distances from all synthetic samples, so that each label gets its share.
         *
         * @param labelColumn name of the label column; empty if there is none
         * @param labels text form of each label, in index order
         * @throws IllegalArgumentException if a sample is not a row of the schema
         */
        public static Table of(TableSchema schema, String labelColumn, List<String> labels, List<Sample> samples) {
            List<String> names = new ArrayList<>();
            if (!labelColumn.isEmpty()) {
                names.add(labelColumn);
            }
            schema.declared().forEach(column -> names.add(column.name()));
            int shown = Math.min(SHOWN_ROWS, samples.size());
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < shown; i++) {
                Sample sample = samples.get((int) ((long) i * samples.size() / shown));
                List<String> cells = new ArrayList<>(names.size());
                if (!labelColumn.isEmpty()) {
                    cells.add(labels.get(sample.label()));
                }
                addCells(schema, sample, cells);
                rows.add(cells);
            }
            return new Table(names, rows, samples.size());
        }

        /** Selects rows that also have a text, which becomes the last column. */
        public static Table ofRecords(
                TableSchema schema, String textColumn, String labelColumn, List<String> labels, List<Sample> samples) {
            Table columns = of(schema, labelColumn, labels, samples);
            List<List<String>> texts = ofTexts(textColumn, "", labels, samples).rows();
            List<String> names = new ArrayList<>(columns.columns());
            names.add(textColumn);
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                List<String> row = new ArrayList<>(columns.rows().get(i));
                row.addAll(texts.get(i));
                rows.add(row);
            }
            return new Table(names, rows, samples.size());
        }

        /** Selects texts at even distances from all synthetic samples. */
        public static Table ofTexts(String column, String labelColumn, List<String> labels, List<Sample> samples) {
            List<String> names = labelColumn.isEmpty() ? List.of(column) : List.of(labelColumn, column);
            int shown = Math.min(SHOWN_ROWS, samples.size());
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < shown; i++) {
                Sample sample = samples.get((int) ((long) i * samples.size() / shown));
                String text = sample.payload().text().orElseThrow().value();
                rows.add(labelColumn.isEmpty() ? List.of(text) : List.of(labels.get(sample.label()), text));
            }
            return new Table(names, rows, samples.size(), "texts");
        }

        /** The data of images, without rows. */
        public static Table ofImages(String column, String labelColumn, long images) {
            return new Table(
                    labelColumn.isEmpty() ? List.of(column) : List.of(labelColumn, column),
                    List.of(),
                    images,
                    "images");
        }

        private static void addCells(TableSchema schema, Sample sample, List<String> cells) {
            TableRow row = sample.payload()
                    .row()
                    .orElseThrow(() -> new IllegalArgumentException("sample " + sample.id() + " is not a table row"));
            schema.requireRow(row);
            int at = 0;
            for (LearntColumn column : schema.declared()) {
                cells.add(column.isNull(row, at) ? null : PublishedValue.text(column, row, at));
                at += column.width();
            }
        }
    }
}
