package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateevolution.model.RunSpec;

class CanonicalConfigurationTest {

    static Stream<RunSpec> specs() {
        return Stream.of(
                Configurations.minimal(),
                Configurations.full(),
                Configurations.minimal("private_data={table: a.b.c}", "privacy.ledger=l", "name='on: \"#1\"'"),
                Configurations.minimal("labels={column: x, values: [a, noisy], fractions: {a: 0.1, noisy: 0.9}}"),
                Configurations.minimal("labels={column: x, type: integer, values: [3, 1]}"),
                Configurations.minimal("labels={column: x, values: [a], fractions: {noisy: {noise_multiplier: 9}}}"));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void theCanonicalFormsReadBackToTheSameRun(RunSpec spec) {
        assertThat(RunConfiguration.parse(CanonicalConfiguration.yaml(spec), "other.yaml", List.of()))
                .isEqualTo(spec);
        assertThat(RunConfiguration.parse(CanonicalConfiguration.json(spec), "other.json", List.of()))
                .isEqualTo(spec);
    }

    @Test
    void twoWaysToSayTheSameHaveOneForm() {
        String said = CanonicalConfiguration.json(Configurations.minimal());

        assertThat(CanonicalConfiguration.json(Configurations.minimal(
                        "evolution={schedule: [7, 7, 7, 7], rules: [{votes: 1}, {votes: 2, variation_fold: 1}]}",
                        "privacy.epsilon=1.000",
                        "privacy.delta=0.00001",
                        "vote={metric: l2}")))
                .isEqualTo(said);
    }

    @Test
    void theJsonIsOneLineWithSortedKeys() {
        assertThat(CanonicalConfiguration.json(Configurations.minimal()))
                .isEqualTo("{\"evaluation\":{\"private_metrics\":false},"
                        + "\"evolution\":{\"initial_variation_fold\":0,\"lookahead\":0,"
                        + "\"rules\":[{\"keep_selected\":false,\"selection\":\"sample\",\"variation_fold\":1,"
                        + "\"votes\":3}],\"schedule\":[7,7,7,7]},"
                        + "\"name\":\"customers\","
                        + "\"output\":{\"formats\":[\"parquet\",\"csv\"],\"path\":\"out/customers\","
                        + "\"publish\":\"population\"},"
                        + "\"privacy\":{\"adjacency\":\"add-remove\",\"delta\":0.00001,\"epsilon\":1,"
                        + "\"ledger\":\"in/customers.ledger\",\"unit\":\"record\"},"
                        + "\"private_data\":{\"format\":\"parquet\",\"options\":{},\"partitions\":0,"
                        + "\"path\":\"in/customers\",\"store\":{\"keep\":false,\"path\":\"out/customers-private\"}},"
                        + "\"seed\":0,"
                        + "\"tabular\":{\"categorical_weight\":0.3333333333333333,\"columns\":[{"
                        + "\"categories\":[\"USA\",\"Mexico\",\"NO\"],\"name\":\"country\",\"nullable\":false,"
                        + "\"type\":\"string\"}],"
                        + "\"mutation\":{\"gamma\":0.2,\"initial\":0.5,\"iterations\":15,\"last\":0.01},"
                        + "\"numeric_weight\":1},"
                        + "\"vote\":{\"broadcast_chunk_mib\":64,\"metric\":\"l2\",\"neighbors\":1}}");
    }

    @Test
    void numbersAreTheShortestThatReadBack() {
        assertThat(ShortestDecimal.of(0.1)).hasToString("0.1");
        assertThat(ShortestDecimal.of(1e-5)).hasToString("0.00001");
        assertThat(ShortestDecimal.of(1000)).hasToString("1000");
        assertThat(ShortestDecimal.of(2e-3)).hasToString("0.002");
        assertThat(ShortestDecimal.of(1.0 / 3)).hasToString("0.3333333333333333");
        assertThat(ShortestDecimal.of(1e300)).hasToString("1E+300");
        SplittableRandom random = new SplittableRandom(1021);
        for (int i = 0; i < 2003; i++) {
            double x = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(x)) {
                assertThat(ShortestDecimal.of(x).doubleValue()).isEqualTo(x);
            }
        }
    }
}
