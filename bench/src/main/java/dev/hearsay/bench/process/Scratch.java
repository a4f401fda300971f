package dev.hearsay.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is gone, with all that is in it, when it is closed. */
public record Scratch(Path path) implements AutoCloseable {

    /** A new one. */
    public static Scratch make() throws IOException {
        return new Scratch(Files.createTempDirectory("hearsay-bench"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
