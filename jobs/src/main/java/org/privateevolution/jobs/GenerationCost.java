package org.privateevolution.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateevolution.model.Modality;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.endpoint.CallPolicy;

/**
 * The requests to a model, as far as the configuration determines them. The length of prompts and the number of
 * rejected answers are not known yet.
 *
 * @param requests number of requests if every answer is accepted
 * @param completionTokens largest number of completion tokens; 0 if answers have no limit, negative if they are images
 * @param money largest cost of these tokens and answers, without prompts
 * @param minutes smallest duration at the limit of requests per minute; 0 if there is no limit
 */
record GenerationCost(long requests, long completionTokens, double money, double minutes) {

    /** Stands for answers that are images and have no tokens. */
    private static final long NONE = -1;

    /** Returns the cost of a run; empty if it makes no requests. */
    static Optional<GenerationCost> of(RunSpec run, RunCost cost) {
        return run.modality().modelCalls().map(asked -> of(asked, cost.samples()));
    }

    private static GenerationCost of(Modality.ModelCalls asked, long requests) {
        long tokens = asked.answers() instanceof Modality.Answers.Tokens limited
                ? requests * limited.most().orElse(0)
                : NONE;
        double money = asked.endpoints()
                .map(calls -> calls.prices().of(requests, 0, Math.max(0, tokens)))
                .orElse(0.0);
        double minutes =
                asked.endpoints().map(calls -> minutes(requests, calls)).orElse(0.0);
        return new GenerationCost(requests, tokens, money, minutes);
    }

    private static double minutes(long requests, CallPolicy calls) {
        OptionalLong perMinute = calls.limits().requestsPerMinute();
        return perMinute.isEmpty() ? 0 : requests / (double) perMinute.getAsLong();
    }

    /** The cost as names and values. */
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
        table.row("requests", ConsoleNumbers.count(requests) + "; rejected answers and failures add more");
        if (completionTokens == NONE) {
            if (money > 0) {
                table.row("money", ConsoleNumbers.estimate(money) + " for images");
            }
        } else {
            String tokens = completionTokens == 0 ? "no limit" : "at most " + ConsoleNumbers.count(completionTokens);
            table.row("completion tokens", tokens);
            if (money > 0) {
                table.row("money", "at most " + ConsoleNumbers.estimate(money) + " for answers; prompts cost extra");
            }
        }
        if (minutes > 0) {
            table.row(
                    "time",
                    "at least " + ConsoleNumbers.estimate(minutes) + " minutes, at the limit of requests per minute");
        }
    }
}
