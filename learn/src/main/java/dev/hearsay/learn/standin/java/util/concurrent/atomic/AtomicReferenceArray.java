package dev.hearsay.learn.standin.java.util.concurrent.atomic;

import org.jspecify.annotations.Nullable;

/**
 * In JavaScript {@code java.util.concurrent.atomic.AtomicReferenceArray}, which TeaVM's class library lacks: as much of it as the JSON writer's pool of
 * buffers asks for. There is one thread.
 */
@SuppressWarnings("unused") // called by code that believes it is the JDK's
public final class AtomicReferenceArray<E> {

    private final @Nullable Object[] elements;

    public AtomicReferenceArray(int length) {
        elements = new @Nullable Object[length];
    }

    @SuppressWarnings("unchecked") // only elements are put in
    public @Nullable E get(int index) {
        return (E) elements[index];
    }

    public void set(int index, @Nullable E element) {
        elements[index] = element;
    }

    public @Nullable E getAndSet(int index, @Nullable E element) {
        E earlier = get(index);
        elements[index] = element;
        return earlier;
    }
}
