package dev.hearsay.live.keys;

import dev.hearsay.core.PublicKey;
import dev.hearsay.live.files.TextFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;

/**
 * A key pair on disk: two lines, {@code public <64 hex digits>} and {@code private <64 hex digits>}, which only its owner may read.
 */
public final class KeyFile {

    private static final String PUBLIC = "public ";
    private static final String PRIVATE = "private ";

    private KeyFile() {}

    /**
     * The key in the file; a new one, which is then kept there, if there is no file.
     *
     * @throws IOException with a sentence for people, if the file cannot be read or written, or is no key file
     */
    public static Ed25519 readOrCreate(Path file) throws IOException {
        try {
            return read(file);
        } catch (NoSuchFileException e) {
            Ed25519 created = Ed25519.generate();
            try {
                write(file, created);
                return created;
            } catch (FileAlreadyExistsException raced) {
                return read(file);
            }
        }
    }

    /** Reads a key file. */
    public static Ed25519 read(Path file) throws IOException {
        List<String> lines = TextFile.lines(file);
        try {
            if (lines.size() < 2
                    || !lines.get(0).startsWith(PUBLIC)
                    || !lines.get(1).startsWith(PRIVATE)) {
                throw new IllegalArgumentException("it does not begin with a public and a private key");
            }
            PublicKey publicKey =
                    PublicKey.parse(lines.get(0).substring(PUBLIC.length()).strip());
            byte[] secret = HexFormat.of()
                    .parseHex(lines.get(1).substring(PRIVATE.length()).strip());
            return Ed25519.of(secret, publicKey);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not a key file: " + e.getMessage(), e);
        }
    }

    /**
     * Writes a new key file.
     *
     * @throws FileAlreadyExistsException if there is one: a key that is overwritten is lost
     */
    public static void write(Path file, Ed25519 keys) throws IOException {
        String text =
                PUBLIC + keys.publicKey() + "\n" + PRIVATE + HexFormat.of().formatHex(keys.secret()) + "\n";
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            PrivateFiles.createDirectories(parent);
        }
        try (var channel = PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        }
    }
}
