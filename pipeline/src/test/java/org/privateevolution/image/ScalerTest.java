package org.privateevolution.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Resampling;

class ScalerTest {

    private static Pixels picture() {
        byte[] rgb = new byte[7 * 5 * 3];
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 7; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[(y * 7 + x) * 3 + c] = (byte) (37 * x + 59 * y + 83 * c + 11 * x * y * (c + 1));
                }
            }
        }
        return new Pixels(7, 5, rgb);
    }

    /** Golden figures: Pillow 13.0.0, {@code Image.resize((width, height), filter)} of {@link #picture()}. */
    @ParameterizedTest
    @CsvSource({
        "NEAREST, 3, 2, 6bc927cb3fb32bb53ff76bdf8339ef0f07ff",
        "NEAREST, 11, 3,"
                + " 0053a60053a62578cb4a9df04a9df06fc21594e73a94e73ab90c5fde3184de318476c91c76c91cb11a83ec6beaec6bea27bc51620db8620db89d5e1fd8af86d8af86ec3f92ec3f923dbc3b8e39e48e39e4dfb68d30333630333681b0dfd22d88d22d88",
        "NEAREST, 2, 9,"
                + " 2578cbb90c5f2578cbb90c5f6bc9272bb53f6bc9272bb53fb11a839d5e1ff76bdf0f07fff76bdf0f07ff3dbc3b81b0df3dbc3b81b0df",
        "BILINEAR, 3, 2, 62799190788a918073a2698587749e786199",
        "BILINEAR, 11, 3,"
                + " 196cbf2c81a547958a626caa7c6c95968a59b1a779ad9d7c825d56936e6da6838476905591746ab15587b264a49574a360838a865ca78c4d9e695c61848a719faf86d32679b35a7d8a96857483a2877db1b880b78b6d7769647c5367df7957b69c4988",
        "BILINEAR, 2, 9,"
                + " 3b8ea5a3745b54839a9b7e6e7f72898f908d8f6e848c8184986d838d6a729e6c93766198a16c9c685cb296728e7f67a09076858d6d95",
        "BICUBIC, 3, 2, 5a7a9294778b93826ea968828574a0775f9a",
        "BICUBIC, 11, 3,"
                + " 126dc82386a5429a826264b37e629a978c55b9b37bb3a581815c4e946d69ab878871984f937664be4f87bf62a59575a35d7d908c55b89543ab60595a7d956c9dbf89dc1a74bb54798a9a886a87a68380bab782b88c6c6560606e4f65ec7c51bda34281",
        "BICUBIC, 2, 9,"
                + " 2d92abac72514a849fa37f69806c899294929369818e8587976f838b6974a06c94715e9ba26c9d645db797738f7f689f9177868f6e8f"
    })
    void imagesAreScaledAsPillowDoes(Resampling resampling, int width, int height, String golden) {
        byte[] expected = HexFormat.of().parseHex(golden);

        byte[] scaled = Scaler.scale(picture(), width, height, resampling).rgb();

        assertThat(scaled).hasSameSizeAs(expected);
        int different = 0;
        for (int i = 0; i < scaled.length; i++) {
            int off = Math.abs((scaled[i] & 0xFF) - (expected[i] & 0xFF));
            // Pillow's weights are fixed-point numbers, so that what lies half-way may round the other way, twice.
            assertThat(off).isLessThanOrEqualTo(2);
            different += off > 0 ? 1 : 0;
        }
        assertThat(different).isLessThanOrEqualTo(expected.length / 20);
    }

    @Test
    void shrinkingAveragesOverAllPixelsItCovers() {
        byte[] rgb = new byte[8 * 3];
        rgb[3 * 3] = (byte) 200;
        Pixels row = new Pixels(8, 1, rgb);

        // Weights of the triangle of half-width 4 about the centre 2 of the first four pixels, up to pixel 5:
        // 5/8, 7/8, 7/8, 5/8, 3/8, 1/8; pixel 3 has 5/8 of a total of 28/8.
        assertThat(Scaler.scale(row, 2, 1, Resampling.BILINEAR).rgb()[0]).isEqualTo((byte) Math.round(200 * 5 / 28.0));
    }

    @ParameterizedTest
    @EnumSource
    void aPlainImageStaysPlainAndAnImageOfTheSizeStaysItself(Resampling resampling) {
        assertThat(Scaler.scale(Images.plain(17, 3, 91), 5, 29, resampling).rgb())
                .containsOnly(91);
        Pixels picture = picture();
        assertThat(Scaler.scale(picture, 7, 5, resampling).rgb()).isEqualTo(picture.rgb());
    }

    @Test
    void anEmptySizeIsRefused() {
        assertThatThrownBy(() -> Scaler.scale(picture(), 0, 4, Resampling.NEAREST))
                .hasMessageContaining("0 x 4");
    }
}
