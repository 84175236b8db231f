package org.privateevolution.spark.parsing;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * JSON: one object per line, or objects and arrays of objects in a file.
 *
 * @param others receives the keys that are not wanted; null while sent to executors
 */
record JsonSyntax(JsonFactory factory, List<String> wanted, Consumer<String> others) implements TextSyntax {

    JsonSyntax(JsonFactory factory, List<String> wanted) {
        this(factory, wanted, null);
    }

    /** The same syntax, with an observer of keys that are not wanted. */
    JsonSyntax watched(Consumer<String> watcher) {
        return new JsonSyntax(factory, wanted, watcher);
    }

    @Override
    public Records ofFile(Reader file, Map<String, String> folders) throws IOException {
        return new JsonObjects(factory.createParser(file), false, columns(folders))::next;
    }

    @Override
    public Lines ofLines(boolean fromStart, Map<String, String> folders) {
        JsonObjects.Columns columns = columns(folders);
        return line -> new JsonObjects(factory.createParser(new StringReader(line)), true, columns).next();
    }

    private JsonObjects.Columns columns(Map<String, String> folders) {
        return new JsonObjects.Columns(wanted, folders, others == null ? key -> {} : others);
    }
}
