package org.privateevolution.spark.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.run.Electorate;
import org.privateevolution.run.SearchEffort;
import org.privateevolution.spark.audit.Canaries.Owned;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;

/**
 * A test double: canaries in memory that vote as private records do, or with one fault. Finds candidates that lie on
 * a record, and no others.
 */
final class FaultyElectorate implements Electorate {

    private final RunSpec spec;
    private final Fault fault;
    private final Map<String, List<Owned>> units = new TreeMap<>();
    private final Inventor inventor;

    FaultyElectorate(RunSpec spec, Inventor inventor, List<Owned> records, Fault fault) {
        this.spec = spec;
        this.fault = fault;
        this.inventor = inventor;
        records.forEach(owned ->
                units.computeIfAbsent(owned.client(), any -> new ArrayList<>()).add(owned));
    }

    /** What one record chooses. */
    private interface Choice {
        int[] of(Owned owned);
    }

    @Override
    public Votes nearest(String stage, float[] vectors, int dimension, int... labelOffsets) {
        Map<ByteBuffer, List<Integer>> candidates = new HashMap<>();
        for (int label = 0; label < labelOffsets.length - 1; label++) {
            for (int candidate = labelOffsets[label]; candidate < labelOffsets[label + 1]; candidate++) {
                candidates
                        .computeIfAbsent(key(label, vectors, candidate * dimension), any -> new ArrayList<>())
                        .add(candidate);
            }
        }
        VoteHistogram histogram = count(
                vectors.length / dimension,
                owned ->
                        candidates
                                .get(key(
                                        owned.record().label(),
                                        inventor.embed(List.of(owned.record().payload())),
                                        0))
                                .stream()
                                .mapToInt(Integer::intValue)
                                .toArray());
        return new Votes(histogram, SearchEffort.NONE);
    }

    private ByteBuffer key(int label, float[] vectors, int at) {
        ByteBuffer key = ByteBuffer.allocate(Integer.BYTES + inventor.dimension() * Float.BYTES);
        key.putInt(label);
        for (int i = 0; i < inventor.dimension(); i++) {
            key.putFloat(vectors[at + i]);
        }
        return key.flip();
    }

    @Override
    public VoteHistogram labels() {
        return count(
                spec.labels().names().size(), owned -> new int[] {owned.record().label()});
    }

    @Override
    public VoteHistogram cells(String stage, MarginalQuery query) {
        MarginalCells cells =
                new MarginalCells(spec.tabular().schema(), spec.labels().names().size(), query);
        if (spec.modality().clients().isPresent()) {
            return joined(cells);
        }
        return count(cells.size(), owned -> {
            int[] chosen = new int[cells.marginals()];
            cells.cells(owned.record().label(), (TableRow) owned.record().payload(), chosen);
            return chosen;
        });
    }

    private VoteHistogram joined(MarginalCells cells) {
        VoteHistogram histogram = new VoteHistogram(cells.size());
        int[] chosen = new int[cells.marginals()];
        long[] votes = new long[chosen.length];
        Arrays.fill(votes, VoteGrid.vote(chosen.length));
        for (List<Owned> unit : units.values()) {
            SortedMap<Integer, Integer> counts = new TreeMap<>();
            List<TableRow> rows = ((ClientRecord) unit.get(0).record().payload()).rows();
            for (TableRow row : rows) {
                cells.cells(unit.get(0).record().label(), row, chosen);
                if (fault == Fault.ROWS_AS_RECORDS) {
                    histogram.addUnit(chosen, votes);
                }
                for (int cell : chosen) {
                    counts.merge(cell, 1, Integer::sum);
                }
            }
            if (fault != Fault.ROWS_AS_RECORDS) {
                histogram.addUnit(
                        counts.keySet().stream().mapToInt(Integer::intValue).toArray(),
                        VoteGrid.clientMeans(
                                counts.values().stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray(),
                                rows.size(),
                                chosen.length));
            }
        }
        return histogram;
    }

    private VoteHistogram count(int candidates, Choice choice) {
        VoteHistogram histogram = new VoteHistogram(candidates);
        for (List<Owned> unit : units.values()) {
            for (int time = 0; time < times(unit); time++) {
                if (spec.countedUnit() == PrivacyUnit.RECORD) {
                    unit.forEach(owned -> castRecord(histogram, choice.of(owned)));
                } else if (fault == Fault.CLIENT_NORM_BY_LABEL) {
                    for (int label = 0; label < spec.labels().names().size(); label++) {
                        int only = label;
                        castClient(
                                histogram,
                                unit.stream()
                                        .filter(owned -> owned.record().label() == only)
                                        .toList(),
                                choice);
                    }
                } else {
                    castClient(histogram, unit, choice);
                }
            }
        }
        return histogram;
    }

    private int times(List<Owned> unit) {
        return switch (fault) {
            case VOTE_TWICE -> 2;
            case ROWS_AS_RECORDS ->
                ((ClientRecord) unit.get(0).record().payload()).rows().size();
            default -> 1;
        };
    }

    private void castRecord(VoteHistogram histogram, int... chosen) {
        if (fault == Fault.WHOLE_VOTES) {
            for (int candidate : chosen) {
                histogram.addUnit(new int[] {candidate}, new long[] {VoteGrid.vote(1)});
            }
            return;
        }
        long[] votes = new long[chosen.length];
        Arrays.fill(votes, VoteGrid.vote(chosen.length));
        histogram.addUnit(chosen, votes);
    }

    private static void castClient(VoteHistogram histogram, List<Owned> records, Choice choice) {
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (Owned owned : records) {
            for (int candidate : choice.of(owned)) {
                counts.merge(candidate, 1, Integer::sum);
            }
        }
        histogram.addUnit(
                counts.keySet().stream().mapToInt(Integer::intValue).toArray(),
                VoteGrid.clientVotes(
                        counts.values().stream().mapToInt(Integer::intValue).toArray()));
    }
}
