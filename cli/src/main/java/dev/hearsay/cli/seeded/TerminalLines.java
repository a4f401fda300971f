package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import java.io.IOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Reads lines from a terminal, with editing and history; whatever is logged meanwhile appears above the line. Loads JLine. */
final class TerminalLines {

    private static final String PROMPT = "> ";

    /** What becomes of a line. */
    interface Taker {
        /** Takes a line. Returns false to end the input. */
        boolean take(String line) throws InterruptedException;
    }

    private TerminalLines() {}

    /** Reads until the taker, or the person by Ctrl-D, ends the input. Ctrl-C ends the process. */
    static void read(LogScreen screen, Taker taker) throws InterruptedException {
        // Not asked what it can do with graphemes: what comes before the answer would be thrown away, and that is what
        // people type.
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).graphemeCluster(false).build()) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
            // An exclamation mark is one, and no word of an earlier line.
            reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
            screen.printBy(reader::printAbove);
            boolean goesOn = true;
            while (goesOn) {
                goesOn = taker.take(reader.readLine(PROMPT));
            }
        } catch (EndOfFileException e) {
            // That was Ctrl-D.
            return;
        } catch (UserInterruptException e) {
            throw new Failure(ExitCode.INTERRUPTED, "interrupted", "Interrupted.", "", e);
        } catch (IOException e) {
            throw Failure.failed("The terminal cannot be read: " + e.getMessage() + ".", "", e);
        } finally {
            screen.printPlainly();
        }
    }
}
