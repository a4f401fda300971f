package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.live.host.LogConsole;
import dev.hearsay.live.profile.LogLine;
import java.util.function.Consumer;

/** Shows the lines of a log on a screen: green what is normal, yellow what is suspicious, red what failed. */
final class LogScreen implements LogConsole {

    private static final String GREEN = "\u001B[32m";
    private static final String YELLOW = "\u001B[33m";
    private static final String RED = "\u001B[31m";
    private static final String PLAIN = "\u001B[0m";

    private final Console console;
    private volatile Consumer<String> printer = this::print;

    LogScreen(Console console) {
        this.console = console;
    }

    private void print(String line) {
        console.out().println(line);
        console.out().flush();
    }

    /** Nobody edits a line any more. */
    void printPlainly() {
        printer = this::print;
    }

    /** Somebody edits a line on the screen: from now on this prints above it. */
    void printBy(Consumer<String> newPrinter) {
        printer = newPrinter;
    }

    @Override
    public void show(LogLine.Level level, String text) {
        String plain = Plain.of(text);
        printer.accept(console.isColoured() ? colour(level) + plain + PLAIN : plain);
    }

    private static String colour(LogLine.Level level) {
        return switch (level) {
            case INFO -> GREEN;
            case WARNING -> YELLOW;
            case ERROR -> RED;
        };
    }
}
