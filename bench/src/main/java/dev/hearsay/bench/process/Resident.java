package dev.hearsay.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory that a process has resident: from Linux's {@code /proc}, elsewhere from {@code ps}. */
public final class Resident {

    private static final long KIBIBYTE = 1024;

    private Resident() {}

    /** The peak of this process so far. */
    public static long peakOfThisProcess() {
        return peakOf(ProcessHandle.current().pid());
    }

    /**
     * The most bytes there have been so far, where the system remembers; elsewhere those of now. 0 if nobody knows, or the
     * process is gone.
     */
    public static long peakOf(long pid) {
        long fromProc = fromProc(pid);
        return fromProc > 0 ? fromProc : fromPs(pid);
    }

    private static long fromProc(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return KIBIBYTE * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            // There is no /proc here, or no such process any more.
        }
        return 0;
    }

    private static long fromPs(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return text.isEmpty() ? 0 : KIBIBYTE * Long.parseLong(text);
        } catch (IOException e) {
            return 0;
        }
    }
}
