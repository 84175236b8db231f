package org.privateevolution.generation.image;

/**
 * What an endpoint answered.
 *
 * @param encoded an image, as it came; empty if it was refused
 * @param refusal why there is none; empty if there is
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ImageAnswer(byte[] encoded, String refusal) {

    static ImageAnswer of(byte[] encoded) {
        return new ImageAnswer(encoded, "");
    }

    static ImageAnswer refused(String why) {
        return new ImageAnswer(new byte[0], why);
    }
}
