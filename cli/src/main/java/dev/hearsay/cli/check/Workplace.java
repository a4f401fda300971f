package dev.hearsay.cli.check;

import dev.hearsay.cli.base.Console;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A temporary folder in which networks are started whose description, keys, stores and logs are nobody else's. When it is closed, or the command is
 * interrupted, every process that was started from it is killed and the folder is deleted.
 */
final class Workplace implements AutoCloseable {

    private static final long CLEANUP_NANOS = 15_000_000_000L;
    private static final long POLL_MILLIS = 20;

    private final Path path;
    private final Console console;
    private final Thread hook = new Thread(this::interrupted, "clean up");
    private volatile boolean isOver;
    private boolean isKept;

    /** A new folder in {@code $TMPDIR}, or else the system's one for temporary files. */
    Workplace(Console user) throws IOException {
        String temporary = user.variable("TMPDIR");
        path = Files.createTempDirectory(
                Path.of(temporary.isEmpty() ? System.getProperty("java.io.tmpdir") : temporary)
                        .toAbsolutePath(),
                "gossip-check-");
        Map<String, String> environment = new HashMap<>(user.environment());
        environment.put("XDG_STATE_HOME", path.resolve("state").toString());
        console = new Console(
                user.in(),
                user.out(),
                user.err(),
                environment,
                user.inIsTerminal(),
                user.outIsTerminal(),
                user.errIsTerminal());
        Runtime.getRuntime().addShutdownHook(hook);
    }

    Path path() {
        return path;
    }

    /** The user's console, in an environment whose networks are described here. */
    Console console() {
        return console;
    }

    NetworkDirectory network(String name) {
        return NetworkDirectory.of(NetworkDirectory.home(console.environment()), name);
    }

    /** Whether the command has been interrupted, so that nothing it finds now means anything. */
    boolean isOver() {
        return isOver;
    }

    /** Leaves the files, for somebody to read them. */
    void keep() {
        isKept = true;
    }

    private void interrupted() {
        isOver = true;
        isKept = false;
        clean();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException interrupted) {
            // It is running, and does the same.
            return;
        }
        clean();
    }

    /** Again and again: what is just being started, and taken back by its launch, may still write. */
    private void clean() {
        long deadline = System.nanoTime() + CLEANUP_NANOS;
        while (System.nanoTime() < deadline) {
            try {
                boolean isQuiet = kill();
                if (isQuiet && (isKept || !Files.exists(path))) {
                    return;
                }
                if (isQuiet) {
                    delete(path);
                } else {
                    Thread.sleep(POLL_MILLIS);
                }
            } catch (IOException | UncheckedIOException busy) {
                // Somebody wrote while the folder was being emptied; the next round finds it.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Kills what still runs; false if something did. */
    private boolean kill() throws IOException {
        boolean isQuiet = true;
        for (NetworkDirectory network : NetworkDirectory.list(NetworkDirectory.home(console.environment()))) {
            List<HostFile> alive = network.liveHosts();
            alive.forEach(host -> host.handle().ifPresent(ProcessHandle::destroyForcibly));
            isQuiet &= alive.isEmpty();
        }
        return isQuiet;
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    delete(child);
                } else {
                    Files.deleteIfExists(child);
                }
            }
        } catch (NoSuchFileException gone) {
            return;
        }
        Files.deleteIfExists(folder);
    }
}
