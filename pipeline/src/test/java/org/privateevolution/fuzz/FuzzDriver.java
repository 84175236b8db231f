package org.privateevolution.fuzz;

/** What Jazzer starts: it passes inputs on to the target that its argument names. */
public final class FuzzDriver {

    private static FuzzTarget target;

    private FuzzDriver() {}

    public static void fuzzerInitialize(String[] arguments) throws ReflectiveOperationException {
        target = FuzzTarget.named(arguments[0]);
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        target.read(input);
    }
}
