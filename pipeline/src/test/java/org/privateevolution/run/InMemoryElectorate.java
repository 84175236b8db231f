package org.privateevolution.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;

/** A test double: rows in memory, one vote per record, counted exactly by the product's kernels. */
final class InMemoryElectorate implements Electorate {

    private final RunSpec spec;
    private final List<Sample> records;
    private final TabularEmbedder embedder;
    private final List<String> questions = new ArrayList<>();

    InMemoryElectorate(RunSpec spec, List<Sample> records) {
        this.spec = spec;
        this.records = records;
        this.embedder = TabularEmbedder.of(spec.tabular());
    }

    /** What was asked, in order. */
    List<String> questions() {
        return questions;
    }

    @Override
    public Votes nearest(String stage, float[] vectors, int dimension, int... labelOffsets) {
        questions.add(stage);
        NearestNeighborKernel kernel = Kernels.scalar();
        VoteHistogram histogram = new VoteHistogram(vectors.length / dimension);
        for (int label = 0; label < labelOffsets.length - 1; label++) {
            int offset = labelOffsets[label];
            float[] candidates = Arrays.copyOfRange(vectors, offset * dimension, labelOffsets[label + 1] * dimension);
            int k = Math.min(spec.vote().neighbors(), candidates.length / dimension);
            if (k == 0) {
                continue;
            }
            CandidateIndex index = kernel.index(spec.vote().metric(), dimension, List.of(candidates));
            long[] votes = new long[k];
            Arrays.fill(votes, VoteGrid.vote(k));
            for (Sample row : of(label)) {
                int[] nearest = new int[k];
                index.search(embedder.embed(List.of(row.payload())), 0, 1, k, nearest);
                int[] chosen = Arrays.stream(nearest)
                        .map(candidate -> offset + candidate)
                        .sorted()
                        .toArray();
                histogram.addUnit(chosen, votes);
            }
        }
        return new Votes(histogram, new SearchEffort(0, 0, 0, 0, Set.of(kernel.name())));
    }

    @Override
    public VoteHistogram labels() {
        questions.add("labels");
        VoteHistogram histogram = new VoteHistogram(spec.labels().names().size());
        records.forEach(row -> histogram.addUnit(new int[] {row.label()}, new long[] {VoteGrid.vote(1)}));
        return histogram;
    }

    @Override
    public VoteHistogram cells(String stage, MarginalQuery query) {
        questions.add(stage);
        MarginalCells cells =
                new MarginalCells(spec.tabular().schema(), spec.labels().names().size(), query);
        VoteHistogram histogram = new VoteHistogram(cells.size());
        long[] votes = new long[cells.marginals()];
        Arrays.fill(votes, VoteGrid.vote(votes.length));
        for (Sample row : records) {
            int[] chosen = new int[votes.length];
            cells.cells(row.label(), (TableRow) row.payload(), chosen);
            histogram.addUnit(chosen, votes);
        }
        return histogram;
    }

    private List<Sample> of(int label) {
        return records.stream().filter(row -> row.label() == label).toList();
    }
}
