package org.privateevolution.fuzz;

import java.util.Arrays;

/**
 * An input whose first byte chooses how, or in place of what, the rest is read.
 *
 * @param number 0 to 255
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Choice(int number, byte[] content) {

    /** Null if the input is empty, and so chooses nothing. */
    public static Choice of(byte[] input) {
        return input.length == 0 ? null : new Choice(input[0] & 0xff, Arrays.copyOfRange(input, 1, input.length));
    }

    /** The input that is this choice. */
    public byte[] input() {
        byte[] input = new byte[content.length + 1];
        input[0] = (byte) number;
        System.arraycopy(content, 0, input, 1, content.length);
        return input;
    }
}
