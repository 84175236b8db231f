package org.privateevolution.spark.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.privateevolution.audit.Imprint;
import org.privateevolution.audit.Votes;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.model.Text;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.run.ProbeLoop.Probes;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;

/**
 * The canaries of a run: invented units, spread over the labels, each with a coin that decides whether it is in. Under
 * replace-one, another unit takes the place of a canary that is out. Each record has a vector that no other record of
 * its label has, and as many probes at this vector as a record votes for.
 *
 * <p>If the privacy unit is the record, a canary is one record. If it is the client, a canary is one client with five
 * records of four labels (of all labels, if there are fewer), of which two records are equal: its vote vector has norm
 * 1 only if it is normalised over all labels together, by its counts. A client with child tables is one record, with
 * all its rows.
 */
final class Canaries {

    /** Labels of a client's records, relative to the label of the first record, which occurs twice. */
    private static final int[] CLIENT = {0, 1, 2, 3};

    private static final int ATTEMPTS = 50;

    /**
     * A record.
     *
     * @param times how often it occurs
     */
    record Record(int label, Payload payload, int times) {}

    /**
     * A record with its unit.
     *
     * @param client name of the unit
     */
    record Owned(Record record, String client) {}

    private final List<List<Record>> in = new ArrayList<>();
    private final List<List<Record>> out = new ArrayList<>();
    private final boolean[] coins;
    private final int labels;
    private final int neighbors;
    private final int dimension;
    private final float[] vectors;
    /** Index of each record's first probe, by the record's place. */
    private final int[] probes;

    private final int[] probeLabels;

    /** Invents canaries and flips their coins. */
    static Canaries invented(RunSpec spec, Inventor inventor, int canaries, SplittableRandom random) {
        return new Canaries(spec, inventor, canaries, random);
    }

    private Canaries(RunSpec spec, Inventor inventor, int canaries, SplittableRandom random) {
        this.labels = spec.labels().names().size();
        this.neighbors = spec.vote().neighbors();
        this.dimension = inventor.dimension();
        this.coins = new boolean[canaries];
        int[] shape = spec.countedUnit() == PrivacyUnit.CLIENT ? CLIENT : new int[] {0};
        boolean replaced = spec.privacy().adjacency() == Adjacency.REPLACE_ONE;
        Distinct distinct = new Distinct(inventor, random);
        int[] places = new int[canaries * shape.length * (replaced ? 2 : 1)];
        for (int i = 0; i < canaries; i++) {
            for (int r = 0; r < shape.length; r++) {
                int place = i * shape.length + r;
                places[place] = (i + shape[r]) % labels;
                if (replaced) {
                    // Records of different labels share no cell.
                    places[canaries * shape.length + place] = (i + shape[r] + 1) % labels;
                }
            }
        }
        List<Payload> payloads = distinct.payloads(places, canaries * shape.length);
        this.vectors = distinct.vectors();
        for (int i = 0; i < canaries; i++) {
            in.add(unit(places, payloads, i * shape.length, shape.length));
            out.add(replaced ? unit(places, payloads, (canaries + i) * shape.length, shape.length) : List.of());
            coins[i] = random.nextBoolean();
        }
        requireBothSides();
        this.probes = new int[places.length];
        this.probeLabels = places;
        int next = 0;
        for (int label = 0; label < labels; label++) {
            for (int place = 0; place < places.length; place++) {
                if (places[place] == label) {
                    probes[place] = next;
                    next += neighbors;
                }
            }
        }
    }

    /** With 20 canaries, the fewest allowed, all coins fall on one side once in 500,000 audits. */
    private void requireBothSides() {
        for (boolean coin : coins) {
            if (coin != coins[0]) {
                return;
            }
        }
        throw new ConfigurationException(List.of("--seed: all " + coins.length
                + " coins fell on one side, so nothing can be compared: choose another seed, or more --canaries"));
    }

    private static List<Record> unit(int[] labels, List<Payload> payloads, int first, int records) {
        List<Record> unit = new ArrayList<>();
        for (int r = 0; r < records; r++) {
            int times = records > 1 && r == 0 ? 2 : 1;
            unit.add(new Record(labels[first + r], payloads.get(first + r), times));
        }
        return unit;
    }

    /** Whether each canary is in. */
    boolean[] coins() {
        return coins.clone();
    }

    int size() {
        return coins.length;
    }

    /** The records of the run: those of the canaries that are in, and those that replace the canaries that are out. */
    List<Owned> records() {
        List<Owned> records = new ArrayList<>();
        for (int i = 0; i < coins.length; i++) {
            for (Record record : (coins[i] ? in : out).get(i)) {
                String client = String.format(Locale.ROOT, "canary-%06d%s", i, coins[i] ? "" : "-out");
                for (int copy = 0; copy < record.times(); copy++) {
                    records.add(new Owned(record, client));
                }
            }
        }
        return records;
    }

    /** The first record of each canary, in or not. */
    List<Record> firsts() {
        return in.stream().map(unit -> unit.get(0)).toList();
    }

    /** The candidates of every vote. */
    Probes probes() {
        int count = probes.length * neighbors;
        Sample[] samples = new Sample[count];
        float[] standing = new float[count * dimension];
        for (int place = 0; place < probes.length; place++) {
            for (int copy = 0; copy < neighbors; copy++) {
                int probe = probes[place] + copy;
                samples[probe] = new Sample("probe-" + probe, probeLabels[place], new Text("probe " + probe), "");
                System.arraycopy(vectors, place * dimension, standing, probe * dimension, dimension);
            }
        }
        return new Probes(List.of(samples), standing, dimension);
    }

