package org.privateevolution.spark.mixed;

import org.apache.spark.sql.SparkSession;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.generation.mixed.ColumnVariables;
import org.privateevolution.generation.mixed.RowPlan;
import org.privateevolution.model.MixedSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.modality.Room;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.table.TableRoom;
import org.privateevolution.spark.text.PrivateTexts;
import org.privateevolution.spark.text.TextGeneration;
import org.privateevolution.spark.text.TextRoom;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;

/** The entry point for mixed records, which have columns and a text. */
public final class MixedRoom implements Room<MixedSpec> {

    private final TextRoom texts = new TextRoom();

    @Override
    public Class<MixedSpec> kind() {
        return MixedSpec.class;
    }

    @Override
    public int dimension(MixedSpec mixed) {
        return Math.addExact(TabularEmbedder.of(mixed.tabular()).dimension(), texts.dimension(mixed.text()));
    }

    @Override
    public String narrower() {
        return "take rare categories of the longest lists together, for instance as one category 'other', or choose"
                + " another text.embedding.model";
    }

    @Override
    public MixedSpec pinned(SparkSession spark, RunSpec spec, MixedSpec mixed) {
        return new MixedSpec(mixed.tabular(), texts.pinned(spark, spec, mixed.text()));
    }

    @Override
    public void check(SparkSession spark, PrivateSource source, RunSpec spec, MixedSpec mixed) {
        TableRoom.generated(spec);
        MixedSpec pinned = pinned(spark, spec, mixed);
        generation(
                        spec.with(pinned),
                        pinned,
                        new RowPlan(pinned.tabular(), pinned.beside(), Constraints.of(pinned.tabular(), spec.labels())))
                .check();
        TextRoom.embedder(spark, mixed.text());
        try (PrivateVectors records = PrivateTexts.checked(spec, source)) {
            records.requireRecords();
        }
    }

    /** Returns the generation of the texts, with prompts that know the columns. */
    static TextGeneration generation(RunSpec spec, MixedSpec mixed, RowPlan rows) {
        TextSpec text = mixed.text();
        return new TextGeneration(
                spec,
                text,
                new ColumnVariables(
                        spec.labels(),
                        mixed.tabular().schema(),
                        text.outputColumn(),
                        rows,
                        mixed.beside().rating()));
    }

    @Override
    public OpenModality open(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            MixedSpec mixed,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        return new MixedModality(
                spark, source, spec, mixed, TextRoom.embedder(spark, mixed.text()), store, privateStore, listener);
    }
}
