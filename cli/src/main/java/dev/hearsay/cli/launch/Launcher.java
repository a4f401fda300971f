package dev.hearsay.cli.launch;

import dev.hearsay.cli.base.ExitCode;
import java.io.IOException;
import java.io.InputStream;

/**
 * The command that starts a host process, as that process sees it. Until the network is complete nobody else knows of the process, so it must not
 * outlive a command that is killed meanwhile: it would hold its port, and stop-network would not find it. The command writes a line to the standard input
 * of each process that it has started when all are ready; an end of the input before that is the end of the command, however it ended.
 */
public final class Launcher {

    private Launcher() {}

    /** Ends this process, in order, if the command that starts it ends before it has let go of it. */
    public static void endWithIt(InputStream input) {
        Thread.ofPlatform().daemon().name("launcher").start(() -> {
            if (!isReleased(input)) {
                System.exit(ExitCode.INTERRUPTED);
            }
        });
    }

    private static boolean isReleased(InputStream input) {
        try {
            return input.read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
