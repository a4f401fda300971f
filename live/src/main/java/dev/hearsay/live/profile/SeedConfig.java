package dev.hearsay.live.profile;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.live.files.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * {@code config.txt}: one seed per line, {@code host:port} or {@code host,port}, and after a space its public key and {@code seed-port=PORT}, in any
 * order, where they are known or not the usual; {@code #} begins a comment.
 *
 * @param seeds in the order of the file, each with its key or null
 * @param seedPorts where a seed listens for the others, for those that have a port of their own choice for it
 */
public record SeedConfig(Map<NodeId, @Nullable PublicKey> seeds, Map<NodeId, Integer> seedPorts) {

    private static final int SEED_PORT_OFFSET = 10_000;
    private static final int PORT_MAX = 65_535;
    private static final String SEED_PORT = "seed-port=";
    private static final String FIRST_LINE =
            "# The seeds of this network: host:port, and the seed's public key. As written:";

    // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
    public SeedConfig(Map<NodeId, @Nullable PublicKey> seeds, Map<NodeId, Integer> seedPorts) {
        this.seeds = new LinkedHashMap<>(seeds);
        this.seedPorts = new LinkedHashMap<>(seedPorts);
    }

    /** A network whose only seed is this, with a key that nobody knows yet. */
    public static SeedConfig of(NodeId seed) {
        Map<NodeId, @Nullable PublicKey> seeds = new LinkedHashMap<>();
        seeds.put(seed, null);
        return new SeedConfig(seeds, Map.of());
    }

    /** The seeds' own port of a seed at this port, unless another was chosen: 10,000 above, or below if there is nothing above. */
    public static int usualSeedPort(int port) {
        return port + SEED_PORT_OFFSET <= PORT_MAX ? port + SEED_PORT_OFFSET : port - SEED_PORT_OFFSET;
    }

    /** Where a seed listens for the other seeds. */
    public int seedPort(NodeId seed) {
        return seedPorts.getOrDefault(seed, usualSeedPort(seed.port()));
    }

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
        return parse(file.toString(), TextFile.lines(file));
    }

    static SeedConfig parse(String name, List<String> lines) throws BadConfigException {
        Map<NodeId, @Nullable PublicKey> seeds = new LinkedHashMap<>();
        Map<NodeId, Integer> seedPorts = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                try {
                    parseLine(line, seeds, seedPorts);
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
        return new SeedConfig(seeds, seedPorts);
    }

    private static void parseLine(String line, Map<NodeId, @Nullable PublicKey> seeds, Map<NodeId, Integer> seedPorts) {
        String[] words = line.split("\\s+", -1);
        int comma = words[0].lastIndexOf(',');
        NodeId seed =
                NodeId.parse(comma < 0 ? words[0] : words[0].substring(0, comma) + ":" + words[0].substring(comma + 1));
        Places.find(seed, seeds.keySet()).ifPresent(known -> {
            throw new IllegalArgumentException(
                    known.equals(seed) ? seed + " is there twice" : seed + " is there already, as " + known);
        });
        PublicKey key = null;
        for (String word : List.of(words).subList(1, words.length)) {
            if (word.startsWith(SEED_PORT)) {
                seedPorts.put(seed, port(word.substring(SEED_PORT.length())));
            } else if (key == null) {
                key = PublicKey.parse(word);
            } else {
                throw new IllegalArgumentException(
                        "'" + line + "' is not an address with perhaps a key and a seed-port");
            }
        }
        seeds.put(seed, key);
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > PORT_MAX) {
            throw new IllegalArgumentException("'" + text + "' is not a port");
        }
        return Integer.parseInt(text);
    }

    /** Whether a file is as {@link #toText} made it, and nobody has changed it since. */
    public static boolean isWritten(Path file) throws IOException {
        List<String> lines = TextFile.lines(file);
        return !lines.isEmpty()
                && lines.getFirst().equals(firstLine(String.join("\n", lines.subList(1, lines.size())) + "\n"));
    }

    private static String firstLine(String others) {
        CRC32 sum = new CRC32();
        sum.update(others.getBytes(StandardCharsets.UTF_8));
        return FIRST_LINE + " " + HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /** The file's text. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        seeds.forEach((seed, key) -> {
            text.append(seed).append(key == null ? "" : " " + key);
            text.append(seedPorts.containsKey(seed) ? " " + SEED_PORT + seedPorts.get(seed) : "");
            text.append('\n');
        });
        return firstLine(text.toString()) + "\n" + text;
    }
}
