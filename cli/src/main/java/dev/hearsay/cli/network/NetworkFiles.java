package dev.hearsay.cli.network;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.store.SqliteStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What becomes of a network's files when another one takes its place. */
final class NetworkFiles {

    private static final String LOCK = "lock";

    private NetworkFiles() {}

    /** Takes away all that an earlier network left, and makes the folders of a new one. */
    static void beginAnew(NetworkDirectory directory) {
        LiveNetwork.writing(() -> {
            demandNotHeld(directory.path());
            deleteChildren(directory.path());
            directory.create();
        });
    }

    /** Takes away the description of a network that did not come up; its logs stay, to be read. */
    static void forget(NetworkDirectory directory) {
        LiveNetwork.writing(() -> Files.deleteIfExists(directory.path().resolve("network.json")));
    }

    /**
     * Makes sure that nobody has a store below a folder open: whatever is known about processes, who holds a lock lives.
     *
     * @throws Failure if somebody has
     */
    static void demandNotHeld(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> held;
        try (Stream<Path> below = Files.walk(folder)) {
            held = below.filter(Files::isDirectory).filter(SqliteStore::isHeld).toList();
        }
        if (!held.isEmpty()) {
            throw new Failure(
                    ExitCode.TAKEN,
                    "store-in-use",
                    "A process that runs still has the store in " + held.getFirst() + " open, so nothing was replaced.",
                    "End that process; fuser " + held.getFirst().resolve("store.db") + " shows its number.");
        }
    }

    static void deleteChildren(Path folder) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    deleteChildren(child);
                    Files.delete(child);
                } else if (!child.getFileName().toString().equals(LOCK)) {
                    Files.delete(child);
                }
            }
        }
    }
}
