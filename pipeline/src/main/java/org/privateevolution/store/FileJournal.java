package org.privateevolution.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.privateevolution.spi.GenerationJournal;

/** A journal of numbered JSON-lines files, one file per append, because object stores cannot append. */
final class FileJournal implements GenerationJournal {

    private final RunFiles files;
    private final Runnable beforeAppend;
    private final Map<String, Entry> entries = new HashMap<>();
    private int parts;

    /** @param beforeAppend throws if this driver may no longer write */
    FileJournal(RunFiles files, Runnable beforeAppend) {
        this.files = files;
        this.beforeAppend = beforeAppend;
        for (String name : files.list()) {
            String where = files.location() + "/" + name;
            StoreJson.parseLines(files.read(name).orElseThrow(), where).forEach(this::add);
            parts++;
        }
    }

    private void add(StoredObject answer) {
        String id = answer.text("request");
        entries.put(
                id,
                answer.has("rejected")
                        ? new Entry(id, null, answer.text("rejected"))
                        : new Entry(id, PayloadJson.of(answer), ""));
    }

    @Override
    public synchronized Map<String, Entry> entries() {
        return Map.copyOf(entries);
    }

    @Override
    public synchronized void append(List<Entry> answers) {
        StringBuilder lines = new StringBuilder(StoreJson.header());
        for (Entry answer : answers) {
            ObjectNode node = StoreJson.object().put("request", answer.requestId());
            if (answer.payload() == null) {
                node.put("rejected", answer.reason());
            } else {
                PayloadJson.put(node, answer.payload());
            }
            lines.append(StoreJson.line(node)).append('\n');
        }
        beforeAppend.run();
        while (!files.create(String.format(Locale.ROOT, "part-%06d.jsonl", parts++), lines.toString())) {
            // A number that is taken belongs to an earlier attempt, whose answers stay.
        }
        answers.forEach(answer -> entries.put(answer.requestId(), answer));
    }
}
