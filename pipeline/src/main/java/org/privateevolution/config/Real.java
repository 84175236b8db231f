package org.privateevolution.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The type of a number within bounds. An infinite bound is no bound.
 *
 * @param includesMin whether {@code min} itself is allowed
 * @param includesMax whether {@code max} itself is allowed
 */
record Real(double min, boolean includesMin, double max, boolean includesMax) implements Type<Double> {

    static final Real ANY = new Real(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);
    static final Real POSITIVE = new Real(0, false, Double.POSITIVE_INFINITY, false);
    static final Real NOT_NEGATIVE = atLeast(0);
    static final Real SHARE = between(0, 1);

    static Real atLeast(double min) {
        return new Real(min, true, Double.POSITIVE_INFINITY, false);
    }

    static Real between(double min, double max) {
        return new Real(min, true, max, true);
    }

    @Override
    public String prose() {
        if (equals(ANY)) {
            return "number";
        }
        if (!includesMin && !includesMax && max < Double.POSITIVE_INFINITY) {
            return "number between " + shown(min) + " and " + shown(max);
        }
        return "number" + (includesMin && includesMax ? " " : ", ") + bounds();
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "number");
        if (min != Double.NEGATIVE_INFINITY) {
            schema.put(includesMin ? "minimum" : "exclusiveMinimum", ShortestDecimal.of(min));
        }
        if (max != Double.POSITIVE_INFINITY) {
            schema.put(includesMax ? "maximum" : "exclusiveMaximum", ShortestDecimal.of(max));
        }
        return schema;
    }

    @Override
    public Double read(Given given) {
        String text = given.scalar();
        if (text == null) {
            return null;
        }
        String rule = equals(ANY) ? "must be a number" : "must be " + bounds();
        double number;
        try {
            number = new BigDecimal(text).doubleValue();
        } catch (NumberFormatException e) {
            return given.refused(equals(ANY) ? rule : "must be a number; it " + rule);
        }
        return Double.isFinite(number) && holds(number) ? number : given.refused(rule);
    }

    private boolean holds(double number) {
        return (includesMin ? number >= min : number > min) && (includesMax ? number <= max : number < max);
    }

    @Override
    public Object written(Double number) {
        return ShortestDecimal.of(number);
    }

    private String bounds() {
        if (includesMin && includesMax) {
            return "from " + shown(min) + " to " + shown(max);
        }
        String least = (includesMin ? "at least " : "greater than ") + shown(min);
        return max == Double.POSITIVE_INFINITY
                ? least
                : least + " and " + (includesMax ? "at most " : "less than ") + shown(max);
    }

    /** Shows large powers of two as powers, because few people know them by heart. */
    private static String shown(double bound) {
        int exponent = Math.getExponent(bound);
        String decimal = ShortestDecimal.of(bound).toPlainString();
        if (bound != Math.scalb(1.0, exponent) || Math.abs(exponent) < 10) {
            return decimal;
        }
        return "2^" + exponent + (exponent > 0 ? " (" + decimal + ")" : "");
    }
}
