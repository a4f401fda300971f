/** What TeaVM's class library lacks of {@code java.util.concurrent.locks}; never used on the JVM. */
@NullMarked
package dev.hearsay.learn.standin.java.util.concurrent.locks;

import org.jspecify.annotations.NullMarked;
