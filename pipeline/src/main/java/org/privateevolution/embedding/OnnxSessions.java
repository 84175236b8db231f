package org.privateevolution.embedding;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Map;

/** Opens ONNX graphs with the options that tasks on a shared machine need. */
final class OnnxSessions {

    private OnnxSessions() {}

    /** Version of the ONNX Runtime, which determines the last bits of vectors. */
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

    /** Creates a model from a session; the session is closed if this fails. */
    interface Opening<M> {
        M of(OrtSession session) throws OrtException;
    }

    /**
     * Opens a model.
     *
     * @param name of the model, for errors
     * @param threads threads per inference
     * @param cuda whether the model must run on a CUDA device
     * @throws ModelException if the graph cannot be opened, or {@code opening} throws it
     */
    static <M> M open(String name, byte[] graph, int threads, boolean cuda, Opening<M> opening) {
        try {
            OrtSession session = session(graph, threads, cuda);
            try {
                return opening.of(session);
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            String hint = cuda
                    ? "; CUDA is asked for: put onnxruntime_gpu on the class path instead of onnxruntime, on machines"
                            + " with a device and its driver, or set the device to cpu"
                    : "";
            throw new ModelException("the model " + name + " cannot be opened: " + e.getMessage() + hint, e);
        }
    }

    /**
     * Finds the float output that holds the vectors.
     *
     * @param wanted its name; empty for the first suitable one
     * @param axes required number of axes; 0 for any
     * @param shape these axes as text, for errors
     */
    static String output(OrtSession session, String name, String wanted, int axes, String shape) throws OrtException {
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        for (NodeInfo output : outputs.values()) {
            boolean serves = output.getInfo() instanceof TensorInfo tensor
                    && (tensor.type == OnnxJavaType.FLOAT || tensor.type == OnnxJavaType.FLOAT16)
                    && (axes == 0 || tensor.getShape().length == axes);
            if (serves && (wanted.isEmpty() || output.getName().equals(wanted))) {
                return output.getName();
            }
        }
        throw new ModelException("the model " + name + " has no output" + (wanted.isEmpty() ? "" : " '" + wanted + "'")
                + " of floats" + shape + "; it has " + String.join(", ", outputs.keySet()));
    }

    private static OrtSession session(byte[] graph, int threads, boolean cuda) throws OrtException {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            if (cuda) {
                options.addCUDA(0);
            }
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Idle threads would otherwise spin and take cores from other tasks.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            // On x64 without VNNI, products of unsigned and signed bytes saturate at 16 bits in between, which would
            // give different and worse vectors. Elsewhere this option changes nothing.
            options.addConfigEntry("session.x64quantprecision", "1");
            // Log output about a failing inference may show private input.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return environment.createSession(graph, options);
        }
    }
}
