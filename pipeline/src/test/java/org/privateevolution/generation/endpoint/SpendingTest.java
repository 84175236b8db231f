package org.privateevolution.generation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.Prices;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.GenerationException;

class SpendingTest {

    private static final Prices PRICES = new Prices(2, 8, 0);
    private static final Tokens AT_MOST = new Tokens(100, 50);
    private static final Optional<Tokens> COST = Optional.of(new Tokens(60, 20));

    private static void spend(Spending spending, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            try (Spending.Reservation reservation = spending.reserve(AT_MOST)) {
                reservation.settle(COST, true);
            }
        }
    }

    @Test
    void whatIsChargedIsAddedUpExactly() throws Exception {
        Spending spending = new Spending(EndpointBudget.UNLIMITED, PRICES);

        spend(spending, 1009);

        assertThat(spending.usage())
                .isEqualTo(new Usage(
                        1009, 1009, 1009 * 60, 1009 * 20, 2.0 * 1009 * 60 / 1e6 + 8.0 * 1009 * 20 / 1e6, 0, 0, 0, 0));
    }

    @Test
    void eachCapStopsBeforeItIsPassed() throws Exception {
        assertThat(sentUnder(new EndpointBudget(
                        OptionalLong.of(7), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty())))
                .isEqualTo(7);
        // The eighth would fit its cost of 60, but not the 100 that it might have been.
        assertThat(sentUnder(new EndpointBudget(
                        OptionalLong.empty(),
                        OptionalLong.of(7 * 60 + 99),
                        OptionalLong.empty(),
                        OptionalDouble.empty())))
                .isEqualTo(7);
        assertThat(sentUnder(new EndpointBudget(
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.of(7 * 20 + 49),
                        OptionalDouble.empty())))
                .isEqualTo(7);
        assertThat(sentUnder(new EndpointBudget(
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalDouble.of(PRICES.of(7, 7 * 60, 7 * 20) + 0.0005))))
                .isEqualTo(7);
    }

    private static long sentUnder(EndpointBudget budget) {
        Spending spending = new Spending(budget, PRICES);
        assertThatThrownBy(() -> spend(spending, 100))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("the budget is spent")
                .hasMessageContaining("start the run again");
        return spending.usage().requests();
    }

    @Test
    void aRequestUnderWayMayTurnOutCheaper() throws Exception {
        Spending spending = new Spending(
                new EndpointBudget(
                        OptionalLong.empty(), OptionalLong.of(170), OptionalLong.empty(), OptionalDouble.empty()),
                PRICES);
        Spending.Reservation first = spending.reserve(AT_MOST);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            try (Spending.Reservation reservation = spending.reserve(AT_MOST)) {
                reservation.settle(COST, true);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(second).isNotDone();

        first.settle(COST, true);

        second.get(10, TimeUnit.SECONDS);
        assertThat(spending.usage().promptTokens()).isEqualTo(120);
    }

    @Test
    void whatMayHaveBeenChargedStaysSetAside() throws Exception {
        Spending spending = new Spending(
                new EndpointBudget(
                        OptionalLong.empty(), OptionalLong.of(199), OptionalLong.empty(), OptionalDouble.empty()),
                PRICES);
        spending.reserve(AT_MOST).settle(Optional.empty(), false);

        assertThatThrownBy(() -> spending.reserve(AT_MOST)).isInstanceOf(GenerationException.class);
        assertThat(spending.usage()).isEqualTo(new Usage(1, 0, 0, 0, 0, 1, 100, 50, PRICES.of(1, 100, 50)));
    }

    @Test
    void whatWasNotSentCostsNothing() throws Exception {
        Spending spending = new Spending(
                new EndpointBudget(
                        OptionalLong.of(1), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty()),
                PRICES);
        spending.reserve(AT_MOST).close();

        spend(spending, 1);

        assertThat(spending.usage().requests()).isEqualTo(1);
    }

    @Test
    void aCapOnAnswersNeedsALimitOnEachAnswer() {
        Spending spending = new Spending(
                new EndpointBudget(
                        OptionalLong.of(10), OptionalLong.of(1000), OptionalLong.of(1000), OptionalDouble.of(1)),
                PRICES);

        assertThatThrownBy(() -> spending.reserve(new Tokens(10, 0)))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("max_completion_tokens");
    }
}
