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
        if (embedding.extension() != null) {
            return spec.with(text.with(embedding, generator(spark, spec, text)));
        }
        PublicFile model = pinned(embedding.model(), "text.embedding.model", model(embedding));
        PublicFile tokenizer = pinned(embedding.tokenizer(), "text.embedding.tokenizer", tokenizer(embedding));
        TextSpec.Embedding pinnedEmbedding = new TextSpec.Embedding(
                model,
                tokenizer,
                embedding.pooling(),
                embedding.normalize(),
                embedding.maxTokens(),
                embedding.output(),
                embedding.column());
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

    /** A file on the driver's own disk. */
    static Path local(PublicFile file) {
        return Path.of(file.location().replaceFirst("^file:(//)?", ""));
    }

    private static ImageSpec.Embedding embedding(ImageSpec.Embedding embedding) {
        if (!(embedding instanceof ImageSpec.OnnxEmbedding onnx)) {
            return embedding;
        }
        return new ImageSpec.OnnxEmbedding(
                pinned(
                        onnx.model(),
                        "images.embedding.model",
                        new HadoopFile(onnx.model().location())),
                onnx.frame(),
                onnx.mean(),
                onnx.std(),
                onnx.layout(),
                onnx.output(),
                onnx.normalize(),
                onnx.dimension(),
                onnx.device());
    }

    private static ImageSpec.Generator generator(SparkSession spark, RunSpec spec, ImageSpec.Generator generator) {
        if (generator instanceof ImageSpec.DrawText draw) {
            ImageSpec.FontFolder fonts = draw.fonts();
            String found = FontFiles.in(fonts.location()).sha256();
            requireDeclared("images.draw_text.fonts", fonts.location(), fonts.sha256(), found);
            return new ImageSpec.DrawText(
                    new ImageSpec.FontFolder(fonts.location(), found),
                    draw.width(),
                    draw.height(),
                    draw.texts(),
                    draw.size(),
                    draw.stroke(),
                    draw.rotation(),
                    draw.variation());
        }
        if (generator instanceof ImageSpec.Pool pool) {
            String found = ImageGeneration.pool(spark, spec, pool).sha256();
            requireDeclared("images.pool", pool.location(), pool.sha256(), found);
            return new ImageSpec.Pool(pool.location(), pool.neighbors(), found);
        }
        return generator;
    }

    private static TextSpec.Generator generator(SparkSession spark, RunSpec spec, TextSpec text) {
        if (text.generator() instanceof TextSpec.Corpus corpus) {
            String found = PublicCorpus.read(spark, spec, corpus).sha256();
            requireDeclared("text.corpus", corpus.location(), corpus.sha256(), found);
            return new TextSpec.Corpus(
                    corpus.format(),
                    corpus.location(),
                    corpus.options(),
                    corpus.column(),
                    corpus.labelColumn(),
                    corpus.neighbors(),
                    found);
        }
        if (!(text.generator() instanceof TextSpec.Prompted prompted)) {
            return text.generator();
        }
        TextSpec.Model model = prompted.model();
        if (model instanceof TextSpec.Llama llama) {
            Path path = local(llama.file());
            PublicFile file = pinned(llama.file(), "text.llama.model", () -> Files.newInputStream(path));
            model = new TextSpec.Llama(
                    file, llama.contextTokens(), llama.parallel(), llama.threads(), llama.repeatPenalty());
        }
        return new TextSpec.Prompted(
                model,
                prompt(prompted.randomPrompt(), "text.prompts.random"),
                prompt(prompted.variationPrompt(), "text.prompts.variation"),
                prompted.sampling(),
                prompted.maxCompletionTokens(),
                prompted.blanking(),
                prompted.length(),
                prompted.answers(),
                prompted.rejections());
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
        requireDeclared(key, file.location(), file.sha256(), found);
        return file.withSha256(found);
    }

    private static void requireDeclared(String key, String location, String declared, String found) {
        if (!declared.isEmpty() && !declared.equals(found)) {
            throw new ConfigurationException(List.of(key + ": " + location + " has the checksum " + found + ", not "
                    + declared + ": put the declared file back, or declare this one"));
        }
    }

    private static ConfigurationException unreadable(String key, String location, Exception e) {
        return new ConfigurationException(
                List.of(key + ": " + location + " cannot be read (" + e.getMessage() + "): check the path"));
    }
}
