package org.privateevolution.extension;

import java.util.List;
import java.util.Locale;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.EmbedderProvider;
import org.privateevolution.spi.Options;

/** An extension that embeds a text by how often each letter is in it. */
public final class Letters implements EmbedderProvider {

    @Override
    public String name() {
        return "letters";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public Embedder create(Options options) {
        return new Counts(options.text("alphabet", "abcdefghijklmnopqrstuvwxyz"), options.text("mistake", "none"));
    }

    private static final class Counts implements Embedder {

        private static final long serialVersionUID = 1L;

        private final String alphabet;
        private final String mistake;
        private int seen;

        Counts(String alphabet, String mistake) {
            this.alphabet = alphabet;
            this.mistake = mistake;
        }

        @Override
        public int dimension() {
            return alphabet.length();
        }

        @Override
        public String fingerprint() {
            return "letters-" + alphabet;
        }

        @Override
        public float[] embed(List<? extends Payload> payloads) {
            float[] vectors = new float[payloads.size() * alphabet.length()];
            for (int i = 0; i < payloads.size(); i++) {
                String text = ((Text) payloads.get(i)).value();
                if (mistake.equals("throws") && text.contains("Dear")) {
                    throw new IllegalStateException("cannot embed " + text);
                }
                int from = i * alphabet.length();
                text.toLowerCase(Locale.ROOT)
                        .chars()
                        .map(alphabet::indexOf)
                        .filter(letter -> letter >= 0)
                        .forEach(letter -> vectors[from + letter] += 1f / text.length());
                if (mistake.equals("counts calls")) {
                    vectors[from] += seen++;
                }
                if (mistake.equals("nan") && text.contains("Dear")) {
                    vectors[from] = Float.NaN;
                }
            }
            return vectors;
        }

        @Override
        public float[] probe() {
            return embed(List.of(new Text("a"), new Text("The quick brown fox"), new Text("")));
        }
    }
}
