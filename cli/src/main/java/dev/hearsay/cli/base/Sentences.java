package dev.hearsay.cli.base;

import java.util.Locale;

/** What libraries say, as sentences for people. */
public final class Sentences {

    private Sentences() {}

    /** Words as a sentence. What begins with a name, such as a path or {@code random:3}, keeps its first letter. */
    public static String of(String text) {
        boolean isName = !text.matches("(?s)[a-z]+ .*");
        String sentence = isName ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    /** The message of an exception as a sentence. */
    public static String of(Exception e) {
        return of(String.valueOf(e.getMessage()));
    }
}
