package dev.hearsay.live.files;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A text that a person wrote, with whatever editor: in UTF-8, with a byte-order mark or without, or in UTF-16 with one; lines end as on any
 * system, and blanks at their ends mean nothing.
 */
public final class TextFile {

    private TextFile() {}

    /** Something in a file is wrong; the message names the file and the line. */
    public static final class NotTextException extends IOException {
        private static final long serialVersionUID = 1;

        NotTextException(String message) {
            super(message);
        }
    }

    /**
     * All lines of a file.
     *
     * @throws NotTextException if it is not text
     * @throws IOException if it cannot be read
     */
    public static List<String> lines(Path file) throws IOException {
        return read(file).lines().toList();
    }

    /**
     * The first line of a file, without blanks around it; empty if there is none.
     *
     * @throws IOException as for all lines
     */
    public static String firstLine(Path file) throws IOException {
        return read(file).lines().findFirst().orElse("").strip();
    }

    /** The text of a file, each line with a line feed behind it and no blanks before that. */
    public static String read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Charset charset = charset(bytes);
        int mark = !charset.equals(StandardCharsets.UTF_8) ? 2 : hasMark(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        String text;
        try {
            text = decode(Arrays.copyOfRange(bytes, mark, bytes.length), charset);
        } catch (CharacterCodingException e) {
            throw wrong(file, lineOfFault(bytes), "is not UTF-8");
        }
        StringBuilder lines = new StringBuilder(text.length());
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.indexOf('\0') >= 0) {
                throw wrong(file, number, "holds NUL characters, as UTF-16 without a byte-order mark does");
            }
            lines.append(line.stripTrailing()).append('\n');
        }
        return lines.toString();
    }

    /** Reads a text that may be large; the mark, if there is one, comes first. What is not text shows when it is read. */
    public static BufferedReader reader(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        byte[] first = in.readNBytes(2);
        in.reset();
        return new BufferedReader(new InputStreamReader(in, charset(first).newDecoder()));
    }

    private static NotTextException wrong(Path file, int line, String what) {
        return new NotTextException(file + ", line " + line + ", " + what + "; save the file as UTF-8");
    }

    private static Charset charset(byte[] bytes) {
        if (hasMark(bytes, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        return hasMark(bytes, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    private static boolean hasMark(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Text from bytes, every one of which must mean something. */
    public static String decode(byte[] bytes, Charset charset) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** In which line the first byte stands that is not UTF-8. */
    private static int lineOfFault(byte[] bytes) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                try {
                    decode(Arrays.copyOfRange(bytes, begin, i), StandardCharsets.UTF_8);
                } catch (CharacterCodingException e) {
                    return line;
                }
                line++;
                begin = i + 1;
            }
        }
        return line;
    }
}
