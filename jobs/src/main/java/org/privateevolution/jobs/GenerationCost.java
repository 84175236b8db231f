package org.privateevolution.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.model.endpoint.CallPolicy;

/**
 * What a model will be asked, as far as the configuration tells. Prompts and rejected answers are not known yet.
 *
 * @param requests if every one is answered and none rejected
 * @param completionTokens at most; 0 if answers have no limit, negative if they are images
 * @param money of those tokens and answers, at most; prompts come on top
 * @param minutes at least, by the limit of requests a minute; 0 if there is none
 */
record GenerationCost(long requests, long completionTokens, double money, double minutes) {

    /** Tokens where there are none. */
    private static final long NONE = -1;

    /** Empty if no model is asked. */
    static Optional<GenerationCost> of(RunSpec run, RunCost cost) {
        long requests = cost.samples();
        if (run.modality() instanceof ImageSpec images && images.generator() instanceof ImageSpec.Served served) {
            double money = served.calls().prices().of(requests, 0, 0);
            return Optional.of(new GenerationCost(requests, NONE, money, minutes(requests, served.calls())));
        }
        if (!(run.modality() instanceof TextSpec text) || !(text.generator() instanceof TextSpec.Prompted prompted)) {
            return Optional.empty();
        }
        long tokens = requests * prompted.sampling().maxCompletionTokens().orElse(0);
        double money = 0;
        double minutes = 0;
        if (prompted.model() instanceof TextSpec.Chat chat) {
            money = chat.calls().prices().of(requests, 0, tokens);
            minutes = minutes(requests, chat.calls());
        }
        return Optional.of(new GenerationCost(requests, tokens, money, minutes));
    }

    private static double minutes(long requests, CallPolicy calls) {
        OptionalLong perMinute = calls.limits().requestsPerMinute();
        return perMinute.isEmpty() ? 0 : requests / (double) perMinute.getAsLong();
    }

    /** Names and values. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("requests", requests);
        if (completionTokens == NONE) {
            values.put("money_at_most", money);
        } else {
            values.put("completion_tokens_at_most", completionTokens);
            values.put("completion_money_at_most", money);
        }
        values.put("minutes_at_least", minutes);
        return values;
    }

    void addTo(TextTable table) {
        table.row("requests", ConsoleNumbers.count(requests) + ", and more for rejected answers and failures");
        if (completionTokens == NONE) {
            if (money > 0) {
                table.row("money", ConsoleNumbers.number(money) + " for images");
            }
        } else {
            String tokens = completionTokens == 0 ? "no limit" : "at most " + ConsoleNumbers.count(completionTokens);
            table.row("completion tokens", tokens);
            if (money > 0) {
                table.row("money", "at most " + ConsoleNumbers.number(money) + " for answers; prompts come on top");
            }
        }
        if (minutes > 0) {
            table.row("time", "at least " + ConsoleNumbers.number(minutes) + " minutes by the limit of requests");
        }
    }
}
