package dev.hearsay.live.profile;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code config.txt}: one seed per line, {@code host:port} or {@code host,port}, and after a space its public key if it is known; {@code #} begins a
 * comment.
 *
 * @param seeds in the order of the file, each with its key or null
 */
public record SeedConfig(Map<NodeId, @Nullable PublicKey> seeds) {

    /** Something in the file is wrong; the message says what and in which line. */
    public static final class BadConfigException extends IOException {
        private static final long serialVersionUID = 1;

        BadConfigException(String message) {
            super(message);
        }
    }

    /**
     * Reads a file.
     *
     * @throws BadConfigException with every bad line and its number
     * @throws IOException if the file cannot be read
     */
    public static SeedConfig read(Path file) throws IOException {
        return parse(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    static SeedConfig parse(String name, List<String> lines) throws BadConfigException {
        Map<NodeId, @Nullable PublicKey> seeds = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                try {
                    parseLine(line, seeds);
                } catch (IllegalArgumentException e) {
                    problems.add("line " + (i + 1) + ": " + e.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new BadConfigException(name + ", " + String.join("; ", problems));
        }
        if (seeds.isEmpty()) {
            throw new BadConfigException(name + " names no seed; write one per line, for example 127.0.0.1:6000");
        }
        return new SeedConfig(seeds);
    }

    private static void parseLine(String line, Map<NodeId, @Nullable PublicKey> seeds) {
        String[] words = line.split("\\s+", -1);
        if (words.length > 2) {
            throw new IllegalArgumentException("'" + line + "' is not an address with perhaps a key");
        }
        int comma = words[0].lastIndexOf(',');
        NodeId seed =
                NodeId.parse(comma < 0 ? words[0] : words[0].substring(0, comma) + ":" + words[0].substring(comma + 1));
        if (seeds.containsKey(seed)) {
            throw new IllegalArgumentException(seed + " is there twice");
        }
        seeds.put(seed, words.length == 2 ? PublicKey.parse(words[1]) : null);
    }

    /** The file's text. */
    public String toText() {
        StringBuilder text = new StringBuilder("# The seeds of this network: host:port, and the seed's public key.\n");
        seeds.forEach((seed, key) ->
                text.append(seed).append(key == null ? "" : " " + key).append('\n'));
        return text.toString();
    }
}
