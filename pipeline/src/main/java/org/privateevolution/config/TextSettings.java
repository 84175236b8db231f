package org.privateevolution.config;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;

/** How texts are embedded and generated. */
final class TextSettings extends Group<TextSpec> {

    final Setting<List<String>> columns = required(
                    "columns", Listed.distinct(Text.any("string"), "list of strings"), TextSpec::columns)
            .means("Columns of the private data that hold the text; several are joined by a blank line.");
    final Setting<String> labelSeparator = optional("label_separator", Text.raw("string"), "", TextSpec::labelSeparator)
            .otherwise("none: a label is one variable, named for `labels.column`")
            .means("Splits a label into the values of `text.label_variables`.");
    final Setting<List<String>> labelVariables = optional(
                    "label_variables",
                    Listed.distinct(Text.any("string"), "list of strings"),
                    List.of(),
                    TextSpec::labelVariables)
            .otherwise("required with `text.label_separator`")
            .means("Variables of the prompts that the parts of a label are, in order.");
    final TextEmbeddingSettings embedding = mount("embedding", new TextEmbeddingSettings(), TextSpec::embedding);
    final PromptSettings.Files prompts = mount("prompts", new PromptSettings.Files(), prompted(spec -> spec));
    final PromptSettings.Draws sampling = mount("sampling", new PromptSettings.Draws(), prompted(spec -> spec));
    final PromptSettings.Blanks blanking =
            mount("blanking", new PromptSettings.Blanks(), prompted(TextSpec.Prompted::blanking));
    final PromptSettings.Lengths length =
            mount("length", new PromptSettings.Lengths(), prompted(TextSpec.Prompted::length));
    final PromptSettings.Answers answers =
            mount("answers", new PromptSettings.Answers(), prompted(TextSpec.Prompted::answers));
    final RejectionSettings rejections = free(mount(
            "rejections",
            new RejectionSettings(
                    "Prompts for one sample, each with other random choices, before it is left out.", "samples"),
            prompted(TextSpec.Prompted::rejections)));
    final ChatSettings chat = mount(
            "chat",
            new ChatSettings(),
            prompted(spec -> spec.model() instanceof TextSpec.Chat endpoints ? endpoints : null));
    final LlamaSettings llama = mount(
            "llama",
            new LlamaSettings(),
            prompted(spec -> spec.model() instanceof TextSpec.Llama inProcess ? inProcess : null));
    final CorpusSettings corpus = mount(
            "corpus", new CorpusSettings(), spec -> spec.generator() instanceof TextSpec.Corpus texts ? texts : null);

    private static <T> Function<TextSpec, T> prompted(Function<TextSpec.Prompted, T> of) {
        return spec -> spec.generator() instanceof TextSpec.Prompted model ? of.apply(model) : null;
    }

    /** @param labels null if they are wrong, a problem already noted */
    TextSpec read(Section section, RunSpec.Labels labels) {
        checkLabelVariables(section, labels);
        TextSpec.Embedding encoder = embedding.read(section.open(embedding));
        TextSpec.Generator generator = generator(section, labels);
        return section.make(() -> new TextSpec(
                section.get(columns), section.get(labelSeparator), section.get(labelVariables), encoder, generator));
    }

    private void checkLabelVariables(Section section, RunSpec.Labels labels) {
        if (!section.has(labelSeparator)) {
            section.refuse(labelVariables, "it needs text.label_separator");
            return;
        }
        section.require(labelVariables, "name the variables that the parts of a label are");
        String separator = section.get(labelSeparator);
        List<String> variables = section.get(labelVariables);
        if (labels == null || separator == null || variables == null) {
            return;
        }
        for (String label : labels.names()) {
            int parts = label.split(Pattern.quote(separator), -1).length;
            if (parts != variables.size()) {
                section.conflict(
                        labelVariables,
                        "there are " + variables.size() + ", but the label '" + label + "' has " + parts + " parts");
                return;
            }
        }
    }

    private TextSpec.Generator generator(Section section, RunSpec.Labels labels) {
        List<String> given = Stream.of(chat, llama, corpus)
                .filter(section::has)
                .map(Part::name)
                .toList();
        if (given.size() != 1) {
            section.conflict("give exactly one of " + chat.name() + " (endpoints), " + llama.name()
                    + " (a model in this process) and " + corpus.name() + " (public texts)"
                    + (given.isEmpty() ? "" : ", not " + String.join(" and ", given)));
            return null;
        }
        if (!section.has(corpus)) {
            return prompted(section);
        }
        for (Group<?> group : List.of(prompts, sampling, blanking, length, answers, rejections)) {
            if (section.has(group)) {
                section.problem(group, "is not allowed with text.corpus, which asks no model: take it out");
            }
        }
        return corpus.read(section.open(corpus), labels);
    }

    private TextSpec.Prompted prompted(Section section) {
        Section files = section.open(prompts);
        prompts.check(files);
        Section draws = section.open(sampling);
        TextSpec.Blanking blanks = blanking.read(section.open(blanking));
        TextSpec.Length words = length.read(section.open(length));
        TextSpec.Answers sound = answers.read(section.open(answers));
        TextSpec.Rejections rejected = rejections.read(section.open(rejections));
        boolean inProcess = section.has(llama);
        TextSpec.Model model = inProcess ? llama.read(section.open(llama)) : chat.read(section.open(chat));
        return section.make(() -> new TextSpec.Prompted(
                model,
                prompts.random.read(files),
                prompts.variation.read(files),
                sampling.read(draws, inProcess),
                draws.get(sampling.maxCompletionTokens),
                blanks,
                words,
                sound,
                rejected));
    }
}
