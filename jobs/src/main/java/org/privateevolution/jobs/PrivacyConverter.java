package org.privateevolution.jobs;

import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads option values in the words of a configuration. */
final class PrivacyConverter {

    private PrivacyConverter() {}

    static final class OfAdjacency implements ITypeConverter<Adjacency> {
        @Override
        public Adjacency convert(String value) {
            try {
                return Adjacency.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class OfUnit implements ITypeConverter<PrivacyUnit> {
        @Override
        public PrivacyUnit convert(String value) {
            try {
                return PrivacyUnit.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
