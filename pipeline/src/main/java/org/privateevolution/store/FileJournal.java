package org.privateevolution.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.privateevolution.spi.GenerationJournal;

/**
 * A journal of numbered JSON-lines files, one file per append, because object stores cannot append. Once 32 files were
 * merged equally often, they become one. Of n appends there are then at most 31 log32(n) files to read again, and each
 * answer is written log32(n) times.
 */
final class FileJournal implements GenerationJournal {

    /** Number of files that become one. */
    static final int MERGED = 32;

    private static final Pattern NAME = Pattern.compile("(?:part|merged-(\\d+))-(\\d+)\\.jsonl");

    private final RunFiles files;
    private final Runnable beforeAppend;
    private final Map<String, Entry> entries = new HashMap<>();

    /** Files by the number of times that their answers were merged. */
    private final List<List<Part>> levels = new ArrayList<>();

    /** Number of the next file. None is used twice: a driver that was replaced may still remove what it merged. */
    private int next;

    /** A file, with the ids of the requests that it answers. */
    private record Part(String name, List<String> requests) {}

    /** @param beforeAppend throws if this driver may no longer write */
    FileJournal(RunFiles files, Runnable beforeAppend) {
        this.files = files;
        this.beforeAppend = beforeAppend;
        for (String name : files.list()) {
            String where = files.location() + "/" + name;
            List<Entry> answers = StoreJson.parseLines(files.read(name).orElseThrow(), where)
                    .map(FileJournal::entry)
                    .toList();
            Matcher numbered = NAME.matcher(name);
            boolean known = numbered.matches();
            add(name, answers, known && numbered.group(1) != null ? Integer.parseInt(numbered.group(1)) : 0);
            next = known ? Math.max(next, Integer.parseInt(numbered.group(2)) + 1) : next;
        }
    }

    private static Entry entry(StoredObject answer) {
        String id = answer.text("request");
        return answer.has("rejected")
                ? new Entry(id, null, answer.text("rejected"))
                : new Entry(id, PayloadJson.of(answer), "");
    }

    private void add(String name, List<Entry> answers, int level) {
        answers.forEach(answer -> entries.put(answer.requestId(), answer));
        while (levels.size() <= level) {
            levels.add(new ArrayList<>());
        }
        levels.get(level)
                .add(new Part(name, answers.stream().map(Entry::requestId).toList()));
    }

    @Override
    public synchronized Map<String, Entry> entries() {
        return Map.copyOf(entries);
    }

    @Override
    public synchronized void append(List<Entry> answers) {
        beforeAppend.run();
        add(write("part-", answers), answers, 0);
        for (int level = 0; level < levels.size(); level++) {
            if (levels.get(level).size() >= MERGED) {
                merge(level);
            }
        }
    }

    /** The files go only after their answers are in another one; what an interruption leaves behind is read twice. */
    private void merge(int level) {
        List<Part> merged = List.copyOf(levels.get(level));
        List<Entry> answers = merged.stream()
                .flatMap(part -> part.requests().stream())
                .distinct()
                .map(entries::get)
                .toList();
        add(write("merged-" + (level + 1) + "-", answers), answers, level + 1);
        beforeAppend.run();
        merged.forEach(part -> files.removeIfAllowed(part.name()));
        levels.get(level).clear();
    }

    private String write(String prefix, List<Entry> answers) {
        String lines = answers.stream()
                .map(answer -> StoreJson.line(node(answer)) + "\n")
                .collect(Collectors.joining("", StoreJson.header(), ""));
        // A number that is taken belongs to an earlier attempt, whose answers stay.
        while (true) {
            String name = prefix + String.format(Locale.ROOT, "%06d.jsonl", next++);
            if (files.create(name, lines)) {
                return name;
            }
        }
    }

    private static ObjectNode node(Entry answer) {
        ObjectNode node = StoreJson.object().put("request", answer.requestId());
        if (answer.payload() == null) {
            return node.put("rejected", answer.reason());
        }
        PayloadJson.put(node, answer.payload());
        return node;
    }
}