    /** The votes of the canaries for their probes. */
    Imprint ofVotes() {
        int records = in.get(0).size();
        return imprint(probes.length * neighbors, (unit, place, counts) -> {
            for (int r = 0; r < records; r++) {
                for (int copy = 0; copy < neighbors; copy++) {
                    counts.merge(probes[place + r] + copy, unit.get(r).times(), Integer::sum);
                }
            }
        });
    }

    /** The votes of the canaries in a count of labels. */
    Imprint ofLabels() {
        return imprint(
                labels,
                (unit, place, counts) ->
                        unit.forEach(record -> counts.merge(record.label(), record.times(), Integer::sum)));
    }

    /** The votes of the canaries in marginals. */
    Imprint ofCells(TableSchema schema, MarginalQuery query) {
        MarginalCells cells = new MarginalCells(schema, labels, query);
        int[] chosen = new int[cells.marginals()];
        return imprint(cells.size(), (unit, place, counts) -> {
            for (Record record : unit) {
                cells.cells(record.label(), (TableRow) record.payload(), chosen);
                for (int cell : chosen) {
                    counts.merge(cell, record.times(), Integer::sum);
                }
            }
        });
    }

    /** The votes of canaries with child tables in marginals of joined rows. */
    Imprint ofJoinedCells(TableSchema joined, MarginalQuery query) {
        MarginalCells cells = new MarginalCells(joined, labels, query);
        return new Imprint(cells.size(), means(in, cells), means(out, cells));
    }

    private static List<Votes> means(List<List<Record>> units, MarginalCells cells) {
        int[] chosen = new int[cells.marginals()];
        List<Votes> votes = new ArrayList<>();
        for (List<Record> unit : units) {
            Map<Integer, Integer> counts = new HashMap<>();
            int rows = 0;
            for (Record record : unit) {
                for (TableRow row : ((ClientRecord) record.payload()).rows()) {
                    cells.cells(record.label(), row, chosen);
                    for (int cell : chosen) {
                        counts.merge(cell, 1, Integer::sum);
                    }
                    rows++;
                }
            }
            votes.add(unit.isEmpty() ? Votes.NONE : Votes.ofMeans(counts, rows, chosen.length));
        }
        return votes;
    }

    /** Counts what a unit chooses. */
    private interface Choice {
        /** @param place place of the unit's first record */
        void count(List<Record> unit, int place, Map<Integer, Integer> counts);
    }

    private Imprint imprint(int cells, Choice choice) {
        return new Imprint(
                cells, votes(in, 0, choice), votes(out, in.size() * in.get(0).size(), choice));
    }

    private static List<Votes> votes(List<List<Record>> units, int first, Choice choice) {
        List<Votes> votes = new ArrayList<>();
        int place = first;
        for (List<Record> unit : units) {
            Map<Integer, Integer> counts = new HashMap<>();
            if (!unit.isEmpty()) {
                choice.count(unit, place, counts);
            }
            votes.add(Votes.ofCounts(counts));
            place += unit.size();
        }
        return votes;
    }

    /** Invents records until no two records of a label have the same vector. */
    private static final class Distinct {

        private final Inventor inventor;
        private final SplittableRandom random;
        private final List<Payload> payloads = new ArrayList<>();
        private float[] vectors;

        Distinct(Inventor inventor, SplittableRandom random) {
            this.inventor = inventor;
            this.random = random;
        }

        /**
         * Invents a record for each place.
         *
         * @param half place from which on each record is the opposite of the record {@code half} places before
         */
        List<Payload> payloads(int[] labels, int half) {
            int dimension = inventor.dimension();
            vectors = new float[Math.multiplyExact(labels.length, dimension)];
            for (int place = 0; place < labels.length; place++) {
                payloads.add(invent(place, half));
            }
            List<Integer> open =
                    new ArrayList<>(IntStream.range(0, labels.length).boxed().toList());
            Set<ByteBuffer> taken = new HashSet<>();
            for (int attempt = 0; !open.isEmpty(); attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new ConfigurationException(List.of("the audit needs " + labels.length
                            + " invented records that differ, and has found "
                            + (labels.length - open.size()) + ": " + inventor.remedy()));
                }
                float[] embedded =
                        inventor.embed(open.stream().map(payloads::get).toList());
                List<Integer> again = new ArrayList<>();
                for (int i = 0; i < open.size(); i++) {
                    int place = open.get(i);
                    if (taken.add(key(labels[place], embedded, i * dimension, dimension))) {
                        System.arraycopy(embedded, i * dimension, vectors, place * dimension, dimension);
                    } else {
                        payloads.set(place, invent(place, half));
                        again.add(place);
                    }
                }
                open = again;
            }
            return payloads;
        }

        private Payload invent(int place, int half) {
            return place < half ? inventor.invent(random) : inventor.opposite(payloads.get(place - half), random);
        }

        private static ByteBuffer key(int label, float[] vectors, int at, int dimension) {
            ByteBuffer key = ByteBuffer.allocate(Integer.BYTES + dimension * Float.BYTES);
            key.putInt(label);
            for (int i = 0; i < dimension; i++) {
                key.putFloat(vectors[at + i]);
            }
            return key.flip();
        }

        float[] vectors() {
            return vectors;
        }
    }
}
