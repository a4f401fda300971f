package dev.hearsay.live.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells a process from every other that had its number before or gets it later. Linux counts in ticks since the machine started,
 * so no change of the clock makes another process of it; other systems keep the time of the start as it was then.
 */
final class ProcessIdentity {

    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT = PROC.resolve("sys/kernel/random/boot_id");

    /** Where proc(5) has the state and the start of a process, counted from behind its name, which may hold anything. */
    private static final int STATE = 0;

    private static final int START_TICKS = 19;

    private ProcessIdentity() {}

    /** The identity of a living process; empty if there is none of this number, or it has ended and only nobody has asked how. */
    static Optional<String> of(long pid) {
        try {
            String boot = Files.readString(BOOT).strip();
            // The name of a program is bytes, not characters.
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean hasEnded = "ZXx".contains(fields[STATE]);
            return hasEnded ? Optional.empty() : Optional.of(boot + " " + fields[START_TICKS]);
        } catch (IOException e) {
            return Files.exists(BOOT)
                    ? Optional.empty()
                    : Optional.of(startOf(pid)).filter(start -> !start.isEmpty());
        }
    }

    /** Whether the process of this number is alive and is the one of this identity. */
    static boolean is(long pid, String identity) {
        Optional<String> now = of(pid);
        // What earlier versions wrote is a time on every system.
        return now.isPresent() && (now.get().equals(identity) || startOf(pid).equals(identity));
    }

    private static String startOf(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .map(Object::toString)
                .orElse("");
    }
}
