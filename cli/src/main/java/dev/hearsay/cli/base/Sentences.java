package dev.hearsay.cli.base;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
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
        return of(
                switch (e) {
                    // The message of these is the file, and nothing else.
                    case AccessDeniedException denied -> "there is no permission to use " + denied.getFile();
                    case NoSuchFileException missing -> "there is no " + missing.getFile();
                    case FileAlreadyExistsException there -> "something else is at " + there.getFile();
                    default -> String.valueOf(e.getMessage());
                });
    }
}
