package org.privateevolution.generation.mixed;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.MixedRecord;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Text;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

/**
 * Generates records with columns and a text. {@link RowPlan} determines the columns; another generation API writes the
 * text, with prompts that know the columns through {@link ColumnVariables}. A variation that keeps its text needs no
 * request.
 */
public final class MixedGenerator implements GenerationApi {

    private final RowPlan rows;
    private final GenerationApi texts;

    /** @param texts makes a {@link Text} per request, where parents are mixed records; closed with this generator */
    public MixedGenerator(RowPlan rows, GenerationApi texts) {
        this.rows = rows;
        this.texts = texts;
    }

    @Override
    public boolean replayable() {
        return false;
    }

    @Override
    public void requireReachable() {
        texts.requireReachable();
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        List<GenerationRequest> written = new ArrayList<>();
        for (GenerationRequest request : requests) {
            if (rows.keepsText(request)) {
                Payload parent =
                        ((GenerationRequest.Variation) request).parent().payload();
                sink.accept(
                        request,
                        new MixedRecord(rows.row(request), parent.text().orElseThrow()));
            } else {
                written.add(request);
            }
        }
        if (!written.isEmpty()) {
            texts.generate(
                    written,
                    sink.accepting(
                            (request, text) -> sink.accept(request, new MixedRecord(rows.row(request), (Text) text))));
        }
    }

    @Override
    public void close() {
        texts.close();
    }
}
