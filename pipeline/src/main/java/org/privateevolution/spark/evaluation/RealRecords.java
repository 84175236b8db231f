package org.privateevolution.spark.evaluation;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.model.Seed;
import org.privateevolution.spark.evaluation.SampledRecords.Choice;
import org.privateevolution.spark.evaluation.SampledRecords.Content;
import org.privateevolution.spark.evaluation.SampledRecords.Drawn;
import org.privateevolution.spark.evaluation.SampledRecords.Origin;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.source.PrivateDataException;

/**
 * Real records on two sides: those that the synthetic records were made from, and held-out ones. If none are held out,
 * a third of the real records is set aside in their place, drawn row by row or client by client. The records are kept
 * on the executors until this is closed.
 */
final class RealRecords implements AutoCloseable {

    private static final double SET_ASIDE = 1.0 / 3;

    private final Origins origins;
    private final Optional<String> client;
    private final EncodedTable all;
    private final EncodedTable given;
    private final EncodedTable training;
    private final EncodedTable held;

    /**
     * Where both sides are read from.
     *
     * @param holdout empty to set a third of the real table aside
     */
    private record Origins(Table real, Optional<Table> holdout, Seed seed) {}

    private RealRecords(Origins origins, Optional<String> client, EncodedTable all, EncodedTable given) {
        this.origins = origins;
        this.client = client;
        this.all = all;
        this.given = given;
        this.training = given == null ? all.part(trainingPart()) : all;
        this.held = given == null ? all.part(heldPart()) : given;
    }

    /**
     * Reads both sides.
     *
     * @param holdout empty to set a third of the real table aside
     * @param encoded converts a table, row by row, to one whose columns can be compared
     * @param columns columns to encode
     * @param texts further columns that are part of a record's identity
     * @param client column of the real table whose rows of equal value stay on one side; empty if each row may come on
     *     either side
     */
    static RealRecords of(
            Table real,
            Optional<Table> holdout,
            UnaryOperator<Table> encoded,
            List<ComparedColumn> columns,
            List<String> texts,
            Optional<String> client,
            Seed seed) {
        Optional<String> sides = holdout.isPresent() ? Optional.empty() : client;
        Table compared = encoded.apply(real);
        EncodedTable all =
                EncodedTable.of(compared.rows(), compared.location(), columns, texts, sides, seed.derive("real"));
        EncodedTable given = null;
        if (holdout.isPresent()) {
            Table second = encoded.apply(holdout.get());
            given = EncodedTable.of(
                    second.rows(), second.location(), columns, texts, Optional.empty(), seed.derive("holdout"));
        }
        RealRecords records = new RealRecords(new Origins(real, holdout, seed), sides, all, given);
        if (records.training.count() < 2) {
            records.close();
            throw new PrivateDataException(real.location() + " has fewer than two records, which cannot be compared");
        }
        return records;
    }

    /** The records that are set aside where none are held out. */
    static Part heldPart() {
        return new Part(SET_ASIDE, false);
    }

    /** All others. */
    static Part trainingPart() {
        return new Part(SET_ASIDE, true);
    }

    /** The records that the synthetic ones were made from. */
    EncodedTable training() {
        return training;
    }

    EncodedTable holdout() {
        return held;
    }

    /** Draws records of {@link #training}, in random order. */
    <T extends Serializable> List<Drawn<T>> drawTraining(String column, int most, Content<T> content) {
        return SampledRecords.sample(
                real(column), given == null ? trainingPart() : Part.ALL, training.count(), most, content);
    }

    /** Draws records of {@link #holdout}, in random order. */
    <T extends Serializable> List<Drawn<T>> drawHoldout(String column, int most, Content<T> content) {
        return given == null
                ? SampledRecords.sample(real(column), heldPart(), held.count(), most, content)
                : SampledRecords.sample(
                        new Origin(
                                origins.holdout().orElseThrow(),
                                column,
                                origins.seed().derive("holdout").value()),
                        Part.ALL,
                        held.count(),
                        most,
                        content);
    }

    /** The records of the real table that a choice selects. */
    <T extends Serializable> List<Drawn<T>> chosen(String column, Choice choice, Content<T> content) {
        return SampledRecords.chosen(real(column), choice, content);
    }

    private Origin real(String column) {
        return new Origin(origins.real(), column, origins.seed().derive("real").value(), client);
    }

    /** A sentence on records that were set aside; empty if records were held out. */
    Optional<String> note() {
        if (given != null) {
            return Optional.empty();
        }
        String how = client.map(column -> ", client by client (column " + column + "). ")
                .orElse(". ");
        String clients = client.isPresent()
                ? ""
                : " Records are drawn one by one: if people have several records, name the column that identifies"
                        + " people (--client).";
        return Optional.of("No held-out rows were given (--holdout): a random third of the real rows was set"
                + " aside in their"
                + " place" + how + "If the synthetic data was made from all of them, it was made from these, too:"
                + " then the figures on repetition say little, since synthetic records are as close to these as to the"
                + " others, and models are tested on records that the synthetic data was made from." + clients);
    }

    @Override
    public void close() {
        all.close();
        if (given != null) {
            given.close();
        }
    }
}
