package org.privateevolution.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A histogram of the canaries' standardised scores, for a chart: cells of equal width; scores beyond the ends count in
 * the first or last cell.
 *
 * @param start of the first cell
 * @param width of a cell
 * @param in number of canaries that were in, by cell
 * @param out number of canaries that were out, by cell
 */
public record ScoreCounts(double start, double width, List<Integer> in, List<Integer> out) {

    private static final double WIDTH = 0.25;
    private static final double MARGIN = 4;

    public ScoreCounts {
        in = List.copyOf(in);
        out = List.copyOf(out);
    }

    /** The scores of all runs. */
    static ScoreCounts of(List<AuditedRun> runs, double mu) {
        int cells = (int) Math.ceil((2 * MARGIN + mu) / WIDTH);
        List<Integer> in = new ArrayList<>(Collections.nCopies(cells, 0));
        List<Integer> out = new ArrayList<>(in);
        for (AuditedRun run : runs) {
            double[] scores = run.standardScores();
            for (int i = 0; i < scores.length; i++) {
                int cell = (int) Math.floor((scores[i] + MARGIN) / WIDTH);
                List<Integer> side = run.isIn(i) ? in : out;
                int place = Math.max(0, Math.min(cells - 1, cell));
                side.set(place, side.get(place) + 1);
            }
        }
        return new ScoreCounts(-MARGIN, WIDTH, in, out);
    }
}
