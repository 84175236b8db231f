package org.privateevolution.config;

import java.util.Map;

/** The type of a setting that is true or false. */
record Flag() implements Type<Boolean> {

    private static final Words<Boolean> WORDS = Words.flag("false", "true");

    @Override
    public String prose() {
        return "boolean";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "boolean");
    }

    @Override
    public Boolean read(Given given) {
        return WORDS.read(given);
    }
}
