package org.privateevolution.embedding;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/** Opens ONNX graphs as tasks that share a machine need them. */
final class OnnxSessions {

    private OnnxSessions() {}

    /** Version of the ONNX Runtime, on which the last bits of vectors depend. */
    static String runtimeVersion() {
        return environment().getVersion();
    }

    static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            throw new ModelException(
                    "the ONNX Runtime's native library does not load: it needs macOS on ARM, Windows on x64, or Linux"
                            + " with glibc 2.27 or newer, and a java.io.tmpdir from which libraries may be loaded",
                    e);
        }
    }

    /**
     * Opens a graph.
     *
     * @param threads threads that one inference uses
     * @param cuda whether it must run on a CUDA device
     */
    static OrtSession open(byte[] graph, int threads, boolean cuda) throws OrtException {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            if (cuda) {
                options.addCUDA(0);
            }
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Idle threads would take the cores from the tasks beside this one.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            // On x64 without VNNI, products of unsigned and signed bytes are cut off at 16 bits in between: vectors
            // would
            // be other and worse ones there. Elsewhere this changes nothing.
            options.addConfigEntry("session.x64quantprecision", "1");
            // What it logs of a failing inference may show private input.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return environment.createSession(graph, options);
        }
    }
}
