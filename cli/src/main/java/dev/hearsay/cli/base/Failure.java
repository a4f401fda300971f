package dev.hearsay.cli.base;

import org.jspecify.annotations.Nullable;

/**
 * Why a command ends without having done what it was asked: one sentence for people, what they can do about it, and a
 * code for programs.
 */
public final class Failure extends RuntimeException {

    private final int exitCode;
    private final String code;
    private final String hint;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param code a word that programs can rely on
     * @param message one sentence
     * @param hint what to do about it; empty if there is nothing to say
     */
    public Failure(int exitCode, String code, String message, String hint) {
        this(exitCode, code, message, hint, null);
    }

    public Failure(int exitCode, String code, String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.code = code;
        this.hint = hint;
    }

    public static Failure usage(String message, String hint) {
        return new Failure(ExitCode.USAGE, "usage", message, hint);
    }

    public static Failure failed(String message, String hint, @Nullable Throwable cause) {
        return new Failure(ExitCode.FAILED, "failed", message, hint, cause);
    }

    public int exitCode() {
        return exitCode;
    }

    public String code() {
        return code;
    }

    public String hint() {
        return hint;
    }

    public String sentence() {
        String message = getMessage();
        return message == null ? code : message;
    }
}
