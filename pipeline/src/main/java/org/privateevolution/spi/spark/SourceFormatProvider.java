package org.privateevolution.spi.spark;

import org.privateevolution.spi.Extension;
import org.privateevolution.spi.Options;

/** Adds a format of private data: a value of {@code private_data.format}. */
public interface SourceFormatProvider extends Extension {

    /**
     * Checks the options. Must not open anything, because it is called whenever a configuration is read.
     *
     * @throws org.privateevolution.spi.OptionException if the options are invalid
     */
    SourceFormat create(Options options);
}
