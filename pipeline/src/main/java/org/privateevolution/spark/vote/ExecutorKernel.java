package org.privateevolution.spark.vote;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nearest-neighbour kernel of this executor, logged when it is first asked for. */
final class ExecutorKernel {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutorKernel.class);
    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

    private ExecutorKernel() {}

    /** @param name one of {@link Kernels#NAMES} */
    static NearestNeighborKernel named(String name) {
        NearestNeighborKernel kernel = Kernels.named(name);
        if (LOGGED.add(name)) {
            LOG.info("nearest-neighbour kernel {}, asked for {}; {}", kernel.name(), name, measured(name));
        }
        return kernel;
    }

    /** Does not measure just to log: a kernel is often forced because measuring takes long on the machine. */
    private static String measured(String name) {
        return Kernels.isMeasured(name)
                ? "measured here: " + Kernels.calibration().reason()
                : "nothing measured";
    }
}
