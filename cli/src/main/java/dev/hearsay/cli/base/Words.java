package dev.hearsay.cli.base;

import dev.hearsay.live.files.TextFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The words of the command line as they were given. Java reads them in the encoding of the locale, and puts marks for what it cannot read. */
public final class Words {

    private static final Path GIVEN = Path.of("/proc/self/cmdline");
    private static final char REPLACEMENT = '\uFFFD';

    private Words() {}

    /**
     * The words of this process, as UTF-8.
     *
     * @param args as Java read them
     * @throws Failure if one of them is something else
     */
    public static String[] ofProcess(String... args) {
        if (Arrays.stream(args).allMatch(word -> word.chars().allMatch(c -> c < 0x80))) {
            return args;
        }
        byte[] all;
        try {
            all = Files.readAllBytes(GIVEN);
        } catch (IOException e) {
            // Elsewhere than on Linux only the marks tell.
            for (int i = 0; i < args.length; i++) {
                if (args[i].indexOf(REPLACEMENT) >= 0) {
                    throw unreadable(i, args[i]);
                }
            }
            return args;
        }
        return last(args, all);
    }

    /** The last words of a list in which each ends with a zero. */
    private static String[] last(String[] args, byte[] all) {
        String[] words = new String[args.length];
        int end = all.length - 1;
        for (int i = args.length - 1; i >= 0; i--) {
            int begin = end;
            while (begin > 0 && all[begin - 1] != 0) {
                begin--;
            }
            try {
                words[i] = TextFile.decode(Arrays.copyOfRange(all, begin, end), StandardCharsets.UTF_8);
            } catch (CharacterCodingException e) {
                throw unreadable(i, args[i]);
            }
            end = begin - 1;
        }
        return words;
    }

    private static Failure unreadable(int index, String word) {
        return Failure.usage(
                "Word " + (index + 1) + " of the command line, '" + word + "', is not UTF-8.",
                "Set the terminal to UTF-8; bytes of another encoding: iconv -t UTF-8.");
    }
}
