package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final PrivacyBudget BUDGET =
            new PrivacyBudget(1, 1e-5, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, "");

    @Test
    void chargesAreNumberedAndChained() {
        InMemoryLedger storage = new InMemoryLedger();
        Ledger ledger = new Ledger(storage);
        for (int i = 1; i <= 5; i++) {
            Charge charge = ledger.charge(vote("run-a", i, 10));
            assertThat(charge.sequence()).isEqualTo(i);
            assertThat(charge.release()).isEqualTo(vote("run-a", i, 10));
        }
        List<LedgerEntry> entries = new Ledger(storage).entries();
        assertThat(entries).hasSize(5);
        assertThat(entries.get(0).previousHash()).isEqualTo("0".repeat(64));
        for (int i = 1; i < 5; i++) {
            assertThat(entries.get(i).previousHash())
                    .isEqualTo(entries.get(i - 1).hash());
        }
    }

    /** The SHA-256 that Python's hashlib gives for the canonical text: stored ledgers must stay readable. */
    @Test
    void hashIsThatOfTheCanonicalText() {
        assertThat(LedgerEntry.after(null, vote("run-a", 1, 10)).hash())
                .isEqualTo("d43c599249e4418829a8dd86a5f5c4d22cea0e2622ae6694af68314dd58e8926");
    }

    @Test
    void resumedRunIsNotChargedTwice() {
        InMemoryLedger storage = new InMemoryLedger();
        new Ledger(storage).charge(vote("run-a", 1, 10));
        Release again = release("vote-001", "run-a", "another", 10, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, "");
        Charge charge = new Ledger(storage).charge(again);
        assertThat(charge.sequence()).isEqualTo(1);
        assertThat(charge.release()).isEqualTo(vote("run-a", 1, 10));
        assertThat(storage.read()).hasSize(1);
    }

    @Test
    void oneProcessReleasesOnceUnderACharge() {
        Ledger ledger = new Ledger(new InMemoryLedger());
        new VoteHistogram(3).release(ledger.charge(vote("run-a", 1, 10)), DiscreteGaussian.secure());
        Charge again = ledger.charge(vote("run-a", 1, 10));
        assertThatThrownBy(() -> new VoteHistogram(3).release(again, DiscreteGaussian.secure()))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("already been made");
    }

    @Test
    void aReleaseThatWasMadeIsNeverChargedForNewNoise() {
        InMemoryLedger storage = new InMemoryLedger();
        Ledger ledger = new Ledger(storage);
        Release release = vote("run-a", 1, 10);
        NoisyHistogram made = new VoteHistogram(3).release(ledger.charge(release), DiscreteGaussian.secure());
        assertThat(ledger.publish(release, made)).isSameAs(made);
        assertThat(ledger.publish(release, made)).isSameAs(made);

        assertThatThrownBy(() -> new Ledger(storage).charge(release))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("was made already");
        assertThat(new Ledger(storage).recover(release))
                .hasValueSatisfying(released -> assertThat(released.histogram()).contains(made));
    }

    /** Whoever comes second gets the first histogram, and what it drew is forgotten. */
    @Test
    void aReleaseHasOneHistogramOnly() {
        InMemoryLedger storage = new InMemoryLedger();
        Release release = vote("run-a", 1, 10);
        NoisyHistogram first = NoisyHistogram.restored("vote-001", 10, new long[] {1, 2});
        assertThatThrownBy(() -> new Ledger(storage).publish(release, first)).hasMessageContaining("never charged");
        new Ledger(storage).charge(release);
        new Ledger(storage).publish(release, first);

        NoisyHistogram other = NoisyHistogram.restored("vote-001", 10, new long[] {1, 3});
        assertThat(new Ledger(storage).publish(release, other)).isEqualTo(first);
        NoisyHistogram misnamed = NoisyHistogram.restored("vote-002", 10, new long[] {1, 3});
        assertThatThrownBy(() -> new Ledger(storage).publish(release, misnamed))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("not what entry 1");
    }

    @Test
    void aReleaseOf010HasTheHistogramOfItsStore() {
        InMemoryLedger storage = new InMemoryLedger();
        Release release = vote("run-a", 1, 10);
        NoisyHistogram stored = NoisyHistogram.restored("vote-001", 10, new long[] {1, 2});
        Ledger ledger = new Ledger(storage);
        ledger.charge(release);
        storage.confirmAs010(ledger.entries().get(0), stored);

        assertThat(ledger.publish(release, stored)).isSameAs(stored);
        NoisyHistogram other = NoisyHistogram.restored("vote-001", 10, new long[] {1, 3});
        assertThatThrownBy(() -> ledger.publish(release, other))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("other noise");
    }

    @Test
    void onlyAReleaseOf010IsAdoptedFromTheStore() {
        InMemoryLedger storage = new InMemoryLedger();
        Ledger ledger = new Ledger(storage);
        NoisyHistogram stored = NoisyHistogram.restored("vote-001", 10, new long[] {1, 2});
        ledger.charge(vote("run-a", 1, 10));
        assertThat(ledger.adopt(vote("run-a", 1, 10), stored)).isEqualTo(stored);

        Release named = named("run-b", 10);
        ledger.charge(named);
        assertThatThrownBy(() -> ledger.adopt(named, stored))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("restore the ledger");
    }

    /** What was drawn second may lie beside the ledger: then the run must not go on as if nothing were there. */
    @Test
    void aHistogramThatLostAndMayHaveStayedIsAnError() {
        InMemoryLedger storage = new InMemoryLedger() {
            @Override
            public synchronized void release(LedgerEntry entry, NoisyHistogram histogram) throws IOException {
                super.release(entry, NoisyHistogram.restored("vote-001", 10, new long[] {7, 7}));
                throw new IOException(".entry-000001.tmp cannot be removed");
            }
        };
        Ledger ledger = new Ledger(storage);
        Release release = vote("run-a", 1, 10);
        ledger.charge(release);

        assertThatThrownBy(() -> ledger.publish(release, NoisyHistogram.restored("vote-001", 10, new long[] {1, 2})))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("cannot be removed");
    }

    @Test
    void theBudgetOfTheFirstRunHoldsForEveryRun() {
        InMemoryLedger storage = new InMemoryLedger();
        double multiplier = Accountant.of(Adjacency.ADD_REMOVE).noiseMultiplier(1, 1e-5, 2);
        new Ledger(storage, BUDGET).charge(vote("run-a", 1, multiplier));
        assertThat(new Ledger(storage).budget())
                .hasValueSatisfying(entry -> assertThat(entry.budget()).isEqualTo(BUDGET))
                .hasValueSatisfying(entry -> assertThat(entry.day()).isEqualTo("2026-01-02"));

        new Ledger(storage).charge(vote("run-b", 1, multiplier));
        PrivacyBudget larger = new PrivacyBudget(9, 1e-5, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, "");
        assertThat(larger.allowsMoreThan(BUDGET)).isTrue();
        for (Ledger ledger : List.of(new Ledger(storage), new Ledger(storage, larger))) {
            assertThatThrownBy(() -> ledger.charge(vote("run-c", 1, multiplier)))
                    .isInstanceOf(PrivacyException.class)
                    .hasMessageContaining("epsilon 1 at delta 1e-5")
                    .hasMessageContaining("set in the ledger on 2026-01-02")
                    .hasMessageContaining("nothing is left");
        }
        assertThat(new Ledger(storage).budget().orElseThrow().budget()).isEqualTo(BUDGET);
    }

    @Test
    void aSmallerBudgetOfARunHoldsForThatRun() {
        InMemoryLedger storage = new InMemoryLedger();
        double multiplier = Accountant.of(Adjacency.ADD_REMOVE).noiseMultiplier(1, 1e-5, 3);
        new Ledger(storage, BUDGET).charge(vote("run-a", 1, multiplier));
        PrivacyBudget smaller = new PrivacyBudget(0.7, 1e-5, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, "");

        assertThatThrownBy(() -> new Ledger(storage, smaller, "do less").charge(vote("run-b", 1, multiplier)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("set by privacy.budget")
                .hasMessageContaining("do less");
        new Ledger(storage).charge(vote("run-b", 1, multiplier));
    }

    @Test
    void anExistingLedgerGetsTheFirstBudgetThatARunBrings() {
        InMemoryLedger storage = new InMemoryLedger();
        new Ledger(storage).charge(vote("run-a", 1, 10));
        Ledger ledger = new Ledger(storage, BUDGET);
        assertThat(ledger.budget()).isEmpty();

        assertThat(ledger.charge(vote("run-b", 1, 10)).sequence()).isEqualTo(3);
        assertThat(storage.read().get(1)).isInstanceOf(BudgetEntry.class);
    }

    @Test
    void aBudgetIsRaisedOnlyByHand() {
        InMemoryLedger storage = new InMemoryLedger();
        double multiplier = Accountant.of(Adjacency.ADD_REMOVE).noiseMultiplier(1, 1e-5, 1);
        Ledger ledger = new Ledger(storage, BUDGET);
        ledger.charge(vote("run-a", 1, multiplier));
        PrivacyBudget larger = new PrivacyBudget(2, 1e-5, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, "");
        new Ledger(storage).setBudget(larger, LocalDate.of(2026, 1, 3));

        new Ledger(storage).charge(vote("run-b", 1, multiplier));
        assertThat(new Ledger(storage).records()).hasSize(4);
        PrivacyBudget client = new PrivacyBudget(2, 1e-5, PrivacyUnit.CLIENT, Adjacency.ADD_REMOVE, "id");
        assertThatThrownBy(() -> new Ledger(storage).setBudget(client, LocalDate.of(2026, 1, 4)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("cannot be added up");
    }

    /** What is said to be left fits, and a hair more does not. */
    @Test
    void whatIsLeftIsWhatOneMoreRunMayCost() {
        List<Release> past = List.of(vote("run-a", 1, 8));
        BudgetReading reading = BudgetReading.of(BUDGET, past);
        for (double share : new double[] {0.999, 1.001}) {
            double multiplier = Accountant.of(Adjacency.ADD_REMOVE).noiseMultiplier(share * reading.left(), 1e-5, 1);
            InMemoryLedger storage = new InMemoryLedger();
            new Ledger(storage).charge(past.get(0));
            Ledger ledger = new Ledger(storage, BUDGET);
            assertThat(catchThrowable(() -> ledger.charge(vote("run-b", 1, multiplier))) == null)
                    .isEqualTo(share < 1);
        }
        assertThat(BudgetReading.of(BUDGET, List.of(vote("run-a", 1, 1))).left())
                .isZero();
    }

    @Test
    void aBudgetThatWasChangedIsDetected() {
        InMemoryLedger storage = new InMemoryLedger();
        new Ledger(storage, BUDGET).charge(vote("run-a", 1, 10));
        BudgetEntry entry = (BudgetEntry) storage.read().get(0);
        PrivacyBudget larger = new PrivacyBudget(9, 1e-5, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, "");
        BudgetEntry forged = new BudgetEntry(1, larger, entry.day(), entry.previousHash(), entry.hash());
        BudgetEntry backdated =
                new BudgetEntry(1, BUDGET, entry.day().minusDays(1), entry.previousHash(), entry.hash());
        for (BudgetEntry changed : List.of(forged, backdated)) {
            assertDamaged(List.of(changed, storage.read().get(1)));
        }
        assertDamaged(List.of(storage.read().get(1)));
    }

    @Test
    void aChargeKeepsTheDayAndNothingFiner() {
        Release release = named("run-a", 10);
        assertThat(release.time()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
        assertThat(release.day()).isEqualTo("2026-01-02");
    }

    /** As in hashIsThatOfTheCanonicalText, for entries that name their run. */
    @Test
    void theNameAndDeltaOfARunArePartOfTheChain() {
        List<LedgerEntry> entries = List.of(LedgerEntry.after(null, named("run-a", 10)));
        Release renamed = named("run-a", "another", 1e-6, 10);
        assertDamaged(List.of(with(entries.get(0), renamed)));
        assertDamaged(List.of(with(entries.get(0), named("run-a", "customers", 1e-7, 10))));
        assertDamaged(List.of(with(entries.get(0), vote("run-a", 1, 10))));
        assertThat(new Ledger(new InMemoryLedger(entries)).entries()).hasSize(1);
    }

    private static Release named(String runId, double noiseMultiplier) {
        return named(runId, "customers", 1e-6, noiseMultiplier);
    }

    private static Release named(String runId, String name, double delta, double noiseMultiplier) {
        return new Release(
                "vote-001",
                runId,
                "f1",
                Release.Kind.VOTES,
                noiseMultiplier,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "",
                TIME,
                name,
                delta);
    }

    @Test
    void sameIdWithOtherTermsIsRefused() {
        InMemoryLedger storage = new InMemoryLedger();
        Ledger ledger = new Ledger(storage);
        ledger.charge(vote("run-a", 1, 10));
        List<Release> others = List.of(
                vote("run-a", 1, 10.5),
                release("vote-001", "run-a", "f1", 10, PrivacyUnit.RECORD, Adjacency.REPLACE_ONE, ""),
                release("vote-001", "run-a", "f1", 10, PrivacyUnit.CLIENT, Adjacency.ADD_REMOVE, "id"),
                new Release(
                        "vote-001",
                        "run-a",
                        "f1",
                        Release.Kind.LABEL_COUNTS,
                        10,
                        PrivacyUnit.RECORD,
                        Adjacency.ADD_REMOVE,
                        "",
                        TIME));
        for (Release other : others) {
            assertThatThrownBy(() -> ledger.charge(other))
                    .isInstanceOf(PrivacyException.class)
                    .hasMessageContaining("vote-001")
                    .hasMessageContaining("10.0");
            assertThatThrownBy(() -> ledger.checkAffordable(List.of(other))).isInstanceOf(PrivacyException.class);
        }
        ledger.charge(vote("run-b", 1, 10.5));
        assertThat(storage.read()).hasSize(2);
    }

    @Test
    void chargeBeyondTheBudgetIsRefusedBeforeItIsWritten() {
        InMemoryLedger storage = new InMemoryLedger();
        Ledger ledger = new Ledger(storage, BUDGET);
        double multiplier = Accountant.of(Adjacency.ADD_REMOVE).noiseMultiplier(1, 1e-5, 7);
        for (int i = 1; i <= 7; i++) {
            ledger.charge(vote("run-a", i, multiplier));
        }
        assertThat(ledger.epsilon(1e-5, Adjacency.ADD_REMOVE)).isCloseTo(1, within(1e-7));
        assertThatThrownBy(() -> ledger.charge(vote("run-b", 1, 1e4)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("budget is epsilon 1 at delta 1e-5")
                .hasMessageContaining("7 releases");
        // The first entry is the budget.
        assertThat(storage.read()).hasSize(8);
        assertThat(ledger.charge(vote("run-a", 7, multiplier)).sequence()).isEqualTo(8);
    }

    @Test
    void budgetCountsWhatOtherRunsSpentMeanwhile() {
        InMemoryLedger storage = new InMemoryLedger();
        Ledger one = new Ledger(storage, BUDGET);
        Ledger other = new Ledger(storage, BUDGET);
        double multiplier = Accountant.of(Adjacency.ADD_REMOVE).noiseMultiplier(1, 1e-5, 2);
        one.charge(vote("run-a", 1, multiplier));
        other.charge(vote("run-b", 1, multiplier));
        assertThatThrownBy(() -> one.charge(vote("run-a", 2, multiplier))).isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> other.charge(vote("run-b", 2, multiplier))).isInstanceOf(PrivacyException.class);
    }

    @Test
    void planIsCheckedAsAWholeAndChargesNothing() {
        InMemoryLedger storage = new InMemoryLedger();
        Ledger ledger = new Ledger(storage, BUDGET);
        double multiplier = Accountant.of(Adjacency.ADD_REMOVE).noiseMultiplier(1, 1e-5, 7);
        List<Release> affordable = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> vote("run-a", i, multiplier))
                .toList();
        ledger.checkAffordable(affordable);
        List<Release> tooMany = IntStream.rangeClosed(1, 8)
                .mapToObj(i -> vote("run-a", i, multiplier))
                .toList();
        assertThatThrownBy(() -> ledger.checkAffordable(tooMany))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("8 more would make it 1.07");
        assertThat(storage.read()).isEmpty();

        affordable.subList(0, 3).forEach(ledger::charge);
        ledger.checkAffordable(affordable);
        assertThatThrownBy(() -> ledger.checkAffordable(List.of(affordable.get(5), affordable.get(5))))
                .hasMessageContaining("planned twice");
        assertThatThrownBy(() -> new Ledger(storage).checkAffordable(tooMany))
                .as("the budget is in the ledger by now")
                .isInstanceOf(PrivacyException.class);
        assertThatCode(() -> new Ledger(new InMemoryLedger()).checkAffordable(tooMany))
                .doesNotThrowAnyException();
    }

    @Test
    void replaceOneBudgetComposesEveryEntryUnderReplaceOne() {
        InMemoryLedger storage = new InMemoryLedger();
        Ledger ledger = new Ledger(storage);
        for (int i = 1; i <= 20; i++) {
            Adjacency adjacency = i % 2 == 0 ? Adjacency.ADD_REMOVE : Adjacency.REPLACE_ONE;
            ledger.charge(release("vote-" + i, "run-a", "f1", 5 * Math.sqrt(2), PrivacyUnit.RECORD, adjacency, ""));
        }
        assertThat(ledger.epsilon(1e-5, Adjacency.ADD_REMOVE)).isCloseTo(2.5943834, within(5e-8));
        assertThat(ledger.epsilon(1e-5, Adjacency.REPLACE_ONE)).isCloseTo(3.849, within(5e-4));
    }

    @Test
    void differentUnitsAreNotAddedUp() {
        Release client = release("vote-1", "run-a", "f1", 50, PrivacyUnit.CLIENT, Adjacency.ADD_REMOVE, "patient");
        Release otherClient = release("vote-1", "run-b", "f1", 50, PrivacyUnit.CLIENT, Adjacency.ADD_REMOVE, "doctor");
        InMemoryLedger storage = new InMemoryLedger();
        new Ledger(storage).charge(client);
        assertThatThrownBy(() -> new Ledger(storage, BUDGET))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("client");

        PrivacyBudget clientBudget = new PrivacyBudget(1, 1e-5, PrivacyUnit.CLIENT, Adjacency.ADD_REMOVE, "patient");
        Ledger ledger = new Ledger(storage, clientBudget);
        assertThatThrownBy(() -> ledger.charge(vote("run-b", 1, 50))).isInstanceOf(PrivacyException.class);
        assertThatThrownBy(() -> ledger.charge(otherClient))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("doctor");
        assertThat(storage.read()).hasSize(1);

        Ledger unlimited = new Ledger(storage);
        assertThatThrownBy(() -> unlimited.charge(otherClient))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("doctor");
        assertThat(storage.read()).hasSize(1);
    }

    @Test
    void anyChangedFieldIsDetected() {
        List<LedgerEntry> entries = threeEntries();
        List<UnaryOperator<LedgerEntry>> changes = List.of(
                e -> new LedgerEntry(e.sequence() + 1, e.release(), e.previousHash(), e.hash()),
                e -> new LedgerEntry(e.sequence(), e.release(), "0".repeat(64), e.hash()),
                e -> new LedgerEntry(
                        e.sequence(), e.release(), e.previousHash(), e.hash().toUpperCase(Locale.ROOT)),
                e -> with(e, vote("run-a", 2, 11)),
                e -> with(e, vote("run-b", 2, 10)),
                e -> with(e, vote("run-a", 4, 10)),
                e -> with(e, release("vote-002", "run-a", "f2", 10, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, "")),
                e -> with(e, release("vote-002", "run-a", "f1", 10, PrivacyUnit.RECORD, Adjacency.REPLACE_ONE, "")),
                e -> with(e, release("vote-002", "run-a", "f1", 10, PrivacyUnit.CLIENT, Adjacency.ADD_REMOVE, "c")),
                e -> LedgerEntry.after(entries.get(0), vote("run-a", 2, 11)));
        for (UnaryOperator<LedgerEntry> change : changes) {
            List<LedgerEntry> changed = new ArrayList<>(entries);
            changed.set(1, change.apply(entries.get(1)));
            assertDamaged(changed);
        }
    }

    private static LedgerEntry with(LedgerEntry entry, Release release) {
        return new LedgerEntry(entry.sequence(), release, entry.previousHash(), entry.hash());
    }

    @Test
    void gapsAndDisorderAreDetected() {
        List<LedgerEntry> entries = threeEntries();
        assertDamaged(entries.subList(1, 3));
        assertDamaged(List.of(entries.get(0), entries.get(2)));
        assertDamaged(List.of(entries.get(0), entries.get(1), entries.get(1)));
        List<LedgerEntry> reversed = new ArrayList<>(entries);
        Collections.reverse(reversed);
        assertDamaged(reversed);
        LedgerEntry double2 = LedgerEntry.after(entries.get(2), entries.get(1).release());
        assertDamaged(List.of(entries.get(0), entries.get(1), entries.get(2), double2));
        assertThat(new Ledger(new InMemoryLedger(entries)).entries()).hasSize(3);
    }

    /** A shorter chain is valid in itself; a process that has seen the longer one is not deceived. */
    @Test
    void ledgerThatShrinksIsDetected() {
        List<LedgerEntry> entries = threeEntries();
        List<List<LedgerEntry>> reads = new ArrayList<>(List.of(entries, entries.subList(0, 2)));
        Ledger ledger = new Ledger(new InMemoryLedger() {
            @Override
            public List<LedgerRecord> read() {
                return new ArrayList<>(reads.remove(0));
            }

            @Override
            public void append(LedgerRecord entry) {
                throw new AssertionError("written to a damaged ledger");
            }
        });
        assertThatThrownBy(() -> ledger.charge(vote("run-a", 3, 10)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("had 3 entries and has 2");
    }

    private static List<LedgerEntry> threeEntries() {
        Ledger ledger = new Ledger(new InMemoryLedger());
        for (int i = 1; i <= 3; i++) {
            ledger.charge(vote("run-a", i, 10));
        }
        return ledger.entries();
    }

    private static void assertDamaged(List<? extends LedgerRecord> entries) {
        assertThatThrownBy(() -> new Ledger(new InMemoryLedger(entries)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void concurrentRunsInterleaveWithoutGapsOrLosses() throws Exception {
        InMemoryLedger storage = new InMemoryLedger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> runs = new ArrayList<>();
            for (int run = 0; run < 4; run++) {
                String runId = "run-" + run;
                runs.add(() -> {
                    Ledger ledger = new Ledger(storage);
                    for (int i = 1; i <= 25; i++) {
                        ledger.charge(vote(runId, i, 10));
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(runs)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(new Ledger(storage).entries()).hasSize(100);
    }

    @Test
    void budgetIsCheckedAgainAfterACollision() {
        double multiplier = Accountant.of(Adjacency.ADD_REMOVE).noiseMultiplier(1, 1e-5, 1);
        InMemoryLedger shared = new InMemoryLedger();
        LedgerStorage raced = new InMemoryLedger() {
            @Override
            public List<LedgerRecord> read() {
                return shared.read();
            }

            @Override
            public void append(LedgerRecord entry) throws IOException {
                if (shared.read().isEmpty()) {
                    shared.append(LedgerEntry.after(null, vote("rival", 1, multiplier)));
                }
                shared.append(entry);
            }
        };
        assertThatThrownBy(() -> new Ledger(raced, BUDGET).charge(vote("run-a", 1, multiplier)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("budget");
        assertThat(shared.read()).hasSize(1);

        assertThat(new Ledger(raced).charge(vote("run-a", 1, multiplier)).sequence())
                .isEqualTo(2);
    }

    @Test
    void appendThatFailedAfterWritingStillCounts() {
        InMemoryLedger storage = new InMemoryLedger();
        Ledger ledger = new Ledger(appending(storage, entry -> {
            storage.append(entry);
            throw new IOException("connection reset");
        }));
        assertThat(ledger.charge(vote("run-a", 1, 10)).sequence()).isEqualTo(1);
        assertThat(storage.read()).hasSize(1);
    }

    @Test
    void appendThatDidNotHappenIsNoCharge() {
        InMemoryLedger storage = new InMemoryLedger();
        Ledger failing = new Ledger(appending(storage, entry -> {
            throw new IOException("disk full");
        }));
        assertThatThrownBy(() -> failing.charge(vote("run-a", 1, 10)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("disk full");
        Ledger losing = new Ledger(appending(storage, entry -> {}));
        assertThatThrownBy(() -> losing.charge(vote("run-a", 1, 10)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("lost");
        Ledger crowded = new Ledger(appending(storage, entry -> {
            storage.append(LedgerEntry.after(
                    storage.read().isEmpty()
                            ? null
                            : storage.read().get(storage.read().size() - 1),
                    vote("rival", (int) entry.sequence(), 10)));
            throw new IOException("taken");
        }));
        assertThatThrownBy(() -> crowded.charge(vote("run-a", 1, 10)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("100 attempts");
    }

    @Test
    void unreadableLedgerChargesNothing() {
        LedgerStorage unreadable = new InMemoryLedger() {
            @Override
            public List<LedgerRecord> read() {
                throw new UncheckedIOException(new IOException("access denied"));
            }

            @Override
            public void append(LedgerRecord entry) {
                throw new AssertionError("written without reading");
            }
        };
        assertThatThrownBy(() -> new Ledger(unreadable))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("access denied");
    }

    /** What a storage does with an entry. */
    private interface Append {
        void accept(LedgerRecord entry) throws IOException;
    }

    private static LedgerStorage appending(InMemoryLedger storage, Append append) {
        return new InMemoryLedger() {
            @Override
            public List<LedgerRecord> read() {
                return storage.read();
            }

            @Override
            public void append(LedgerRecord entry) throws IOException {
                append.accept(entry);
            }
        };
    }

    @Test
    void emptyLedgerCostsNothing() {
        assertThat(new Ledger(new InMemoryLedger()).epsilon(1e-5, Adjacency.REPLACE_ONE))
                .isZero();
    }

    @Test
    void releaseThatTheLedgerCouldNotKeepIsRefused() {
        assertThatThrownBy(() -> vote("run\na", 1, 10)).hasMessageContaining("run id");
        assertThatThrownBy(() -> vote(" ", 1, 10)).hasMessageContaining("run id");
        assertThatThrownBy(() -> vote("run-a", 1, 0)).hasMessageContaining("noise multiplier is 0.0");
        assertThatThrownBy(() -> release("v", "r", "f", 1, PrivacyUnit.CLIENT, Adjacency.ADD_REMOVE, ""))
                .hasMessageContaining("client column");
        assertThatThrownBy(() -> release("v", "r", "f", 1, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, "id"))
                .hasMessageContaining("'id'");
        assertThatThrownBy(() -> new PrivacyBudget(0, 1e-5, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, ""))
                .hasMessageContaining("epsilon is 0.0");
        assertThatThrownBy(() -> new PrivacyBudget(1, 1, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, ""))
                .hasMessageContaining("delta is 1.0");
    }

    @Test
    void configNamesRoundTrip() {
        for (Adjacency adjacency : Adjacency.values()) {
            assertThat(Adjacency.parse(adjacency.configName())).isEqualTo(adjacency);
        }
        for (PrivacyUnit unit : PrivacyUnit.values()) {
            assertThat(PrivacyUnit.parse(unit.configName())).isEqualTo(unit);
        }
        assertThatThrownBy(() -> Adjacency.parse("replace")).hasMessageContaining("replace-one");
        assertThatThrownBy(() -> PrivacyUnit.parse("user")).hasMessageContaining("client");
    }

    private static Release vote(String runId, int number, double noiseMultiplier) {
        return release(
                String.format("vote-%03d", number),
                runId,
                "f1",
                noiseMultiplier,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "");
    }

    private static Release release(
            String releaseId,
            String runId,
            String fingerprint,
            double noiseMultiplier,
            PrivacyUnit unit,
            Adjacency adjacency,
            String clientColumn) {
        return new Release(
                releaseId,
                runId,
                fingerprint,
                Release.Kind.VOTES,
                noiseMultiplier,
                unit,
                adjacency,
                clientColumn,
                TIME);
    }

    @Test
    void thresholdsLeaveEveryRunADelta() {
        Ledger ledger = new Ledger(new InMemoryLedger());
        ledger.charge(discovery(1e-6));

        assertThatThrownBy(() -> ledger.checkAffordable(List.of(planned(1e-6))))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("thresholds of discoveries");
        ledger.charge(planned(1e-5));
    }

    @Test
    void aDiscoveryDoesNotBlockARunThatIsUnderWay() {
        Ledger ledger = new Ledger(new InMemoryLedger());
        ledger.charge(planned(1e-7));

        assertThatThrownBy(() -> ledger.charge(discovery(1e-7)))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("use a smaller delta for the discovery");
        ledger.charge(discovery(1e-8));
    }

    private static Release discovery(double thresholdDelta) {
        return new Release(
                "discovery",
                "other",
                "fingerprint",
                Release.Kind.DISCOVERY,
                3,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "",
                Instant.EPOCH,
                "discovery",
                10 * thresholdDelta,
                thresholdDelta);
    }

    private static Release planned(double delta) {
        return new Release(
                "vote-001",
                "run",
                "fingerprint",
                Release.Kind.VOTES,
                3,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "",
                Instant.EPOCH,
                "run",
                delta);
    }
}
