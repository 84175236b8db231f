package org.privateevolution.spark.modality;

import java.util.List;
import java.util.function.Supplier;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.embedding.ModelException;

/**
 * Opens a model that the configuration names. If the model cannot be opened, the error names the configuration's key.
 */
public final class ConfiguredModel {

    private ConfiguredModel() {}

    /**
     * Opens a model.
     *
     * @param key key of the configuration that names the model
     * @throws ConfigurationException if the model cannot be opened, or the library that runs it is missing
     */
    public static <T> T open(String key, Supplier<T> model) {
        try {
            return model.get();
        } catch (ModelException e) {
            throw new ConfigurationException(List.of(key + ": " + e.getMessage()));
        } catch (NoClassDefFoundError e) {
            throw new ConfigurationException(List.of(key + ": there is no " + e.getMessage()
                    + " on the class path: run the jar with -text in its name, which brings it"));
        }
    }
}
