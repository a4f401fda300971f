package dev.hearsay.cli.base;

import dev.hearsay.live.files.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What allows to do more with a node than to talk to it. Never on the command line, where every user of the machine could read it. */
public final class Tokens {

    /** Where it comes from if no file was named. */
    public static final String VARIABLE = "GOSSIP_TOKEN";

    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,1000}");

    private Tokens() {}

    /**
     * The token: the first line of the file, or else the variable; empty if there is neither.
     *
     * @throws Failure if it cannot be one
     */
    public static Optional<String> find(Console console, @Nullable Path file) {
        if (file == null) {
            String token = console.variable(VARIABLE);
            return token.isEmpty() ? Optional.empty() : Optional.of(checked(token, "The token in " + VARIABLE));
        }
        try {
            return Optional.of(checked(TextFile.firstLine(file), "The first line of " + file));
        } catch (TextFile.NotTextException e) {
            throw Failure.usage(Sentences.of(e), "Its first line should be the token.");
        } catch (IOException e) {
            throw Failure.usage("The token in " + file + " cannot be read.", "Its first line should be the token.");
        }
    }

    private static String checked(String token, String whose) {
        if (!TOKEN.matcher(token).matches()) {
            throw Failure.usage(
                    whose + " is not a token.", "A token is made of up to 1000 ASCII letters, digits and signs.");
        }
        return token;
    }
}
