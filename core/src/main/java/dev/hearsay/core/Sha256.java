package dev.hearsay.core;

/** SHA-256 as the driver has it: the JDK's when live, a fast stand-in of the same width in the simulator. */
@FunctionalInterface
public interface Sha256 {

    /** The 32 bytes that stand for the content. */
    byte[] of(byte[] content);
}
