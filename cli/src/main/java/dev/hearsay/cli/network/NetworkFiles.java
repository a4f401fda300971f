package dev.hearsay.cli.network;

import dev.hearsay.live.network.NetworkDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What becomes of a network's files when another one takes its place. */
final class NetworkFiles {

    private static final String LOCK = "lock";

    private NetworkFiles() {}

    /** Takes away all that an earlier network left, and makes the folders of a new one. */
    static void beginAnew(NetworkDirectory directory) {
        LiveNetwork.writing(() -> {
            deleteChildren(directory.path());
            directory.create();
        });
    }

    /** Takes away the description of a network that did not come up; its logs stay, to be read. */
    static void forget(NetworkDirectory directory) {
        LiveNetwork.writing(() -> Files.deleteIfExists(directory.path().resolve("network.json")));
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
