package org.privateevolution.spark.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.ClientsSpec;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Modality;
import org.privateevolution.model.RunSpec;

/**
 * A copy of a configuration that reads invented records and keeps everything in folders of the audit. The declarations
 * of private data, ledger, store and output are replaced; everything that decides votes, noise and accounting is kept.
 */
final class AuditedConfiguration {

    /** More than one, so that partial histograms are merged. */
    private static final int PARTITIONS = 3;

    private final RunSpec spec;
    private final String folder;

    /** @param folder folder of one run of the audit */
    AuditedConfiguration(RunSpec spec, String folder) {
        this.spec = spec;
        this.folder = folder;
    }

    /** Where the invented records have to be written, in the {@link RecordFormat} of the configuration. */
    String records() {
        return folder + "/records";
    }

    RunSpec spec() {
        RunSpec.Privacy privacy = spec.privacy();
        RecordFormat format = RecordFormat.of(spec);
        return new RunSpec(
                spec.name() + "-audit",
                spec.seed(),
                new RunSpec.PrivateData(
                        format.name(),
                        records(),
                        format.options(),
                        spec.privateData().clientColumn(),
                        PARTITIONS,
                        new RunSpec.PrivateStore(folder + "/private", false, "")),
                spec.labels(),
                new RunSpec.Privacy(
                        privacy.epsilon(),
                        privacy.noiseMultiplier(),
                        privacy.delta(),
                        privacy.unit(),
                        privacy.adjacency(),
                        folder + "/ledger",
                        Optional.empty()),
                spec.evolution(),
                spec.vote(),
                modality(),
                new RunSpec.Evaluation(false),
                new RunSpec.Output(
                        folder + "/run",
                        List.of("parquet"),
                        spec.output().published(),
                        spec.output().rows(),
                        false));
    }

    private Modality modality() {
        if (spec.modality() instanceof ImageSpec images) {
            return inTable(images);
        }
        return spec.modality() instanceof ClientsSpec ? inFolders(spec.tabular()) : spec.modality();
    }

    /** The same clients, with the files of child tables in the audit's folder. */
    private ClientsSpec inFolders(RunSpec.Tabular tabular) {
        ClientTables tables = tabular.clients().orElseThrow();
        List<ChildTable> children = new ArrayList<>();
        for (ChildTable child : tables.children()) {
            RecordFormat format = RecordFormat.of(spec.with(child.source(spec.privateData())));
            children.add(
                    child.isApart()
                            ? child.at(folder + "/children/" + child.name(), format.name(), format.options())
                            : child);
        }
        return new ClientsSpec(new RunSpec.Tabular(
                new ClientTables(tables.root(), children),
                tabular.generated(),
                tabular.mutation(),
                tabular.numericWeight(),
                tabular.categoricalWeight()));
    }

    private static ImageSpec inTable(ImageSpec images) {
        ImageSpec.Source source = images.source();
        return new ImageSpec(
                new ImageSpec.Source(source.column(), Optional.empty(), ImageSpec.Corrupt.REFUSE, source.mostPixels()),
                images.embedding(),
                images.generator(),
                Optional.empty());
    }
}
