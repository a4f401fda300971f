/** What TeaVM's class library lacks of {@code java.util.concurrent.atomic}; never used on the JVM. */
@NullMarked
package dev.hearsay.learn.standin.java.util.concurrent.atomic;

import org.jspecify.annotations.NullMarked;
