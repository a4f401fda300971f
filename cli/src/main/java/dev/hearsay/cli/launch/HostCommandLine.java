package dev.hearsay.cli.launch;

import dev.hearsay.live.network.NetworkDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a host process is started: the same Java, the same classes, flags fit for something that lives long. */
final class HostCommandLine {

    /**
     * Lets the process live on when its terminal goes, and not hear the Ctrl-C that is meant for the command that started
     * it: in a session of its own where the system can do that (Linux), else by ignoring both signals, which a JVM leaves
     * ignored (macOS).
     */
    private static final String DETACHED =
            "trap '' HUP INT; " + "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; else exec \"$@\"; fi";

    private static final String FLAGS_WITHOUT_LAUNCHER =
            "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC";

    private static final int HEAP_MEGABYTES_MIN = 80;
    private static final int HEAP_MEGABYTES = 512;
    private static final int HEAP_MEGABYTES_WHATEVER_THERE_IS = 1400;

    /** A quarter of it is a little more than what the keys, messages and origins of a node may take at least. */
    private static final double NODE_MEGABYTES = 2.4;

    private HostCommandLine() {}

    /**
     * The words of the command.
     *
     * @param nodes how many nodes it runs
     * @param processes how many there are of its kind on this machine
     * @param awaitSeconds how long it waits for neighbours in processes that start at the same time
     */
    static List<String> of(
            NetworkDirectory directory,
            String host,
            int nodes,
            int processes,
            int awaitSeconds,
            Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACHED, "gossip-host"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words(System.getProperty("hearsay.node.flags", FLAGS_WITHOUT_LAUNCHER)));
        String cache = System.getProperty("hearsay.aot", "");
        if (!cache.isEmpty() && Files.exists(Path.of(cache))) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.add(
                "-Xmx" + heapMegabytes(nodes, processes, Runtime.getRuntime().maxMemory() >> 20) + "m");
        // A host without memory is worse than none: that one is noticed, and resume-network brings it back.
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(words(environment.getOrDefault("GOSSIP_JAVA_OPTS", "")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.hearsay.cli.Main", "host"));
        command.addAll(List.of("--directory", directory.path().toString(), "--host", host));
        command.addAll(List.of("--await-neighbours", awaitSeconds + "s", "--with-launcher"));
        return command;
    }

    /**
     * Nodes keep by what their process may have: of many in one process each has what it needs at least, where half of the machine's memory is enough for that. Many processes
     * have that half together: what the system does not have it takes back by ending one.
     *
     * @param quarter of that memory, which is what a JVM may have that was told nothing
     */
    static int heapMegabytes(int nodes, int processes, long quarter) {
        int usual = Math.max(HEAP_MEGABYTES + nodes, (int) Math.ceil(nodes * NODE_MEGABYTES));
        int least = processes == 1
                ? Math.min(HEAP_MEGABYTES + nodes, HEAP_MEGABYTES_WHATEVER_THERE_IS)
                : HEAP_MEGABYTES_MIN;
        return (int) Math.min(usual, Math.max(least, 2 * quarter / processes));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
