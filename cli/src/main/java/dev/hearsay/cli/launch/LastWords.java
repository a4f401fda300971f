package dev.hearsay.cli.launch;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a host process said before it ended at its start. */
final class LastWords {

    private static final int BYTES_MAX = 1 << 16;
    private static final String MARK = "gossip: ";

    private LastWords() {}

    /**
     * Why a host ended.
     *
     * @param output the file that has all it printed
     */
    static Failure of(Path output, int exitCode) throws IOException {
        List<String> lines;
        try (var in = Files.newInputStream(output)) {
            lines = new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        int mark = -1;
        for (int i = 0; i < lines.size(); i++) {
            mark = lines.get(i).startsWith(MARK) ? i : mark;
        }
        if (mark < 0) {
            String last = lines.isEmpty() ? "it left no word" : lines.getLast();
            return Failure.failed(
                    "A host process ended at its start with code " + exitCode + ": " + last,
                    "All it said is in " + output + ".",
                    null);
        }
        String hint = String.join("\n", lines.subList(mark + 1, lines.size()));
        boolean isTaken = exitCode == ExitCode.TAKEN;
        return new Failure(
                isTaken ? ExitCode.TAKEN : ExitCode.FAILED,
                isTaken ? "port-taken" : "failed",
                lines.get(mark).substring(MARK.length()),
                hint);
    }
}
