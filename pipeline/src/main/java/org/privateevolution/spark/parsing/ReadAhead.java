package org.privateevolution.spark.parsing;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Elements of which one is read before it is asked for. After the last one nothing is read any more. */
public abstract class ReadAhead<T> implements Iterator<T> {

    private T next;
    private boolean ended;

    /** Reads the next element; null if there is none. */
    protected abstract T read();

    /** Says that nothing is to be read after an element. */
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
