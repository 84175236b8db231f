package org.privateevolution.evaluation.outside;

import java.util.Arrays;

/**
 * Computes eigenvalues of a symmetric tridiagonal matrix by the QL iteration with implicit Wilkinson shifts (Golub and
 * Van Loan, Matrix Computations, 4th ed., section 8.3; QL rather than QR, from the last row up).
 */
final class TridiagonalEigenvalues {

    /** Two or three sweeps are usual, and the iteration is known to converge. */
    private static final int MAX_SWEEPS = 60;

    private static final double UNIT_ROUNDOFF = 0x1p-53;

    private TridiagonalEigenvalues() {}

    /**
     * The eigenvalues, in no particular order; the error of each is the rounding of the largest.
     *
     * @param diagonal overwritten with the eigenvalues
     * @param beside the entries beside the diagonal, one fewer; overwritten
     */
    static double[] of(double[] diagonal, double[] beside) {
        double[] off = Arrays.copyOf(beside, diagonal.length);
        double negligible = UNIT_ROUNDOFF * Math.max(largest(diagonal), largest(off));
        for (int first = 0; first < diagonal.length; first++) {
            int sweeps = 0;
            for (int last = blockEnd(off, first, negligible); last > first; last = blockEnd(off, first, negligible)) {
                if (++sweeps > MAX_SWEEPS) {
                    throw new ArithmeticException("eigenvalues did not converge in " + MAX_SWEEPS + " sweeps");
                }
                sweep(diagonal, off, first, last);
            }
        }
        return diagonal;
    }

    /** The last row of the block that starts at {@code first}; a negligible entry ends a block. */
    private static int blockEnd(double[] off, int first, double negligible) {
        int last = first;
        while (last < off.length - 1 && Math.abs(off[last]) > negligible) {
            last++;
        }
        return last;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Applies one rotation per pair of rows, from the block's last row up to its first. */
    private static void sweep(double[] diagonal, double[] off, int first, int last) {
        double half = (diagonal[first + 1] - diagonal[first]) / (2 * off[first]);
        double shift = diagonal[first] - off[first] / (half + Math.copySign(Math.hypot(half, 1), half));
        double bulge = diagonal[last] - shift;
        double sine = 1;
        double cosine = 1;
        double carried = 0;
        for (int i = last - 1; i >= first; i--) {
            double outer = sine * off[i];
            double inner = cosine * off[i];
            double length = Math.hypot(outer, bulge);
            off[i + 1] = length;
            if (length == 0) {
                // The block has split on its own.
                diagonal[i + 1] -= carried;
                off[last] = 0;
                return;
            }
            sine = outer / length;
            cosine = bulge / length;
            double rest = diagonal[i + 1] - carried;
            double turned = (diagonal[i] - rest) * sine + 2 * cosine * inner;
            carried = sine * turned;
            diagonal[i + 1] = rest + carried;
            bulge = cosine * turned - inner;
        }
        diagonal[first] -= carried;
        off[first] = bulge;
        off[last] = 0;
    }
}
