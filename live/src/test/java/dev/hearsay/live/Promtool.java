package dev.hearsay.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** Prometheus' own opinion of what a node serves. */
public final class Promtool {

    private Promtool() {}

    /** What {@code promtool check metrics} objects to; empty if nothing. */
    public static String objections(String metrics) throws IOException, InterruptedException {
        Process promtool;
        try {
            promtool = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError("promtool is missing; it comes with Debian's package prometheus", e);
        }
        try (var in = promtool.outputWriter(UTF_8)) {
            in.write(metrics);
        }
        String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
        int exitCode = promtool.waitFor();
        return exitCode == 0 ? said : said + "exit code " + exitCode;
    }
}
