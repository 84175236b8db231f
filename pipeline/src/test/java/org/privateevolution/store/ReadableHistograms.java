package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.spi.StoreException;

/**
 * Everything that a reader of all storage, at every moment, learns of noisy histograms: from whole and torn files,
 * temporaries and copies, and from sealed content if its key is there.
 */
public final class ReadableHistograms {

    private static final Pattern KEY = Pattern.compile("\"key\":\"[0-9a-f]{64}\"");
    private static final Pattern PLAIN =
            Pattern.compile("\"run\":\"([^\"]+)\".*\"release\":\"([^\"]+)\".*\"grid_votes\":\\[(.*)", Pattern.DOTALL);

    /** Votes as texts by run and release; of torn files as many as they hold. */
    private final Map<String, Set<List<String>>> seen = new TreeMap<>();

    /** Texts that were looked at before. */
    private final Set<String> known = new HashSet<>();

    public ReadableHistograms() {}

    /** A copy that learns independently. */
    public synchronized ReadableHistograms copy() {
        ReadableHistograms copy = new ReadableHistograms();
        seen.forEach((release, votes) -> copy.seen.put(release, new HashSet<>(votes)));
        copy.known.addAll(known);
        return copy;
    }

    /** Looks at all files of releases below a directory, of which {@code ledger} holds the charges. */
    public synchronized void look(Path directory, Path ledger) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(path -> path.toString().contains("release"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                look(Files.readString(file), ledger);
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            // Another driver removes while this one walks; it is looked at again after the next change.
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e;
            }
        }
    }

    private void look(String text, Path ledger) {
        if (!known.add(text)) {
            return;
        }
        Matcher plain = PLAIN.matcher(text);
        if (plain.find()) {
            boolean whole = plain.group(3).contains("]");
            List<String> votes = new ArrayList<>(
                    List.of(plain.group(3).replaceAll("\\].*\\R?", "").split(",", -1)));
            if (!whole) {
                // The last number may be torn itself.
                votes.remove(votes.size() - 1);
            }
            add(plain.group(1), plain.group(2), votes);
        }
        Matcher key = KEY.matcher(text);
        if (text.contains("\"sealed\"") && key.find()) {
            open(text.substring(0, key.end()) + "}", ledger);
        }
    }

    private void open(String sealed, Path ledger) {
        StoredObject stored = StoreJson.parse(sealed, "a sealed release");
        for (LedgerEntry entry : entries(ledger)) {
            try {
                NoisyHistogram histogram = SealedRelease.open(entry, stored);
                List<String> votes = new ArrayList<>();
                for (int i = 0; i < histogram.candidates(); i++) {
                    votes.add(Long.toString(histogram.gridVotes(i)));
                }
                add(entry.release().runId(), histogram.releaseId(), votes);
                return;
            } catch (StoreException e) {
                continue;
            }
        }
        throw new AssertionError("a release with its key that fits no charge");
    }

    private static List<LedgerEntry> entries(Path ledger) {
        return new Ledger(new FileLedgerStorage(RunFiles.at(ledger.toString(), new Configuration()))).entries();
    }

    private void add(String run, String release, List<String> votes) {
        if (!votes.isEmpty()) {
            seen.computeIfAbsent(run + " " + release, name -> new HashSet<>()).add(votes);
        }
    }

    /** How many different histograms of a run's release were seen; a torn one is the one that it begins like. */
    private int distinct(String release) {
        Set<List<String>> all = seen.get(release);
        return (int) all.stream()
                .filter(votes -> all.stream()
                        .noneMatch(other -> other.size() > votes.size()
                                && other.subList(0, votes.size()).equals(votes)))
                .count();
    }

    /** Releases of which a histogram was seen. */
    public synchronized Set<String> releases() {
        return seen.keySet().stream()
                .map(release -> release.substring(release.indexOf(' ') + 1))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Checks that there never was more to read than was charged: one histogram for each charge of each run. */
    public synchronized void requireChargedOnce(Path ledger) {
        List<String> charged = entries(ledger).stream()
                .map(entry -> entry.release().runId() + " " + entry.release().releaseId())
                .toList();
        for (String release : seen.keySet()) {
            assertThat(charged).containsOnlyOnce(release);
            assertThat(distinct(release)).as("histograms of " + release).isEqualTo(1);
        }
    }
}
