package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
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
    private static final PrivacyBudget BUDGET = new PrivacyBudget(1, 1e-5, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE);

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
    void aConfirmedReleaseIsNeverChargedForNewNoise() {
        InMemoryLedger storage = new InMemoryLedger();
        Ledger ledger = new Ledger(storage);
        Release release = vote("run-a", 1, 10);
        NoisyHistogram made = new VoteHistogram(3).release(ledger.charge(release), DiscreteGaussian.secure());
        ledger.confirm(release, made);
        ledger.confirm(release, made);

        assertThatThrownBy(() -> new Ledger(storage).charge(release))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("restore the store");
    }

    @Test
    void aReleaseIsConfirmedWithOneHistogramOnly() {
        InMemoryLedger storage = new InMemoryLedger();
        Release release = vote("run-a", 1, 10);
        NoisyHistogram first = NoisyHistogram.restored("vote-001", 10, new long[] {1, 2});
        assertThatThrownBy(() -> new Ledger(storage).confirm(release, first)).hasMessageContaining("never charged");
        new Ledger(storage).charge(release);
        new Ledger(storage).confirm(release, first);

        NoisyHistogram other = NoisyHistogram.restored("vote-001", 10, new long[] {1, 3});
        assertThatThrownBy(() -> new Ledger(storage).confirm(release, other))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("other noise");
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
                .hasMessageContaining("budget is epsilon 1.0 at delta 1.0E-5")
                .hasMessageContaining("7 releases");
        assertThat(storage.read()).hasSize(7);
        assertThat(ledger.charge(vote("run-a", 7, multiplier)).sequence()).isEqualTo(7);
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
        assertThatCode(() -> new Ledger(storage).checkAffordable(tooMany)).doesNotThrowAnyException();
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

        PrivacyBudget clientBudget = new PrivacyBudget(1, 1e-5, PrivacyUnit.CLIENT, Adjacency.ADD_REMOVE);
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
            public List<LedgerEntry> read() {
                return reads.remove(0);
            }

            @Override
            public void append(LedgerEntry entry) {
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

    private static void assertDamaged(List<LedgerEntry> entries) {
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
            public List<LedgerEntry> read() {
                return shared.read();
            }

            @Override
            public void append(LedgerEntry entry) throws IOException {
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
            public List<LedgerEntry> read() {
                throw new UncheckedIOException(new IOException("access denied"));
            }

            @Override
            public void append(LedgerEntry entry) {
                throw new AssertionError("written without reading");
            }
        };
        assertThatThrownBy(() -> new Ledger(unreadable))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("access denied");
    }

    /** What a storage does with an entry. */
    private interface Append {
        void accept(LedgerEntry entry) throws IOException;
    }

    private static LedgerStorage appending(InMemoryLedger storage, Append append) {
        return new InMemoryLedger() {
            @Override
            public List<LedgerEntry> read() {
                return storage.read();
            }

            @Override
            public void append(LedgerEntry entry) throws IOException {
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
        assertThatThrownBy(() -> new PrivacyBudget(0, 1e-5, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE))
                .hasMessageContaining("epsilon is 0.0");
        assertThatThrownBy(() -> new PrivacyBudget(1, 1, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE))
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
}
