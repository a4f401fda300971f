package dev.hearsay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a run is to be.
 *
 * @param quick whether it is only to show that everything works
 * @param repetitions how often each measurement is repeated; the median counts
 * @param nodes how many there are to be where that can be chosen; 0 if nobody has chosen
 * @param root the folder with the sources, in which {@code ./gossip} is
 * @param output where results and logs go
 */
public record BenchSettings(boolean quick, int repetitions, int nodes, Path root, Path output) {

    /** The folder, made if need be, for what the processes of a section print. */
    public Path logs(String section) throws IOException {
        return Files.createDirectories(output.resolve("logs").resolve(section));
    }

    /** Says how far a long run is, on the error stream, so that the tables alone are on the output. */
    public void progress(String what) {
        System.err.println(what);
    }
}
