package org.privateevolution.discovery;

/**
 * Public cells for numbers of any size: zero, and for each sign the powers of two from 2^-32 to 2^64, each cut into
 * eight cells of equal ratio. Smaller and larger numbers count in the nearest of these cells.
 */
final class MagnitudeCells {

    /** Number of cells from one power of two to the next. */
    static final int AN_OCTAVE = 8;

    private static final int SMALLEST = -32;
    private static final int LARGEST = 64;
    private static final int ONE_SIGN = AN_OCTAVE * (LARGEST - SMALLEST);

    /** Number of all cells. They are in ascending order of their numbers, with zero's in the middle. */
    static final int COUNT = 2 * ONE_SIGN + 1;

    private static final double LOG_TWO = Math.log(2);

    private MagnitudeCells() {}

    /** The cell of a number that is not NaN. */
    static int of(double number) {
        if (number == 0) {
            return ONE_SIGN;
        }
        double octaves = Math.log(Math.abs(number)) / LOG_TWO - SMALLEST;
        int magnitude = (int) Math.max(0, Math.min(ONE_SIGN - 1, Math.floor(octaves * AN_OCTAVE)));
        return number > 0 ? ONE_SIGN + 1 + magnitude : ONE_SIGN - 1 - magnitude;
    }

    /** The smallest number of a cell. */
    static double lower(int cell) {
        if (cell == ONE_SIGN) {
            return 0;
        }
        return cell > ONE_SIGN ? edge(cell - ONE_SIGN - 1) : -edge(ONE_SIGN - cell);
    }

    /** The largest number of a cell. */
    static double upper(int cell) {
        if (cell == ONE_SIGN) {
            return 0;
        }
        return cell > ONE_SIGN ? edge(cell - ONE_SIGN) : -edge(ONE_SIGN - 1 - cell);
    }

    private static double edge(int eighths) {
        return Math.pow(2, SMALLEST + eighths / (double) AN_OCTAVE);
    }
}
