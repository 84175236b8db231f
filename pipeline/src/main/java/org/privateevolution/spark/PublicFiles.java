package org.privateevolution.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.embedding.ModelFile;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.LlamaSettings;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.TextSpec;

/** Reads the files that a configuration names and holds them against their checksums. */
final class PublicFiles {

    private PublicFiles() {}

    /**
     * The same run, with the checksum of every file that it depends on.
     *
     * @throws ConfigurationException if a file cannot be read or is not the one that was declared
     */
    static RunSpec pinned(SparkSession spark, RunSpec spec) {
        if (spec.modality() instanceof ImageSpec images) {
            return spec.with(images.with(embedding(images.embedding()), generator(spark, spec, images.generator())));
        }
        if (!(spec.modality() instanceof TextSpec text)) {
            return spec;
        }
        TextSpec.Embedding embedding = text.embedding();
        if (embedding.extension().isPresent()) {
            return spec.with(text.with(embedding, generator(spark, spec, text)));
        }
        TextSpec.Embedding pinnedEmbedding = embedding.with(
                pinned(embedding.model(), "text.embedding.model", model(embedding)),
                pinned(embedding.tokenizer(), "text.embedding.tokenizer", tokenizer(embedding)));
        return spec.with(text.with(pinnedEmbedding, generator(spark, spec, text)));
    }

    /** The embedding's model. */
    static ModelFile model(TextSpec.Embedding embedding) {
        return embedding.model().builtIn()
                ? SentenceModel.miniLm().model()
                : new HadoopFile(embedding.model().location());
    }

    /** The embedding's tokenizer. */
    static ModelFile tokenizer(TextSpec.Embedding embedding) {
        return embedding.tokenizer().builtIn()
                ? SentenceModel.miniLm().tokenizer()
                : new HadoopFile(embedding.tokenizer().location());
    }

    /** A small file as text. */
    static String text(PublicFile file, String key) {
        try (InputStream in = new HadoopFile(file.location()).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException e) {
            throw unreadable(key, file.location(), e);
        }
    }

    private static ImageSpec.Embedding embedding(ImageSpec.Embedding embedding) {
        return embedding instanceof ImageSpec.OnnxEmbedding onnx
                ? onnx.with(pinned(
                        onnx.model(),
                        "images.embedding.model",
                        new HadoopFile(onnx.model().location())))
                : embedding;
    }

    private static ImageSpec.Generator generator(SparkSession spark, RunSpec spec, ImageSpec.Generator generator) {
        if (generator instanceof ImageSpec.DrawText draw) {
            String found = FontFiles.in(draw.fonts().location()).sha256();
            return draw.with(pinned(draw.fonts(), "images.draw_text.fonts", found));
        }
        if (generator instanceof ImageSpec.Pool pool) {
            String found = ImageGeneration.pool(spark, spec, pool).sha256();
            return pool.with(pinned(pool.images(), "images.pool", found));
        }
        return generator;
    }

    private static TextSpec.Generator generator(SparkSession spark, RunSpec spec, TextSpec text) {
        if (text.generator() instanceof TextSpec.Corpus corpus) {
            String found = PublicCorpus.read(spark, spec, corpus).sha256();
            return corpus.with(pinned(corpus.texts(), "text.corpus", found));
        }
        if (!(text.generator() instanceof TextSpec.Prompted prompted)) {
            return text.generator();
        }
        TextSpec.Model model = prompted.model();
        if (model instanceof LlamaSettings llama) {
            Path path = llama.file().local();
            model = llama.with(pinned(llama.file(), "text.llama.model", () -> Files.newInputStream(path)));
        }
        TextSpec.Prompts prompts = prompted.prompts();
        return prompted.with(
                model,
                prompts.with(
                        prompt(prompts.random(), "text.prompts.random"),
                        prompt(prompts.variation(), "text.prompts.variation")));
    }

    private static PublicFile prompt(PublicFile file, String key) {
        return pinned(file, key, new HadoopFile(file.location()));
    }

    private static PublicFile pinned(PublicFile file, String key, ModelFile content) {
        String found;
        try (InputStream in = content.open()) {
            found = Sha256.of(in);
        } catch (IOException | RuntimeException e) {
            throw unreadable(key, file.builtIn() ? content.toString() : file.location(), e);
        }
        return pinned(file, key, found);
    }

    /** @param found the checksum of what is there */
    private static PublicFile pinned(PublicFile file, String key, String found) {
        String declared = file.sha256().orElse(found);
        if (!declared.equals(found)) {
            throw new ConfigurationException(List.of(key + ": " + file.location() + " has the checksum " + found
                    + ", not " + declared + ": put the declared file back, or declare this one"));
        }
        return file.withSha256(found);
    }

    private static ConfigurationException unreadable(String key, String location, Exception e) {
        return new ConfigurationException(
                List.of(key + ": " + location + " cannot be read (" + e.getMessage() + "): check the path"));
    }
}
