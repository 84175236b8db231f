package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain of which most was verified before is refused for the same reasons as one that is new. */
class VerifiedChainTest {

    private static final int LENGTH = 5;

    private final VerifiedChain chain = new VerifiedChain();

    private static Release release(String id, double noiseMultiplier) {
        return new Release(
                id,
                "run",
                "fingerprint",
                Release.Kind.VOTES,
                noiseMultiplier,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "",
                Instant.parse("2026-01-01T00:00:00Z"),
                "name",
                1e-5);
    }

    private static List<LedgerRecord> records(int length, double noiseMultiplier) {
        List<LedgerRecord> records = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
            records.add(LedgerEntry.after(i == 1 ? null : records.get(i - 2), release("vote-" + i, noiseMultiplier)));
        }
        return records;
    }

    private void assertRefused(List<LedgerRecord> read, String message) {
        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> chain.accept(read))
                .withMessageContaining(message);
    }

    /** As a storage may return them: some as the same objects, some read again. */
    @Test
    void whatFollowsIsAddedToWhatIsKnown() {
        chain.accept(records(LENGTH, 2).subList(0, 2));
        chain.accept(records(LENGTH, 2));
        chain.accept(records(LENGTH, 2));

        assertThat(chain.records()).isEqualTo(records(LENGTH, 2));
        for (int i = 1; i <= LENGTH; i++) {
            assertThat(chain.charge(release("vote-" + i, 3)).sequence()).isEqualTo(i);
        }
        assertThat(chain.charge(release("vote-6", 2))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aRecordThatChangedAfterItWasVerifiedIsNoticed(int changed) {
        chain.accept(records(LENGTH, 2));
        List<LedgerRecord> read = records(LENGTH + 1, 2);
        LedgerEntry whole = (LedgerEntry) read.get(changed - 1);
        read.set(
                changed - 1,
                new LedgerEntry(changed, release("vote-" + changed, 100), whole.previousHash(), whole.hash()));

        assertRefused(read, "entry " + changed + " is missing or was changed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aRecordThatWasReplacedByOneWithARightHashIsNoticed(int changed) {
        chain.accept(records(LENGTH, 2));
        List<LedgerRecord> read = records(LENGTH + 1, 2);
        read.set(
                changed - 1,
                LedgerEntry.after(changed == 1 ? null : read.get(changed - 2), release("vote-" + changed, 100)));

        assertRefused(read, "entry " + (changed + 1) + " is missing or was changed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aRecordThatIsMissingIsNoticed(int missing) {
        chain.accept(records(LENGTH, 2));
        List<LedgerRecord> read = records(LENGTH + 1, 2);
        read.remove(missing - 1);

        assertRefused(read, "entry " + missing + " is missing or was changed");
    }

    @Test
    void newestRecordsThatWereCutOffAreNoticed() {
        chain.accept(records(LENGTH, 2));

        assertRefused(records(LENGTH - 1, 2), "it had 5 entries and has 4");
        assertRefused(List.of(), "it had 5 entries and has 0");
    }

    @Test
    void aSecondChargeOfAKnownReleaseIsNoticed() {
        List<LedgerRecord> read = records(LENGTH, 2);
        chain.accept(List.copyOf(read));
        read.add(LedgerEntry.after(read.get(LENGTH - 1), release("vote-2", 2)));

        assertRefused(read, "entries 2 and 6 charge the same release");
    }

    @Test
    void twoNewChargesOfOneReleaseAreNoticed() {
        List<LedgerRecord> read = records(LENGTH, 2);
        chain.accept(List.copyOf(read));
        read.add(LedgerEntry.after(read.get(LENGTH - 1), release("vote-6", 2)));
        read.add(LedgerEntry.after(read.get(LENGTH), release("vote-6", 2)));

        assertRefused(read, "entries 6 and 7 charge the same release");
    }

    @Test
    void whatIsRefusedChangesNothing() {
        chain.accept(records(LENGTH, 2));
        List<LedgerRecord> read = records(LENGTH + 2, 2);
        LedgerRecord last = read.remove(LENGTH + 1);
        read.add(LedgerEntry.after(read.get(LENGTH), release("vote-1", 2)));
        assertRefused(read, "charge the same release");

        assertThat(chain.records()).isEqualTo(records(LENGTH, 2));
        assertThat(chain.charge(release("vote-6", 2))).isNull();
        read.set(LENGTH + 1, last);
        chain.accept(read);
        assertThat(chain.charge(release("vote-7", 2))).isEqualTo(last);
    }

    /** As after a backup was restored, and another run has charged in the meantime. */
    @Test
    void anotherWholeLedgerInPlaceOfTheOneThatIsKnownIsRefused() {
        chain.accept(records(LENGTH, 2));

        assertRefused(records(LENGTH, 3), "entries that were there have been replaced");
        assertRefused(records(LENGTH + 1, 3), "entries that were there have been replaced");
        assertThat(chain.records()).isEqualTo(records(LENGTH, 2));
    }
}
