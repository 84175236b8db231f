package org.privateevolution.generation.image;

/**
 * The answer of an endpoint.
 *
 * @param encoded the image as received; empty if the request was refused
 * @param refusal why there is no image; empty if there is one
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
