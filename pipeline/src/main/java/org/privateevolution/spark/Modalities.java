package org.privateevolution.spark;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.Modality;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.UndiscoveredTable;
import org.privateevolution.spark.clients.ClientsRoom;
import org.privateevolution.spark.image.ImageRoom;
import org.privateevolution.spark.mixed.MixedRoom;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.modality.Room;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.table.TableRoom;
import org.privateevolution.spark.text.TextRoom;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.vector.Kernels;

/** The only class that knows all modalities. */
final class Modalities {

    private static final List<Room<?>> ROOMS =
            List.of(new TableRoom(), new ClientsRoom(), new TextRoom(), new MixedRoom(), new ImageRoom());

    private Modalities() {}

    /** A room together with the declaration of a run's modality. */
    private record Entered<S extends Modality>(Room<S> room, S declared) {

        /** Pairs a room with the declared modality; with null, if the modality belongs to another room. */
        static <S extends Modality> Entered<S> of(Room<S> room, Modality declared) {
            return new Entered<>(
                    room, room.kind().isInstance(declared) ? room.kind().cast(declared) : null);
        }

        int dimension() {
            return room.dimension(declared);
        }

        RunSpec pinned(SparkSession spark, RunSpec spec) {
            return spec.with(room.pinned(spark, spec, declared));
        }

        void check(SparkSession spark, PrivateSource source, RunSpec spec) {
            room.check(spark, source, spec, declared);
        }

        OpenModality open(
                SparkSession spark,
                PrivateSource source,
                RunSpec spec,
                RunFiles store,
                PrivateStore privateStore,
                RunListener listener) {
            return room.open(spark, source, spec, declared, store, privateStore, listener);
        }
    }

    private static Entered<?> of(RunSpec spec) {
        return ROOMS.stream()
                .<Entered<?>>map(room -> Entered.of(room, spec.modality()))
                .filter(entered -> entered.declared() != null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "not enough memory for " + spec.modality().getClass()));
    }

    /**
     * Opens the modality of a run.
     *
     * @param store the run's store
     * @param privateStore where private data are kept
     * @throws ConfigurationException if models, prompts or keys are unusable
     */
    static OpenModality open(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        return of(spec).open(spark, source, spec, store, privateStore, listener);
    }

    /**
     * Number of floats in an embedding.
     *
     * @throws ConfigurationException if there are more dimensions than votes can be counted in
     */
    static int dimension(RunSpec spec) {
        int dimension = of(spec).dimension();
        requireServed(spec, dimension);
        return dimension;
    }

    /** @throws ConfigurationException if there are more dimensions than votes can be counted in */
    static void requireServed(RunSpec spec, int dimension) {
        if (dimension > Kernels.MAX_DIMENSION) {
            throw new ConfigurationException(List.of(String.format(
                    Locale.ROOT,
                    "records are embedded in %,d dimensions, and %,d is the most: %s",
                    dimension,
                    Kernels.MAX_DIMENSION,
                    of(spec).room().narrower())));
        }
    }

    /** Checks the private data and everything that the configuration names; embeds no text. */
    static void check(SparkSession spark, PrivateSource source, RunSpec spec) {
        of(spec).check(spark, source, spec);
    }

    /**
     * The same run, with the checksum of every file that it depends on.
     *
     * @throws ConfigurationException if a file cannot be read, or is not the declared one
     */
    static RunSpec pinned(SparkSession spark, RunSpec spec) {
        // A table whose columns are to be discovered depends on no file.
        return spec.modality() instanceof UndiscoveredTable ? spec : of(spec).pinned(spark, spec);
    }
}
