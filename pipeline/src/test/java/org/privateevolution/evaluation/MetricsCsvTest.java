package org.privateevolution.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.MetricValue;

class MetricsCsvTest {

    @Test
    void writesOneLineAMetricUnderAHeader() throws Exception {
        StringBuilder out = new StringBuilder();
        MetricsCsv.write(
                List.of(
                        new MetricValue(0, "", "distinct_share", 0.1, true),
                        new MetricValue(3, "say \"a, b\"\n", "tvd:x", 1e-9, false)),
                out);
        assertThat(out)
                .hasToString("iteration,label,metric,value,inside_guarantee\n"
                        + "0,,distinct_share,0.1,true\n"
                        + "3,\"say \"\"a, b\"\"\n\",tvd:x,1.0E-9,false\n");
    }

    @Test
    void writesTheHeaderOfNoMetrics() throws Exception {
        StringBuilder out = new StringBuilder();
        MetricsCsv.write(List.of(), out);
        assertThat(out).hasToString("iteration,label,metric,value,inside_guarantee\n");
    }

    @Test
    void whatWasWrittenIsReadAgain() throws Exception {
        List<MetricValue> metrics = List.of(
                new MetricValue(0, "", "distinct_share", 0.1, true),
                new MetricValue(3, "say \"a, b\"\n", "tvd:x", 1e-9, false),
                new MetricValue(3, "\"", "\"\"", Double.POSITIVE_INFINITY, false));
        StringBuilder out = new StringBuilder();
        MetricsCsv.write(metrics, out);
        assertThat(MetricsCsv.read(out.toString())).isEqualTo(metrics);
        assertThat(MetricsCsv.read(MetricsCsv.HEADER + ",later\n1,,m,2,true,more\n"))
                .containsExactly(new MetricValue(1, "", "m", 2, true));
    }

    @Test
    void whatIsNoMetricsIsRefused() {
        for (String csv : List.of("", "iteration,label\n")) {
            assertThatThrownBy(() -> MetricsCsv.read(csv)).hasMessageContaining("the first line is not iteration,");
        }
        for (String row : List.of("1,,m,2", "x,,m,2,true", "1,,m,,true", "1,,m,NaN,true")) {
            assertThatThrownBy(() -> MetricsCsv.read(MetricsCsv.HEADER + "\n0,,m,1,true\n" + row + "\n"))
                    .hasMessageContaining("row 3 is no metric");
        }
    }

    @Test
    void aFigureThatIsNoNumberIsNoMetric() {
        assertThatThrownBy(() -> new MetricValue(2, "", "fid", Double.NaN, true))
                .hasMessageContaining("metric fid of iteration 2");
        assertThatThrownBy(() -> new MetricValue(2, "", " ", 1, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
