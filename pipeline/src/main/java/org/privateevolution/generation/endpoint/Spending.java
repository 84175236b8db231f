package org.privateevolution.generation.endpoint;

import java.util.Locale;
import java.util.Optional;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.Prices;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.GenerationException;

/**
 * Keeps accounts and enforces the budget: before a request is sent, the most that it can cost is reserved; afterwards
 * its actual cost takes the place of the reservation. If the cost is unknown, the reservation stays.
 */
final class Spending {

    private final EndpointBudget budget;
    private final long mostRequests;
    private final long mostPromptTokens;
    private final long mostCompletionTokens;
    private final double mostMoney;
    private final Prices prices;
    private long requests;
    private long answers;
    private long promptTokens;
    private long completionTokens;
    private long unaccounted;
    private long unaccountedPrompt;
    private long unaccountedCompletion;
    private long open;
    private long openPrompt;
    private long openCompletion;

    Spending(EndpointBudget budget, Prices prices) {
        this.budget = budget;
        this.mostRequests = budget.requests().orElse(Long.MAX_VALUE);
        this.mostPromptTokens = budget.promptTokens().orElse(Long.MAX_VALUE);
        this.mostCompletionTokens = budget.completionTokens().orElse(Long.MAX_VALUE);
        this.mostMoney = budget.money().orElse(Double.POSITIVE_INFINITY);
        this.prices = prices;
    }

    /** The amount reserved for one request. */
    final class Reservation implements AutoCloseable {
        private final Tokens atMost;
        private boolean settled;

        private Reservation(Tokens atMost) {
            this.atMost = atMost;
        }

        /** Records that the request was sent; {@code cost} is empty if unknown. */
        void settle(Optional<Tokens> cost, boolean answered) {
            synchronized (Spending.this) {
                requests++;
                if (cost.isEmpty()) {
                    unaccounted++;
                    unaccountedPrompt += atMost.prompt();
                    unaccountedCompletion += atMost.completion();
                } else {
                    answers += answered ? 1 : 0;
                    promptTokens += cost.get().prompt();
                    completionTokens += cost.get().completion();
                }
                giveBack();
            }
        }

        /** Records that nothing was sent, unless the request was settled. */
        @Override
        public void close() {
            synchronized (Spending.this) {
                giveBack();
            }
        }

        private void giveBack() {
            if (!settled) {
                settled = true;
                open--;
                openPrompt -= atMost.prompt();
                openCompletion -= atMost.completion();
                Spending.this.notifyAll();
            }
        }
    }

    /**
     * Reserves the most that a request can cost. Waits for requests under way as long as they may turn out cheaper.
     *
     * @throws GenerationException if the budget is too small
     */
    synchronized Reservation reserve(Tokens atMost) throws InterruptedException {
        if (atMost.completion() == 0 && !atMost.equals(Tokens.NONE) && budget.limitsAnswers()) {
            throw new GenerationException(
                    GenerationException.Reason.BUDGET,
                    "a budget of completion tokens or money needs a limit on the tokens of an"
                            + " answer: set max_completion_tokens");
        }
        String missing = missing(atMost);
        while (missing != null) {
            if (open == 0) {
                throw new GenerationException(
                        GenerationException.Reason.BUDGET,
                        "the budget is spent: " + missing
                                + "; answers so far are kept; raise the budget and start the run again to resume it");
            }
            wait();
            missing = missing(atMost);
        }
        open++;
        openPrompt += atMost.prompt();
        openCompletion += atMost.completion();
        return new Reservation(atMost);
    }

    /** The part of the budget that is too small for one more request; null if none is. */
    private String missing(Tokens next) {
        if (requests + open + 1 > mostRequests) {
            return String.format(Locale.ROOT, "%,d requests of %,d", requests, mostRequests);
        }
        if (promptTokens + unaccountedPrompt + openPrompt + next.prompt() > mostPromptTokens) {
            return String.format(
                    Locale.ROOT,
                    "%,d prompt tokens of %,d, and the next request may take %,d",
                    promptTokens + unaccountedPrompt,
                    mostPromptTokens,
                    next.prompt());
        }
        if (completionTokens + unaccountedCompletion + openCompletion + next.completion() > mostCompletionTokens) {
            return String.format(
                    Locale.ROOT,
                    "%,d completion tokens of %,d, and the next request may take %,d",
                    completionTokens + unaccountedCompletion,
                    mostCompletionTokens,
                    next.completion());
        }
        double spent = money() + unaccountedMoney();
        if (spent + prices.of(open, openPrompt, openCompletion) + prices.of(1, next.prompt(), next.completion())
                > mostMoney) {
            return String.format(
                    Locale.ROOT,
                    "%.4f of %.4f, and the next request may cost %.4f",
                    spent,
                    mostMoney,
                    prices.of(1, next.prompt(), next.completion()));
        }
        return null;
    }

    private double money() {
        return prices.of(answers, promptTokens, completionTokens);
    }

    private double unaccountedMoney() {
        return prices.of(unaccounted, unaccountedPrompt, unaccountedCompletion);
    }

    synchronized Usage usage() {
        return new Usage(
                requests,
                answers,
                promptTokens,
                completionTokens,
                money(),
                unaccounted,
                unaccountedPrompt + openPrompt,
                unaccountedCompletion + openCompletion,
                unaccountedMoney() + prices.of(open, openPrompt, openCompletion));
    }
}
