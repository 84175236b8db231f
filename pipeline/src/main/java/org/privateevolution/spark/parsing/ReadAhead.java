package org.privateevolution.spark.parsing;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * An iterator that reads each element before it is asked for. After the element marked as the last, nothing more is
 * read.
 */
public abstract class ReadAhead<T> implements Iterator<T> {

    private T next;
    private boolean ended;

    /** Reads the next element; null if there is none. */
    protected abstract T read();

    /** Marks an element as the last: nothing is read after it. */
    protected final T last(T element) {
        ended = true;
        return element;
    }

    @Override
    public final boolean hasNext() {
        if (next == null && !ended) {
            next = read();
            ended |= next == null;
        }
        return next != null;
    }

    @Override
    public final T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T element = next;
        next = null;
        return element;
    }
}
