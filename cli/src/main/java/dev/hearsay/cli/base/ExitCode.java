package dev.hearsay.cli.base;

/** What the process of a command ends with. */
public final class ExitCode {

    public static final int DONE = 0;
    /** Something outside the command failed: a disk, a network, a program. */
    public static final int FAILED = 1;
    /** The command line asks for something that cannot be. */
    public static final int USAGE = 2;

    public static final int NOT_RUNNING = 3;
    public static final int NO_QUORUM = 4;
    /** Time ran out, or a message reached only some of the nodes. */
    public static final int PARTIAL = 5;

    public static final int NO_SUCH_NODE = 6;
    /** The network runs already, or something else has its ports. */
    public static final int TAKEN = 7;

    public static final int NO_SUCH_KEY = 8;

    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** What a code means, for help texts. */
    public static String meaning(int exitCode) {
        return switch (exitCode) {
            case DONE -> "done";
            case FAILED -> "something went wrong outside the command: a disk, a program, the network";
            case USAGE -> "the command line asks for something that cannot be";
            case NOT_RUNNING -> "the network is not running";
            case NO_QUORUM -> "the seeds did not agree";
            case PARTIAL -> "time ran out, or the message reached only some of the nodes";
            case NO_SUCH_NODE -> "no such node";
            case TAKEN -> "the network runs already, or a port is taken";
            case NO_SUCH_KEY -> "there is no such key";
            case INTERRUPTED -> "interrupted";
            default -> throw new IllegalArgumentException("no command ends with " + exitCode);
        };
    }
}
