package org.privateevolution.spark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticImagesTest {

    @Test
    void labelsThatAreNoNamesOfFoldersGetOne() {
        assertThat(SyntheticImages.folders(List.of("cats", "big dogs", "Müller", "a/b", "..", "", "_x", "c:\\d")))
                .containsExactly("cats", "big dogs", "Müller", "a_b", "label", "label_5", "x", "c__d");
    }

    @Test
    void noTwoLabelsShareAFolderEvenWhereCaseDoesNotCount() {
        List<String> folders = SyntheticImages.folders(List.of("a/b", "a?b", "A_B", "a_b_1"));

        assertThat(folders.stream().map(String::toLowerCase))
                .doesNotHaveDuplicates()
                .hasSize(4);
    }
}
