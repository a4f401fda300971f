package dev.hearsay.cli.network;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.live.keys.PrivateFiles;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.store.SqliteStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of a network's files when another one takes its place. */
final class NetworkFiles {

    private static final String LOCK = "lock";
    private static final String BEFORE = "-before";

    private NetworkFiles() {}

    /**
     * Makes room for a new network: one that was stopped is put aside under another name if it holds messages or keys, anything else is
     * taken away. Makes the folders of the new one.
     *
     * @param isFresh whether nothing is to be kept
     * @param others further folders that the new one is to have for itself
     * @return what a person should know about it
     * @throws Failure if a process that runs has one of the stores open; then nothing is changed
     */
    static List<String> beginAnew(NetworkDirectory directory, boolean isFresh, List<Path> others) {
        return LiveNetwork.reading(() -> {
            demandNotHeld(directory.path());
            for (Path folder : others) {
                demandNotHeld(folder);
            }
            demandNoneHeldElsewhere(directory);
            Optional<NetworkFile> kept =
                    isFresh ? Optional.empty() : directory.readNetwork().filter(NetworkFiles::mayHoldMessages);
            if (kept.isPresent() && isEmpty(directory.data())) {
                kept = Optional.empty();
            }
            List<String> notes = new ArrayList<>();
            if (kept.isPresent()) {
                NetworkDirectory aside =
                        NetworkDirectory.at(directory.path().resolveSibling(directory.name() + BEFORE));
                demandNotHeld(aside.path());
                boolean isReplaced = aside.readNetwork().isPresent();
                aside.create();
                deleteChildren(aside.path());
                try (DirectoryStream<Path> children = Files.newDirectoryStream(directory.path())) {
                    for (Path child : children) {
                        if (!child.endsWith(LOCK)) {
                            Files.move(child, aside.path().resolve(child.getFileName()));
                        }
                    }
                }
                aside.write(kept.get().called(aside.name()));
                notes.add(
                        "The network that was stopped before is kept, with its messages: gossip resume-network --network "
                                + aside.name()
                                + (isReplaced ? " (in place of the one that was kept there)" : ""));
            }
            deleteChildren(directory.path());
            directory.create();
            return notes;
        });
    }

    /** What peers and seeds of the old network remember does not lie in its folder. */
    private static void demandNoneHeldElsewhere(NetworkDirectory directory) throws IOException {
        NetworkFile old;
        try {
            old = directory.readNetwork().orElse(null);
        } catch (IOException e) {
            // Nobody can tell where that was.
            return;
        }
        if (old != null && old.seeded() != null) {
            SeededDirectory files = old.seeded().files();
            demandNotHeld(files.data(HostFile.ALL));
            for (NetworkFile.Entry entry : old.nodes()) {
                demandNotHeld(files.data(entry.address(), entry.node().isSeed()));
            }
        }
    }

    /** Whether messages of people can be in its folder. What peers and seeds remember is elsewhere. */
    private static boolean mayHoldMessages(NetworkFile file) {
        return !file.inMemory() && file.seeded() == null;
    }

    /** Whether no store in or below a folder holds anything. */
    private static boolean isEmpty(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            return true;
        }
        try (Stream<Path> below = Files.walk(data)) {
            return below.filter(Files::isDirectory).allMatch(SqliteStore::isEmpty);
        }
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

    /**
     * Puts folders of nodes into another folder, {@code before}, in place of what may be there by their names.
     *
     * @param data where they lie
     * @return what a person should know about it
     */
    static List<String> setAside(Path data, List<Path> folders) throws IOException {
        Path before = data.resolve("before");
        boolean isKept = false;
        boolean isReplaced = false;
        for (Path folder : folders) {
            demandNotHeld(folder);
            Path aside = before.resolve(folder.getFileName());
            isKept |= Files.exists(folder.resolve("store.db"));
            isReplaced |= Files.exists(aside.resolve("store.db"));
            delete(aside);
            PrivateFiles.createDirectories(before);
            Files.move(folder, aside);
        }
        String what = "What was remembered in " + data + " is kept in " + before;
        return isReplaced
                ? List.of(what + ", in place of what was kept there earlier.")
                : isKept ? List.of(what + ".") : List.of();
    }

    /** Takes a folder away, if it is there. */
    static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            demandNotHeld(folder);
            deleteChildren(folder);
            Files.delete(folder);
        }
    }

    private static void deleteChildren(Path folder) throws IOException {
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
