package dev.hearsay.cli.base;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The world as a command sees it: its streams, its environment, and whether a person is looking.
 *
 * @param out for what was asked for, buffered: flush what must be seen at once
 * @param err for progress and errors
 * @param inIsTerminal whether a person types {@code in}
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether a person reads {@code err}
 */
public record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal) {

    /**
     * What Kubernetes, and Docker before it, puts into the environment of every container for a service, here one named
     * {@code gossip}: {@code GOSSIP_PORT=tcp://10.0.0.5:7000}. It is meant for nobody here.
     */
    private static final Pattern INJECTED = Pattern.compile("(tcp|udp|sctp)://.*");

    /** The console of this process. The launcher says which of its streams are terminals, in {@code hearsay.terminals}. */
    public static Console ofProcess() {
        String terminals = System.getProperty("hearsay.terminals", "");
        return new Console(
                System.in,
                stream(FileDescriptor.out, 1 << 13),
                stream(FileDescriptor.err, 1 << 9),
                System.getenv(),
                terminals.contains("0"),
                terminals.contains("1"),
                terminals.contains("2"));
    }

    private static PrintStream stream(FileDescriptor descriptor, int bufferBytes) {
        // Always UTF-8: what goes out is data for other programs too, and those must not depend on the locale.
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), bufferBytes), false, StandardCharsets.UTF_8);
    }

    /** A variable of the environment; empty when it is not set, or not by anybody for this program. */
    public String variable(String name) {
        String value = environment.getOrDefault(name, "");
        return INJECTED.matcher(value).matches() ? "" : value;
    }

    /** Whether what people read may be coloured: <a href="https://no-color.org">NO_COLOR</a> forbids it. */
    public boolean isColoured() {
        return outIsTerminal
                && variable("NO_COLOR").isEmpty()
                && !variable("TERM").equals("dumb");
    }

    /** Whether lines can be edited: a person types, and sees it. */
    public boolean isInteractive() {
        return inIsTerminal && outIsTerminal && !variable("TERM").equals("dumb");
    }

    /** Whether a line on {@code err} may be redrawn. */
    public boolean isAnimated() {
        return errIsTerminal && !variable("TERM").equals("dumb");
    }

    public boolean isDebugging() {
        String debug = variable("GOSSIP_DEBUG");
        return !debug.isEmpty() && !debug.equals("0") && !debug.equals("false");
    }

    /** How many columns a line has. */
    public int columns() {
        String columns = variable("COLUMNS");
        try {
            return columns.isEmpty() ? 80 : Math.max(20, Integer.parseInt(columns));
        } catch (NumberFormatException e) {
            return 80;
        }
    }
}
