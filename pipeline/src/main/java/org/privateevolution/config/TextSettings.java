package org.privateevolution.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.privateevolution.model.AnswerRules;
import org.privateevolution.model.Blanking;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.LlamaSettings;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TargetLength;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spi.Content;

/** The section that states how texts are embedded and generated. */
final class TextSettings extends ModalitySettings<TextSpec> {

    final Setting<List<String>> columns = required(
                    "columns", Listed.distinct(Text.any("string"), "list of strings"), TextSpec::columns)
            .means("Columns of the private data with the text; several columns are joined by a blank line.");
    final Setting<String> labelSeparator = optional(
                    "label_separator", Text.raw("string"), null, parts(TextSpec.LabelParts::separator))
            .otherwise("none: a label is one variable, named for `labels.column`, or one for each of `labels.columns`")
            .means("Splits a label into the values of `text.label_variables`.");
    final Setting<List<String>> labelVariables = optional(
                    "label_variables",
                    Listed.distinct(Text.any("string"), "list of strings"),
                    null,
                    parts(TextSpec.LabelParts::variables))
            .otherwise("required with `text.label_separator`")
            .means("Variables of the prompts that get the parts of a label, in order.");
    final BesideSettings beside =
            mount("beside", new BesideSettings(), spec -> spec.beside().orElse(null));
    final TextEmbeddingSettings embedding = mount("embedding", new TextEmbeddingSettings(), TextSpec::embedding);
    final Setting<ForeignGenerator> generation = optional(
                    "generation",
                    ExtensionType.generator(Content.TEXTS),
                    null,
                    spec -> spec.generator() instanceof ForeignGenerator foreign ? foreign : null)
            .otherwise("this, `text.chat`, `text.llama` or `text.corpus`")
            .means("[Extension](extending.md) that makes the texts, or public name of a generator that a program or"
                    + " notebook gives.");
    final PromptSettings.Files prompts =
            mount("prompts", new PromptSettings.Files(), prompted(TextSpec.Prompted::prompts));
    final PromptSettings.Draws sampling =
            mount("sampling", new PromptSettings.Draws(), prompted(TextSpec.Prompted::sampling));
    final PromptSettings.Blanks blanking =
            mount("blanking", new PromptSettings.Blanks(), prompted(spec -> spec.prompts()
                    .blanking()
                    .orElse(null)));
    final PromptSettings.Lengths length = mount("length", new PromptSettings.Lengths(), prompted(spec -> spec.prompts()
            .length()
            .orElse(null)));
    final PromptSettings.Answers answers =
            mount("answers", new PromptSettings.Answers(), prompted(TextSpec.Prompted::answers));
    final RejectionSettings rejections = free(mount(
            "rejections",
            new RejectionSettings(
                    "Prompts per sample, each with other random choices, before the sample is left out.", "samples"),
            prompted(TextSpec.Prompted::rejections)));
    final ChatSettings chat = mount(
            "chat",
            new ChatSettings(),
            prompted(spec -> spec.model() instanceof TextSpec.Chat endpoints ? endpoints : null));
    final LlamaModelSettings llama = mount(
            "llama",
            new LlamaModelSettings(),
            prompted(spec -> spec.model() instanceof LlamaSettings inProcess ? inProcess : null));
    final CorpusSettings corpus = mount(
            "corpus", new CorpusSettings(), spec -> spec.generator() instanceof TextSpec.Corpus texts ? texts : null);

    private static <T> Function<TextSpec, T> parts(Function<TextSpec.LabelParts, T> of) {
        return spec -> spec.labelParts().map(of).orElse(null);
    }

    private static <T> Function<TextSpec, T> prompted(Function<TextSpec.Prompted, T> of) {
        return spec -> spec.generator() instanceof TextSpec.Prompted model ? of.apply(model) : null;
    }

    @Override
    Class<TextSpec> kind() {
        return TextSpec.class;
    }

    @Override
    String role() {
        return "text.embedding.column or one of text.columns; a column has one role";
    }

    @Override
    TextSpec read(Section section, Problems problems, RunSpec.Labels labels, RunSpec.PrivateData data) {
        return read(section, labels, false);
    }

