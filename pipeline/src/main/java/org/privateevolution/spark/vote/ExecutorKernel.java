package org.privateevolution.spark.vote;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nearest-neighbour kernel of this executor, logged when it is first asked for. */
final class ExecutorKernel {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutorKernel.class);
    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

    /**
     * The plain kernel does these multiply-adds in about the time that measuring the kernels takes, compilation
     * included. Only then does measuring begin to pay.
     */
    private static final double MULTIPLY_ADDS_OF_MEASURING = 5e9;

    private static final DoubleAdder MULTIPLY_ADDS = new DoubleAdder();

    private ExecutorKernel() {}

    /**
     * The kernel for a partition of a vote.
     *
     * @param name one of {@link Kernels#NAMES}
     * @param multiplyAdds the largest number of multiply-adds that the partition may take; infinite if unknown
     */
    static NearestNeighborKernel named(String name, double multiplyAdds) {
        if (Kernels.isChosen(name) && multiplyAdds + searches() < MULTIPLY_ADDS_OF_MEASURING) {
            return Kernels.scalar();
        }
        NearestNeighborKernel kernel = Kernels.named(name);
        if (LOGGED.add(name)) {
            LOG.info("nearest-neighbour kernel {}, asked for {}; {}", kernel.name(), name, measured(name));
        }
        return kernel;
    }

    /** Notes what a search took. */
    static void searched(double multiplyAdds) {
        MULTIPLY_ADDS.add(multiplyAdds);
    }

    /** Multiply-adds of this executor's searches so far. */
    static double searches() {
        return MULTIPLY_ADDS.sum();
    }

    /** Does not measure just to log: a kernel is often forced because measuring takes long on the machine. */
    private static String measured(String name) {
        return Kernels.isMeasured(name)
                ? "measured here: " + Kernels.calibration().reason()
                : "nothing measured";
    }
}
