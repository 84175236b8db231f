package org.privateevolution.spi.spark;

import org.privateevolution.spi.Extension;
import org.privateevolution.spi.Options;

/** Adds a format of private data: a {@code private_data.format}. */
public interface SourceFormatProvider extends Extension {

    /**
     * Checks the options; opens nothing, because it is called whenever a configuration is read.
     *
     * @throws org.privateevolution.spi.OptionException if they do not fit
     */
    SourceFormat create(Options options);
}
