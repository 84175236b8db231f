package org.privateevolution.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.privateevolution.spi.StoreException;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.MarginalQuery.Marginal;
import org.privateevolution.table.NumberCells;

/**
 * The query of a run's second marginals, and the vote that they follow. It is chosen in the course of the run and
 * recorded before it is counted: a release can only be read by the query that it answers, whatever a later start, or a
 * longer run, would have chosen.
 *
 * @param afterVote number of the vote that the second marginals follow, from 0
 */
public record SecondMarginals(int afterVote, MarginalQuery query) {

    private static final List<String> NAMES = List.of("first", "second", "third");

    /** The query of the second marginals of the run in {@code files}, if it has been chosen. */
    public static Optional<SecondMarginals> read(RunFiles files) {
        return read(files, 1);
    }

    /**
     * The query of later marginals of the run in {@code files}, if it has been chosen.
     *
     * @param which 1 for the second marginals, 2 for the third
     */
    public static Optional<SecondMarginals> read(RunFiles files, int which) {
        String where = files.location() + "/" + file(which);
        return files.read(file(which)).map(text -> parse(StoreJson.parseDocument(text, where)));
    }

    /**
     * Records the query.
     *
     * @throws StoreException if a query is recorded already
     */
    public void create(RunFiles files) {
        create(files, 1);
    }

    /** The same for later marginals. */
    public void create(RunFiles files, int which) {
        if (!files.create(file(which), StoreJson.line(json()) + "\n")) {
            throw new StoreException(
                    StoreException.Reason.HELD,
                    files.location() + "/" + file(which) + " exists already: another driver works on this run");
        }
    }

    private static String file(int which) {
        return NAMES.get(which) + "-marginals.json";
    }

    private static SecondMarginals parse(StoredObject stored) {
        List<NumberCells> numbers = new ArrayList<>();
        for (StoredObject cells : stored.objects("numbers")) {
            numbers.add(new NumberCells(boxed(cells.numbers("starts")), boxed(cells.numbers("spikes"))));
        }
        List<Marginal> marginals = new ArrayList<>();
        for (StoredObject marginal : stored.objects("marginals")) {
            marginals.add(new Marginal(marginal.integer("first"), marginal.integer("second")));
        }
        return new SecondMarginals(stored.integer("after_vote"), new MarginalQuery(numbers, marginals));
    }

    private static List<Double> boxed(double... codes) {
        return Arrays.stream(codes).boxed().toList();
    }

    private ObjectNode json() {
        ObjectNode node = StoreJson.document().put("after_vote", afterVote);
        ArrayNode numbers = node.putArray("numbers");
        for (NumberCells cells : query.numbers()) {
            ObjectNode column = numbers.addObject();
            ArrayNode starts = column.putArray("starts");
            cells.starts().forEach(starts::add);
            ArrayNode spikes = column.putArray("spikes");
            cells.spikes().forEach(spikes::add);
        }
        ArrayNode marginals = node.putArray("marginals");
        for (Marginal marginal : query.marginals()) {
            marginals.addObject().put("first", marginal.first()).put("second", marginal.second());
        }
        return node;
    }
}
