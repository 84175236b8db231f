package org.privateevolution.config;

import java.util.List;
import java.util.Map;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.spark.SourceFormatProvider;

/** The type of the format of private data: one of the project's own formats, or one that an extension reads. */
record SourceFormat(Words<String> own) implements Type<String> {

    /** Whether only an extension can read the format. */
    boolean isForeign(String format) {
        return !own.words().containsKey(format);
    }

    @Override
    public String prose() {
        return String.join(
                        ", ",
                        own.words().keySet().stream()
                                .map(word -> "`" + word + "`")
                                .toList())
                + ", or an [extension](extending.md)";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("anyOf", List.of(own.schema(), Map.of("type", "string")));
    }

    @Override
    public String read(Given given) {
        String text = given.scalar();
        if (text == null || !isForeign(text)) {
            return text;
        }
        return Extensions.of(SourceFormatProvider.class).has(text) ? text : given.refused(rule());
    }

    /** States for messages which formats are allowed. */
    String rule() {
        List<String> foreign = Extensions.of(SourceFormatProvider.class).names();
        return own.rule() + ", or an extension, of which there "
                + (foreign.isEmpty() ? "is none" : "are " + String.join(", ", foreign))
                + " on the class path (docs/extending.md)";
    }
}
