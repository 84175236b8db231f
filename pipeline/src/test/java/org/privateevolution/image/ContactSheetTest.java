package org.privateevolution.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.Pixels;

class ContactSheetTest {

    private static int red(Pixels image, int x, int y) {
        return image.rgb()[(y * image.width() + x) * Pixels.CHANNELS] & 0xFF;
    }

    @Test
    void imagesStandInRowsWithGapsOfWhite() {
        Pixels sheet = new ContactSheet(2, 5, 7, 1)
                .of(List.of(Images.plain(5, 7, 10), Images.plain(5, 7, 20), Images.plain(5, 7, 30)));

        assertThat(sheet.width()).isEqualTo(13);
        assertThat(sheet.height()).isEqualTo(17);
        assertThat(red(sheet, 1, 1)).isEqualTo(10);
        assertThat(red(sheet, 5, 7)).isEqualTo(10);
        assertThat(red(sheet, 6, 1)).isEqualTo(255);
        assertThat(red(sheet, 7, 7)).isEqualTo(20);
        assertThat(red(sheet, 1, 8)).isEqualTo(255);
        assertThat(red(sheet, 1, 9)).isEqualTo(30);
        assertThat(red(sheet, 7, 9)).as("an empty cell").isEqualTo(255);
    }

    @Test
    void anImageFillsItsCellInItsOwnProportions() {
        Pixels enlarged = new ContactSheet(1, 12, 12, 0).of(List.of(Images.plain(2, 4, 70)));
        assertThat(red(enlarged, 2, 6)).isEqualTo(255);
        assertThat(red(enlarged, 3, 0)).isEqualTo(70);
        assertThat(red(enlarged, 8, 11)).isEqualTo(70);
        assertThat(red(enlarged, 9, 6)).isEqualTo(255);

        Pixels shrunk = new ContactSheet(1, 10, 10, 0).of(List.of(Images.plain(40, 20, 70)));
        assertThat(red(shrunk, 5, 1)).isEqualTo(255);
        assertThat(red(shrunk, 9, 2)).isEqualTo(70);
        assertThat(red(shrunk, 0, 6)).isEqualTo(70);
    }

    @Test
    void aSheetThatCannotBeLaidOutIsRefused() {
        assertThatThrownBy(() -> new ContactSheet(0, 5, 5, 1)).hasMessageContaining("0 columns");
        assertThatThrownBy(() -> new ContactSheet(1, 5, 5, 1).of(List.of())).hasMessageContaining("at least one");
    }
}
