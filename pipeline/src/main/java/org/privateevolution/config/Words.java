package org.privateevolution.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The type of a setting with a fixed set of words as values. */
record Words<T>(Map<String, T> words) implements Type<T> {

    /** The constants of an enum. */
    static <E extends Enum<E>> Words<E> of(Class<E> type) {
        return of(List.of(type.getEnumConstants()));
    }

    /** Some constants of an enum. */
    static <E extends Enum<E>> Words<E> of(List<E> constants) {
        Map<String, E> words = new LinkedHashMap<>();
        constants.forEach(constant -> words.put(Word.of(constant), constant));
        return new Words<>(words);
    }

    static Words<String> texts(String... texts) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String text : texts) {
            words.put(text, text);
        }
        return new Words<>(words);
    }

    /** One word for false and one for true. */
    static Words<Boolean> flag(String ifFalse, String ifTrue) {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put(ifFalse, false);
        words.put(ifTrue, true);
        return new Words<>(words);
    }

    @Override
    public String prose() {
        List<String> quoted =
                words.keySet().stream().map(word -> "`" + word + "`").toList();
        int last = quoted.size() - 1;
        return last == 0 ? quoted.get(0) : String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("enum", new ArrayList<>(words.keySet()));
    }

    @Override
    public T read(Given given) {
        String text = given.scalar();
        if (text == null) {
            return null;
        }
        T value = words.get(text);
        return value == null ? given.refused(rule()) : value;
    }

    String rule() {
        return "must be one of "
                + String.join(", ", words.keySet().stream().sorted().toList());
    }

    @Override
    public Object written(T value) {
        return words.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
