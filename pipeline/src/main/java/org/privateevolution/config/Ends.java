package org.privateevolution.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.privateevolution.model.Range;

/** The type of a range: a list of two numbers, the least and the greatest. */
record Ends(Real number) implements Type<Range> {

    @Override
    public String prose() {
        return number.prose().replaceFirst("number,?", "least and most,");
    }

    @Override
    public Map<String, Object> schema() {
        return new TreeMap<>(Map.of("type", "array", "items", number.schema(), "minItems", 2, "maxItems", 2));
    }

    @Override
    public Range read(Given given) {
        List<Double> ends = Listed.of(number).read(given);
        if (ends == null) {
            return null;
        }
        return ends.size() == 2 && ends.get(0) <= ends.get(1)
                ? new Range(ends.get(0), ends.get(1))
                : given.wrong("must be two numbers, the minimum and the maximum");
    }

    @Override
    public Object written(Range range) {
        return List.of(number.written(range.low()), number.written(range.high()));
    }
}
