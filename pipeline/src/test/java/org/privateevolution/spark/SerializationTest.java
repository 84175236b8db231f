package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No class is sent to executors that its room does not test. */
class SerializationTest {

    /** A class that becomes serialisable has to be copied in the test of its room, and be named here. */
    @Test
    void everySerialisableClassIsTested() throws Exception {
        Path classes = Path.of(PrivateEvolution.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> serialisable = new ArrayList<>();
        Path root = classes.resolve("org/privateevolution");
        for (String rooms : List.of("run", "spark")) {
            try (Stream<Path> files = Files.walk(root.resolve(rooms))) {
                for (Path file : files.filter(
                                path -> path.toString().endsWith(".class") && !path.endsWith("package-info.class"))
                        .toList()) {
                    String name = root.relativize(file)
                            .toString()
                            .replace(".class", "")
                            .replace('/', '.');
                    Class<?> type = Class.forName("org.privateevolution." + name);
                    if (Serializable.class.isAssignableFrom(type) && !Throwable.class.isAssignableFrom(type)) {
                        serialisable.add(name);
                    }
                }
            }
        }

        assertThat(serialisable)
                .containsExactlyInAnyOrder(
                        "spark.vectors.BlockPacker",
                        "spark.vote.CandidateVectors",
                        "spark.clients.ClientJoin",
                        "spark.clients.ClientPart",
                        "spark.clients.PrivateClients$JoinedRows",
                        "spark.vectors.ClientPseudonyms",
                        // Part of VoteTask.
                        "spark.vote.ClientBlocks$Joining",
                        "spark.discovery.ClientBallots",
                        "spark.discovery.ClientBallots$Piece",
                        "spark.discovery.ClientRecordsTask",
                        "spark.discovery.DiscoveryTask",
                        // Stays on the driver; only its task travels.
                        "spark.vectors.ClusterEmbedder",
                        "spark.vectors.ClusterEmbedder$Task",
                        // Made by the syntax where files are parsed; serialisable as parts of it.
                        "spark.parsing.CsvLayout",
                        "spark.parsing.CsvLayout$Place",
                        "spark.parsing.CsvParser$LineEnds",
                        "spark.parsing.CsvSyntax",
                        "spark.image.EmbeddedImages",
                        "spark.vectors.EmbeddedRecords",
                        "spark.vectors.EmbeddingProbe",
                        "spark.evaluation.EncodedRow",
                        // An enumeration that stays on the driver.
                        "spark.telemetry.Figure",
                        // Enumerations: the first stays on the driver, the second travels in an exception.
                        "spark.evaluation.Learner",
                        "spark.evaluation.Chances",
                        "spark.evaluation.Chances$Source",
                        "spark.evaluation.ImageComparison$These",
                        "spark.evaluation.JoinedClients$Category",
                        "spark.evaluation.JoinedClients$Code",
                        "spark.evaluation.ImageReading$Embedded",
                        "spark.evaluation.ImageReading$Shown",
                        "spark.evaluation.ImageReading$Told",
                        "spark.evaluation.Part",
                        // Interfaces of those around them.
                        "spark.evaluation.SampledRecords$Choice",
                        "spark.evaluation.SampledRecords$Content",
                        "spark.evaluation.SampledRecords$Drawn",
                        "spark.evaluation.SampledRecords$Share",
                        "spark.source.PrivateDataException$Reason",
                        "spark.vectors.EmbeddingProbe$Samples",
                        "spark.image.FolderFiles$Opened",
                        "spark.vectors.ForeignEmbedder",
                        "spark.vectors.ForeignEncoder",
                        "spark.session.HadoopFile",
                        "spark.parsing.JsonSyntax",
                        "spark.vote.LabelCountTask",
                        "spark.vote.MarginalCountTask",
                        "spark.table.MarginalsStage$CountTask",
                        "spark.parsing.OccurringColumns$Search",
                        // Given to metrics of extensions, which may take it with them.
                        "spark.PopulationEmbedder",
                        "spark.SavedEstimate$Numbered",
                        "spark.DrawnTable$Client",
                        "spark.DrawnTable$ClientRows",
                        "spark.DrawnTable$Completed",
                        "spark.DrawnTable$PointRows",
                        "spark.clients.KeyedTables",
                        "spark.image.PackedImages",
                        "spark.image.PackedImages$Parts",
                        "spark.parsing.ParsedRecords",
                        "spark.parsing.ParsedRecords$AsRows",
                        "spark.vectors.PrecomputedVectors",
                        "spark.vectors.VectorPart",
                        "spark.source.PrivateColumns",
                        "spark.image.PrivateImageVectors$Decoded",
                        "spark.image.PublicImages$Checked",
                        // They travel within blocks and counts.
                        "spark.vectors.RecordsDigest",
                        "spark.vectors.RecordsRead",
                        "spark.vectors.RecordVectors",
                        "spark.vectors.RecordVectors$Embedded",
                        "spark.vectors.RecordVectors$Given",
                        "spark.vectors.ReferenceVectors$Moments",
                        "spark.vectors.ReferenceVectors$SampledVectors",
                        // What VoteTask and LabelCountTask share.
                        "spark.vote.ReleaseTask",
                        "run.SearchEffort",
                        "spark.source.SoundRecords",
                        "spark.image.StoredRenderer",
                        "spark.image.SimulatedRenderer",
                        "spark.image.SyntheticImages$Encoded",
                        "spark.image.SyntheticImages$Files",
                        "spark.text.TextEvaluation$Lengths",
                        "spark.parsing.TextSyntax",
                        "spark.text.PrivateTexts$Unembedded",
                        "spark.vote.VoteCount",
                        "spark.vote.VoteStage$Merge",
                        "spark.vote.VoteTask");
    }
}
