package dev.hearsay.cli.launch;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The log of a host process, read for what it says when it ends at its start. */
final class HostLog {

    private static final int BYTES_MAX = 1 << 16;
    private static final String MARK = "gossip: ";

    private HostLog() {}

    /**
     * Why a host ended.
     *
     * @param from where in the log its own words begin
     */
    static Failure lastWords(Path log, long from, int exitCode) throws IOException {
        List<String> lines = read(log, from).lines().toList();
        int mark = -1;
        for (int i = 0; i < lines.size(); i++) {
            mark = lines.get(i).startsWith(MARK) ? i : mark;
        }
        if (mark < 0) {
            String last = lines.isEmpty() ? "it left no word" : lines.getLast();
            return Failure.failed(
                    "A host process ended at its start with code " + exitCode + ": " + last,
                    "Its log is " + log + ".",
                    null);
        }
        String hint = String.join("\n", lines.subList(mark + 1, lines.size()));
        return new Failure(
                exitCode == ExitCode.TAKEN ? ExitCode.TAKEN : ExitCode.FAILED,
                exitCode == ExitCode.TAKEN ? "port-taken" : "failed",
                lines.get(mark).substring(MARK.length()),
                hint);
    }

    private static String read(Path log, long from) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long begin = Math.max(from, file.length() - BYTES_MAX);
            byte[] bytes = new byte[(int) (file.length() - begin)];
            file.seek(begin);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
