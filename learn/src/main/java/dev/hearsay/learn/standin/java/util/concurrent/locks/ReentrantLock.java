package dev.hearsay.learn.standin.java.util.concurrent.locks;

/** In JavaScript {@code java.util.concurrent.locks.ReentrantLock}, which TeaVM's class library lacks. There is one thread, so nobody waits. */
@SuppressWarnings("unused") // called by code that believes it is the JDK's
public final class ReentrantLock {

    public void lock() {}

    public void unlock() {}
}
