package org.privateevolution.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateevolution.fixtures.Copies.copy;

import org.junit.jupiter.api.Test;

/** What goes to executors survives Java serialisation, and does the same there. */
class SerializationTest {

    @Test
    void rowsAndPartsOfATableDoTheSame() throws Exception {
        EncodedRow row = new EncodedRow(new double[] {1, 2.5}, 7, 11);
        EncodedRow copied = copy(row);

        assertThat(copied.codes()).isEqualTo(row.codes());
        assertThat(copied.hash()).isEqualTo(7);
        assertThat(copied.uniform(3)).isEqualTo(row.uniform(3));

        SampledTexts.Part part = new SampledTexts.Part(0.3, true);
        assertThat(copy(part).holds(row)).isEqualTo(part.holds(row));
        assertThat(copy(part)).isEqualTo(part);
    }

    @Test
    void drawnTextsDoTheSame() throws Exception {
        SampledTexts.Drawn drawn = new SampledTexts.Drawn(0.5, "a text");

        assertThat(copy(drawn)).isEqualTo(drawn);
    }
}
