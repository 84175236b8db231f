package org.privateevolution.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private final Options options = new Options(Map.of(
            "a", "12", "b", "1.5e-3", "c", "yes", "d", List.of("x", "y"), "e", List.of("1", "2.5"), "f", "true"));

    @Test
    void valuesAreReadByTheirTypes() {
        assertThat(options.integer("a", 1, 12)).isEqualTo(12);
        assertThat(options.number("b", 0, 1)).isEqualTo(1.5e-3);
        assertThat(options.text("c")).isEqualTo("yes");
        assertThat(options.texts("c")).containsExactly("yes");
        assertThat(options.texts("d")).containsExactly("x", "y");
        assertThat(options.numbers("e", 1, 3)).containsExactly(1.0, 2.5);
        assertThat(options.flag("f", false)).isTrue();
    }

    @Test
    void whatIsNotGivenHasItsFallback() {
        assertThat(options.integer("n", 1, 12, 99)).isEqualTo(99);
        assertThat(options.number("n", 0, 1, 0.25)).isEqualTo(0.25);
        assertThat(options.text("n", "m")).isEqualTo("m");
        assertThat(options.texts("n", List.of("m"))).containsExactly("m");
        assertThat(options.flag("n", true)).isTrue();
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        assertThatThrownBy(() -> options.text("n")).hasMessage("n: is missing");
        assertThatThrownBy(() -> options.integer("n", 0, 1)).hasMessage("n: is missing");
        assertThatThrownBy(() -> options.integer("a", 0, 11))
                .isInstanceOf(OptionException.class)
                .hasMessage("a: 12 is not allowed: must be a whole number from 0 to 11");
        assertThatThrownBy(() -> options.integer("b", 13, Long.MAX_VALUE))
                .hasMessage("b: 1.5e-3 is not allowed: must be a whole number of at least 13");
        assertThatThrownBy(() -> options.number("c", 0, 1))
                .hasMessage("c: yes is not allowed: must be a number from 0.0 to 1.0");
        assertThatThrownBy(() -> options.numbers("e", 0, 2))
                .hasMessage("e: 2.5 is not allowed: must be a number from 0.0 to 2.0");
        assertThatThrownBy(() -> options.flag("c", true)).hasMessage("c: yes is not allowed: must be true or false");
        assertThatThrownBy(() -> options.text("d")).hasMessage("d: is a list: must be a single value");
    }

    @Test
    void whatNobodyHasReadIsKnown() {
        options.text("c");
        options.text("n", "");

        assertThat(options.known()).containsExactly("c", "n");
        assertThat(options.unread()).containsExactly("a", "b", "d", "e", "f");
    }
}
