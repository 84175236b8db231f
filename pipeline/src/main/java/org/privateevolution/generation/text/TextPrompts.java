package org.privateevolution.generation.text;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.privateevolution.model.Blanking;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TargetLength;
import org.privateevolution.model.Text;
import org.privateevolution.spi.GenerationRequest;

/**
 * Converts generation requests to requests to a language model. Holds public configuration only; every choice comes
 * from the request's seed.
 *
 * <p>Both prompts have the variables of the label, and further ones if the caller provides any. The variation prompt
 * also has {@code sample}, {@code masked_sample} if there is blanking, and {@code word_count} if there is a target
 * length.
 */
public final class TextPrompts {

    /** Variables that the prompts of any run may have. */
    public static final Set<String> OWN = Set.of("sample", "masked_sample", "word_count");

    private static final String SAMPLE = "sample";
    private static final String MASKED_SAMPLE = "masked_sample";
    private static final String WORD_COUNT = "word_count";

    private final PromptTemplate random;
    private final PromptTemplate variation;
    private final List<Map<String, String>> labels;
    private final PromptVariables others;
    private final Optional<Blanking> blanking;
    private final Optional<TargetLength> length;
    private final OptionalInt maxCompletionTokens;

    /**
     * Checks that every prompt can be filled in for every label.
     *
     * @param labels the variables of each label, by name, in index order
     * @param others further variables of each sample; variables of the label or the parent take precedence over them
     * @param maxCompletionTokens greatest number of tokens of an answer; empty for no limit
     * @throws IllegalArgumentException if a variable has no value, or a prompt uses none of the required variables
     */
    public TextPrompts(
            PromptTemplate random,
            PromptTemplate variation,
            List<Map<String, String>> labels,
            PromptVariables others,
            Optional<Blanking> blanking,
            Optional<TargetLength> length,
            OptionalInt maxCompletionTokens) {
        this.random = random;
        this.variation = variation;
        this.labels = labels.stream().map(Map::copyOf).toList();
        this.others = others;
        this.blanking = blanking;
        this.length = length;
        this.maxCompletionTokens = maxCompletionTokens;
        requireOneOf(others.required(), random);
        requireOneOf(others.required(), variation);
        List<Map<String, String>> examples = others.examples();
        for (Map<String, String> label : this.labels) {
            for (Map<String, String> example : examples) {
                Map<String, String> known = with(example, label);
                check(random, known);
                check(variation, variationVariables(known, "a sample", 0, new Seed(0)));
            }
        }
    }

    /** A text cannot agree with columns that its prompt does not mention. */
    private static void requireOneOf(Set<String> names, PromptTemplate prompt) {
        if (!names.isEmpty() && Collections.disjoint(names, prompt.reads())) {
            throw new IllegalArgumentException(
                    prompt.name() + " uses none of " + new TreeSet<>(names) + ": name what its text must agree with");
        }
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> before) {
        Map<String, String> both = new HashMap<>(some);
        both.putAll(before);
        return both;
    }

    private static void check(PromptTemplate prompt, Map<String, String> variables) {
        Set<String> unknown = prompt.unknown(variables.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(prompt.name() + " uses " + unknown + ", but there are only "
                    + new TreeSet<>(variables.keySet())
                    + " and what its replacement rules set; masked_sample needs blanking and word_count a"
                    + " target length");
        }
        prompt.messages(variables, new Seed(0));
    }

    /** Converts a request. */
    ChatRequest request(GenerationRequest request) {
        Map<String, String> known = with(others.of(request), labels.get(request.label()));
        int modelSeed = request.seed().derive("model").generator().nextInt(Integer.MAX_VALUE);
        if (!(request instanceof GenerationRequest.Variation wanted)) {
            return new ChatRequest(
                    random.messages(known, request.seed().derive("prompt")), maxCompletionTokens.orElse(0), modelSeed);
        }
        Text parent = wanted.parent()
                .payload()
                .text()
                .orElseThrow(() -> new IllegalArgumentException("a text cannot be a variation of a "
                        + wanted.parent().payload().getClass().getSimpleName()));
        Map<String, String> variables = variationVariables(known, parent.value(), wanted.iteration(), request.seed());
        return new ChatRequest(
                variation.messages(variables, request.seed().derive("prompt")), maxTokens(variables), modelSeed);
    }

    private Map<String, String> variationVariables(Map<String, String> known, String parent, int iteration, Seed seed) {
        Map<String, String> variables = new HashMap<>();
        variables.put(SAMPLE, parent);
        variables.putAll(known);
        blanking.ifPresent(masks -> variables.put(
                MASKED_SAMPLE,
                BlankedText.of(parent, masks, iteration, seed.derive("blanking").generator())));
        length.ifPresent(target -> variables.put(
                WORD_COUNT,
                String.valueOf(words(parent, target, seed.derive("length").generator()))));
        return variables;
    }

    private static int words(String parent, TargetLength target, RandomGenerator random) {
        int noise = (int) (random.nextGaussian() * target.std());
        return Math.max(target.minWords(), WordCount.of(parent) + noise);
    }

    private int maxTokens(Map<String, String> variables) {
        OptionalDouble tokensPerWord = length.map(TargetLength::tokensPerWord).orElse(OptionalDouble.empty());
        if (tokensPerWord.isEmpty()) {
            return maxCompletionTokens.orElse(0);
        }
        int words = Integer.parseInt(variables.get(WORD_COUNT));
        int wanted = Math.max(1, (int) (words * tokensPerWord.getAsDouble()));
        return Math.min(wanted, maxCompletionTokens.orElse(Integer.MAX_VALUE));
    }
}