    /** The same, for a text in a mixed record. */
    TextSpec readBeside(Section section, RunSpec.Labels labels) {
        List<String> names = section.get(columns);
        if (names != null && names.size() > 1) {
            section.conflict(
                    columns,
                    String.join(", ", names) + " are " + names.size()
                            + " texts, but beside tabular.columns there can be"
                            + " one: leave one, or join them in the data");
        }
        if (section.has(corpus)) {
            section.problem(
                    corpus,
                    "is not allowed beside tabular: its texts know nothing of the columns; use " + chat.name() + " or "
                            + llama.name());
        }
        section.refuse(
                generation,
                "it is not allowed beside tabular: an extension is not told the columns; use " + chat.name() + " or "
                        + llama.name());
        section.open(embedding)
                .refuse(embedding.column, "beside tabular the texts are embedded with their columns; take it out");
        return read(section, labels, true);
    }

    private TextSpec read(Section section, RunSpec.Labels labels, boolean besideColumns) {
        Optional<TextSpec.LabelParts> parts = labelParts(section, labels);
        Optional<TextSpec.Beside> stands = beside.read(section.open(beside), besideColumns);
        TextSpec.Embedding encoder = embedding.read(section.open(embedding));
        TextSpec.Generator generator = generator(section, labels, besideColumns);
        return section.make(() -> new TextSpec(section.get(columns), parts, encoder, generator, stands));
    }

    private Optional<TextSpec.LabelParts> labelParts(Section section, RunSpec.Labels labels) {
        if (!section.has(labelSeparator)) {
            section.refuse(labelVariables, "it needs text.label_separator");
            return Optional.empty();
        }
        if (labels != null && labels.columns().columns().size() > 1) {
            section.refuse(labelSeparator, "each of labels.columns is a variable of its own name");
            section.refuse(labelVariables, "each of labels.columns is a variable of its own name");
            return Optional.empty();
        }
        section.require(labelVariables, "name the variables that get the parts of a label");
        String separator = section.get(labelSeparator);
        List<String> variables = section.get(labelVariables);
        if (labels == null || separator == null || variables == null) {
            return Optional.empty();
        }
        for (String label : labels.names()) {
            int parts = label.split(Pattern.quote(separator), -1).length;
            if (parts != variables.size()) {
                section.conflict(
                        labelVariables,
                        "there are " + variables.size() + ", but the label '" + label + "' has " + parts + " parts");
                return Optional.empty();
            }
        }
        return Optional.of(new TextSpec.LabelParts(separator, variables));
    }

    private TextSpec.Generator generator(Section section, RunSpec.Labels labels, boolean besideColumns) {
        List<String> given = Stream.<Part>of(chat, llama, corpus, generation)
                .filter(section::has)
                .map(Part::name)
                .toList();
        if (given.size() != 1) {
            section.conflict("give exactly one of " + chat.name() + " (endpoints), " + llama.name()
                    + " (a model in this process) and " + corpus.name() + " (public texts), or " + generation.name()
                    + " (an extension)"
                    + (given.isEmpty() ? "" : ", not " + String.join(" and ", given))
                    + (besideColumns && given.isEmpty()
                            ? "; without a model, take the section text out, and the columns are made alone"
                            : ""));
            return null;
        }
        if (section.has(generation)) {
            refusePrompting(section, "text.generation, which makes the texts by options of its own");
            return section.get(generation);
        }
        if (section.has(corpus)) {
            refusePrompting(section, "text.corpus, which asks no model");
            return corpus.read(section.open(corpus), labels);
        }
        return prompted(section, besideColumns);
    }

    /** Refuses the settings of prompts, which would otherwise be ignored silently. */
    private void refusePrompting(Section section, String inPlace) {
        for (Group<?> group : List.of(prompts, sampling, blanking, length, answers, rejections)) {
            if (section.has(group)) {
                section.problem(group, "is not allowed with " + inPlace + ": remove it");
            }
        }
    }

    /** @param builtIn whether there are built-in prompts */
    private TextSpec.Prompted prompted(Section section, boolean builtIn) {
        Section files = section.open(prompts);
        if (!builtIn) {
            prompts.check(files);
        }
        Section draws = section.open(sampling);
        Optional<Blanking> blanks = blanking.read(section.open(blanking));
        Optional<TargetLength> words = length.read(section.open(length));
        AnswerRules sound = answers.read(section.open(answers));
        RejectionRule rejected = rejections.read(section.open(rejections));
        boolean inProcess = section.has(llama);
        TextSpec.Model model = inProcess ? llama.read(section.open(llama)) : chat.read(section.open(chat));
        return section.make(() -> new TextSpec.Prompted(
                model,
                new TextSpec.Prompts(prompts.random.read(files), prompts.variation.read(files), blanks, words),
                sampling.read(draws, inProcess),
                sound,
                rejected));
    }
}
