package org.privateevolution.extension;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Content;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.Generator;
import org.privateevolution.spi.GeneratorProvider;
import org.privateevolution.spi.Options;

/** An extension that makes texts of a few words. */
public final class Salad implements GeneratorProvider {

    @Override
    public String name() {
        return "salad";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public Set<Content> makes() {
        return Set.of(Content.TEXTS);
    }

    @Override
    public Generator create(Options options) {
        List<String> words = options.texts("words", List.of("lettuce", "tomato", "olive", "rocket", "radish"));
        int length = (int) options.integer("length", 1, 100, 7);
        String mistake = options.text("mistake", "none");
        return context -> new Api(context, words, length, mistake);
    }

    private record Api(GenerationContext context, List<String> words, int length, String mistake)
            implements GenerationApi {

        @Override
        public boolean replayable() {
            return true;
        }

        @Override
        public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
            if (mistake.equals("throws")) {
                throw new IllegalStateException("no lettuce");
            }
            for (GenerationRequest request : requests) {
                if (!mistake.equals("silent")) {
                    sink.accept(request, payload(request));
                }
                if (mistake.equals("twice")) {
                    sink.accept(request, payload(request));
                }
            }
        }

        private Payload payload(GenerationRequest request) {
            if (mistake.equals("row")) {
                return new org.privateevolution.model.TableRow(new double[] {0});
            }
            if (mistake.equals("clock")) {
                return new Text(Long.toString(System.nanoTime()));
            }
            RandomGenerator random = request.seed().generator();
            String[] drawn = new String[length];
            for (int i = 0; i < length; i++) {
                drawn[i] = words.get(random.nextInt(words.size()));
            }
            if (request instanceof GenerationRequest.Variation variation) {
                String[] parent = ((Text) variation.parent().payload()).value().split(" ");
                drawn[0] = parent[parent.length - 1];
            }
            return new Text(context.labels().get(request.label()) + " " + String.join(" ", drawn));
        }

        @Override
        public void close() {}
    }
}
