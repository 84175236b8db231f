package org.privateevolution.spark.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Text;
import org.privateevolution.report.RunReport.Lineage;
import org.privateevolution.report.RunReport.Step;

class TextLineagesTest {

    private static final RunSpec.Labels LABELS = new RunSpec.Labels(
            "label", ColumnType.parse("string"), List.of("ham", "spam"), new RunSpec.Fractions.Uniform());

    private static Sample sample(String id, int label, String parent) {
        return new Sample(id, label, new Text("text of " + id), parent);
    }

    @Test
    void keptSamplesAreShownOnceAndThoseWithoutAncestorsNot() {
        List<Population> populations = List.of(
                new Population(0, List.of(sample("a", 0, ""), sample("b", 1, ""))),
                new Population(1, List.of(sample("a", 0, ""), sample("c", 1, "b"))),
                new Population(2, List.of(sample("a", 0, ""), sample("d", 1, "c"))));
        assertThat(TextLineages.of(LABELS, populations::get, 2))
                .containsExactly(new Lineage(
                        "spam", List.of(new Step(0, "text of b"), new Step(1, "text of c"), new Step(2, "text of d"))));
    }

    @Test
    void aFewFromAllLabelsAreShown() {
        List<Sample> initial = new ArrayList<>();
        List<Sample> published = new ArrayList<>();
        for (int i = 0; i < 1_009; i++) {
            int label = i < 503 ? 0 : 1;
            initial.add(sample("i" + i, label, ""));
            published.add(sample("p" + i, label, "i" + i));
        }
        List<Population> populations = List.of(new Population(0, initial), new Population(1, published));
        List<Lineage> lineages = TextLineages.of(LABELS, populations::get, 1);
        assertThat(lineages).hasSize(6).extracting(Lineage::label).contains("ham", "spam");
        assertThat(TextLineages.of(LABELS, i -> populations.get(0), 0)).isEmpty();
    }
}
