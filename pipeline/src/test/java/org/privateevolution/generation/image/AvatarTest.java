package org.privateevolution.generation.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SimulatedImage;

class AvatarTest {

    private static final Avatar AVATAR = new Avatar(41, 37, Schedule.of(0.4, 0), Schedule.of(0.2, 0));

    private static long checksum(SimulatedImage image) {
        CRC32 crc = new CRC32();
        crc.update(AVATAR.draw(image).rgb());
        return crc.getValue();
    }

    private static SimulatedImage with(SimulatedImage image, int trait, double value) {
        double[] parameters = image.parameters();
        parameters[trait] = value;
        return new SimulatedImage(parameters);
    }

    /** A portrait on which every trait shows. */
    private static SimulatedImage open() {
        double[] parameters = new double[Portrait.Trait.values().length];
        for (Portrait.Trait trait : Portrait.Trait.values()) {
            parameters[trait.ordinal()] = trait.options() > 0 ? 0 : 0.5;
        }
        parameters[Portrait.Trait.HAIR_STYLE.ordinal()] = 1;
        return new SimulatedImage(parameters);
    }

    @ParameterizedTest
    @EnumSource
    void everyValueOfEveryTraitShows(Portrait.Trait trait) {
        int values = Math.max(2, trait.options());
        Set<Long> drawn = new HashSet<>();
        for (int value = 0; value < values; value++) {
            drawn.add(checksum(with(open(), trait.ordinal(), value)));
        }
        assertThat(drawn).hasSize(values);
    }

    @Test
    void everyPortraitIsDrawnAtTheSizeAskedFor() {
        for (int i = 0; i < 100; i++) {
            Pixels portrait = AVATAR.draw(AVATAR.random(0, new Seed(i)));
            assertThat(portrait.width()).isEqualTo(41);
            assertThat(portrait.height()).isEqualTo(37);
        }
    }

    @Test
    void variationsFollowTheirSchedulesAndStayInRange() {
        SimulatedImage parent = AVATAR.random(0, new Seed(5));
        Set<SimulatedImage> first = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            SimulatedImage variation = AVATAR.vary(parent, 0, 0, new Seed(i));
            first.add(variation);
            for (Portrait.Trait trait : Portrait.Trait.values()) {
                if (trait.options() == 0) {
                    assertThat(variation.parameter(trait.ordinal()))
                            .isBetween(0.0, 1.0)
                            .isCloseTo(parent.parameter(trait.ordinal()), Offset.offset(0.2));
                }
            }
            assertThat(AVATAR.vary(parent, 0, 1 + i, new Seed(i))).isEqualTo(parent);
        }
        assertThat(first).hasSize(50);
    }

    @Test
    void labelsDrawFromTheSamePortraitsAndSeedsDecide() {
        assertThat(AVATAR.random(3, new Seed(8))).isEqualTo(AVATAR.random(0, new Seed(8)));
        assertThat(AVATAR.random(0, new Seed(9))).isNotEqualTo(AVATAR.random(0, new Seed(8)));
    }

    @Test
    void settingsThatCannotBeKeptAreRefused() {
        assertThatThrownBy(() -> new Avatar(0, 5, Schedule.of(1), Schedule.of(1)))
                .hasMessageContaining("0 x 5");
        assertThatThrownBy(() -> new Avatar(5, 5, Schedule.of(1.5), Schedule.of(1)))
                .hasMessageContaining("must each be 0.0 to 1.0, but are [1.5]");
        assertThatThrownBy(() -> new Avatar(5, 5, Schedule.of(1), Schedule.of(-0.1)))
                .hasMessageContaining("at least 0.0");
        assertThatThrownBy(() -> AVATAR.draw(new SimulatedImage(new double[3]))).hasMessageContaining("other settings");
    }
}
