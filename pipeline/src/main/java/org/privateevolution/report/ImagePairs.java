package org.privateevolution.report;

import java.util.List;
import org.privateevolution.model.Evaluation.ImagePair;
import org.privateevolution.model.Evaluation.Question;

/** Shows pairs of a real image and a synthetic one whose embeddings are close. */
record ImagePairs(Question asked, List<ImagePair> pairs) {

    void write(Sheet sheet) {
        Markup markup = sheet.markup();
        sheet.heading(
                asked == Question.MEMORY
                        ? "The synthetic images that lie closest to a real one"
                        : "Some real images, and the synthetic one that lies closest to each");
        sheet.explain(Terms.PAIRS);
        markup.open("div", "class", "pairs");
        for (int i = 0; i < pairs.size(); i++) {
            write(markup, i + 1, pairs.get(i));
        }
        markup.close();
    }

    private static void write(Markup markup, int number, ImagePair pair) {
        String distance = "distance " + ReportNumbers.figure(pair.distance());
        markup.open("figure", "class", "card pair").open("div", "class", "both");
        image(markup, "Real", "real image of pair " + number, pair.real());
        image(markup, "Synthetic", "synthetic image of pair " + number + ", " + distance, pair.synthetic());
        markup.close().element("figcaption", distance).close();
    }

    private static void image(Markup markup, String title, String text, byte[] png) {
        markup.open("div").element("span", title, "class", "muted");
        markup.picture(text, png).close();
    }
}
