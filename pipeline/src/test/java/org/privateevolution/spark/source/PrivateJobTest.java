package org.privateevolution.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;

class PrivateJobTest {

    private static final String CANARY = "zebrafinch77131";

    private final SparkSession spark = TestSession.spark();
    private final RunSpec spec = Customers.spec(Path.of("private"), Path.of("out"));

    @Test
    void whatIsToldInWordsStaysAsItIsTold() {
        PrivateDataException told = new PrivateDataException("private_data: no column amount");

        assertThatThrownBy(() -> PrivateJob.run(spark, spec, "read", () -> {
                    throw told;
                }))
                .isSameAs(told);
    }

    @Test
    void whatSparkSaysIsNotPassedOn() {
        assertThatThrownBy(() -> PrivateJob.run(
                        spark, spec, "read", () -> spark.sql("SELECT raise_error('%s')".formatted(CANARY))
                                .collectAsList()))
                .isInstanceOf(PrivateDataException.class)
                .hasNoCause()
                .hasMessageContaining("private_data: cannot read parquet private: a check in the query")
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void theJobsHaveTheNameOfTheirStep() {
        String description = PrivateJob.run(
                spark, spec, "read", () -> spark.sparkContext().getLocalProperty("spark.job.description"));

        assertThat(description).isEqualTo("customers: read");
        assertThat(spark.sparkContext().getLocalProperty("spark.job.description"))
                .isNull();
    }
}
