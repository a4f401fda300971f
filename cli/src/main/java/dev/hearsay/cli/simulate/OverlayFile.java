package dev.hearsay.cli.simulate;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.live.files.TextFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An overlay as a file: GraphML, or a list of links with the two ends of one on each line. Nodes whose names are all whole numbers are numbered in that order,
 * others in the order in which the file names them. Directions, weights and repetitions count for nothing.
 */
final class OverlayFile {

    /** What a name may end with. */
    static final String FORMATS = ".graphml, or .edges, .txt, .csv or .tsv for a list of links";

    private static final int NODES_MAX = 10_000_000;
    private static final int LINKS_MAX = 200_000_000;
    private static final int BYTES_PER_HEAP_BYTE = 4;
    private static final Pattern GAP = Pattern.compile("[\\s,;]+");
    /** Two names, the first with a blank in it, which a list that is split at blanks cannot have. */
    private static final Pattern BLANK_IN_NAME = Pattern.compile("[^\\s,;]+\\s+[^\\s,;]+\\s*[,;].*");

    /** What columns of tables of links are called. */
    private static final Pattern COLUMN =
            Pattern.compile("(?i)id|label|type|weight|source|target|from|to|src|dst|node[ _]?[12ab]");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Path file;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /** Nodes that links name and the file has not: where that was. */
    private final Map<String, Integer> unknown = new LinkedHashMap<>();

    private int[] from = new int[64];
    private int[] to = new int[64];
    private int links;
    private int line;

    private OverlayFile(Path file) {
        this.file = file;
    }

    /**
     * Reads one.
     *
     * @throws Failure with one sentence that says what is wrong, and in which line
     */
    static Graph read(String name) {
        OverlayFile overlay = new OverlayFile(Path.of(name));
        boolean isGraphml = isGraphml(name);
        try {
            long most = Runtime.getRuntime().maxMemory() / BYTES_PER_HEAP_BYTE;
            if (Files.size(overlay.file) > most) {
                throw overlay.wrong("is too large; this may use so much memory that it can have " + most + " bytes");
            }
            if (isGraphml) {
                overlay.readGraphml();
            } else {
                overlay.readLinks();
            }
        } catch (CharacterCodingException e) {
            throw overlay.wrong("is no text in UTF-8, nor in UTF-16 with a byte-order mark");
        } catch (IOException e) {
            throw Failure.usage(name + " cannot be read: " + Sentences.of(e), "");
        }
        return overlay.graph();
    }

    /** @throws Failure if the name does not say in which format it is */
    static void demandFormat(String name) {
        isGraphml(name);
    }

    private static boolean isGraphml(String name) {
        return switch (extension(name)) {
            case "graphml", "xml" -> true;
            case "edges", "edgelist", "txt", "csv", "tsv" -> false;
            default ->
                throw Failure.usage("'" + name + "' does not say what it is.", "Let it end with " + FORMATS + ".");
        };
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** What stands between the columns of a table; empty for a list that is split at blanks, too. */
    private static String separators(String name) {
        return switch (extension(name)) {
            case "csv" -> ",;";
            case "tsv" -> "\t";
            default -> "";
        };
    }

    private Failure wrong(String what) {
        return Failure.usage(file + (line > 0 ? ", line " + line : "") + " " + what + ".", "");
    }

    // --- Reading -------------------------------------------------------------------------------------------------

    private void readLinks() throws IOException {
        String separators = separators(file.toString());
        int firstLine = 0;
        try (BufferedReader lines = TextFile.reader(file)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (text.indexOf('\0') >= 0) {
                    throw wrong("holds NUL characters, as UTF-16 without a byte-order mark does");
                }
                String words = text.replace("\uFEFF", "").strip();
                if (words.isEmpty() || words.startsWith("#") || words.startsWith("%")) {
                    continue;
                }
                String[] ends = separators.isEmpty() ? words(words) : cells(words, separators);
                if (ends.length < 2 || ends[0].isEmpty() || ends[1].isEmpty()) {
                    throw wrong("names one node, and a link has two");
                }
                if (numbers.isEmpty()) {
                    firstLine = line;
                    if (isHeading(ends[0], ends[1])) {
                        continue;
                    }
                }
                link(number(ends[0]), number(ends[1]), ends[0]);
            }
        }
        line = firstLine;
        demandNoHeading();
    }

    private String[] words(String text) {
        if (BLANK_IN_NAME.matcher(text).matches()) {
            throw wrong("has a blank in a name; let the file be a .csv");
        }
        return GAP.split(text, -1);
    }

    /** The first two cells of a row of a table; quotation marks may be about a cell, and are doubled in it. */
    private String[] cells(String text, String separators) {
        String[] cells = {"", ""};
        StringBuilder cell = new StringBuilder();
        boolean isQuoted = false;
        int count = 0;
        for (int i = 0; i <= text.length() && count < cells.length; i++) {
            char c = i < text.length() ? text.charAt(i) : separators.charAt(0);
            if (i == text.length() && isQuoted) {
                throw wrong("has a quotation mark that nothing closes");
            } else if (c == '"') {
                if (!isQuoted && i > 0 && text.charAt(i - 1) == '"') {
                    cell.append(c);
                }
                isQuoted = !isQuoted;
            } else if (isQuoted || separators.indexOf(c) < 0) {
                cell.append(c);
            } else {
                cells[count++] = cell.toString().strip();
                cell.setLength(0);
            }
        }
        return cells;
    }

    /** Whether the first row names the columns, as Gephi's tables do. */
    private boolean isHeading(String first, String second) {
        if (first.equalsIgnoreCase("source") && second.equalsIgnoreCase("target")) {
            return true;
        }
        if (COLUMN.matcher(first).matches() && COLUMN.matcher(second).matches()) {
            throw wrong("is a heading; let it begin with Source and Target, or remove it");
        }
        return false;
    }

    /** A heading in other words would be a link that nobody wanted. */
    private void demandNoHeading() {
        List<String> first = numbers.keySet().stream().limit(2).toList();
        if (numbers.size() > 2
                && first.stream().noneMatch(OverlayFile::isNumber)
                && numbers.keySet().stream().skip(2).allMatch(OverlayFile::isNumber)) {
            throw wrong("names '" + first.get(0) + "' and '" + first.get(1)
                    + "' and all others have numbers; if it is a heading, remove it");
        }
    }

    private static boolean isNumber(String name) {
        return NUMBER.matcher(name).matches();
    }

    private void readGraphml() throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // A file may name others, or words that become millions of words; none of that is looked at.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        boolean[] declared = new boolean[64];
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            boolean isRoot = true;
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                line = xml.getLocation().getLineNumber();
                String element = xml.getLocalName();
                if (isRoot && !element.equals("graphml")) {
                    throw wrong("begins with <" + element + ">, so it is no GraphML");
                }
                isRoot = false;
                switch (element) {
                    case "node" -> {
                        String name = attribute(xml, "id");
                        int number = number(name);
                        declared = number < declared.length ? declared : Arrays.copyOf(declared, 2 * number);
                        if (declared[number]) {
                            throw wrong("has node '" + name + "' a second time");
                        }
                        declared[number] = true;
                        unknown.remove(name);
                    }
                    case "edge" -> {
                        String source = attribute(xml, "source");
                        link(end(source, declared), end(attribute(xml, "target"), declared), source);
                    }
                    case "hyperedge" -> throw wrong("has a hyperedge, and a link has two ends");
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            line = e.getLocation() == null ? line : e.getLocation().getLineNumber();
            throw wrong("is damaged XML");
        }
        for (Map.Entry<String, Integer> first : unknown.entrySet()) {
            line = first.getValue();
            throw wrong("links node '" + first.getKey() + "', which the file does not have");
        }
    }

    private String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        if (value == null) {
            throw wrong("has <" + xml.getLocalName() + "> without " + name);
        }
        return value;
    }

    private int end(String name, boolean[] declared) {
        int number = number(name);
        if (number >= declared.length || !declared[number]) {
            unknown.putIfAbsent(name, line);
        }
        return number;
    }

    private int number(String name) {
        Integer known = numbers.putIfAbsent(name, numbers.size());
        if (numbers.size() > NODES_MAX) {
            throw wrong("goes beyond " + NODES_MAX + " nodes, which is the limit");
        }
        return known == null ? numbers.size() - 1 : known;
    }

    private void link(int a, int b, String name) {
        if (a == b) {
            throw wrong("links node '" + name + "' to itself");
        }
        if (links == LINKS_MAX) {
            throw wrong("goes beyond " + LINKS_MAX + " links, which is the limit");
        }
        if (links == from.length) {
            from = Arrays.copyOf(from, 2 * links);
            to = Arrays.copyOf(to, 2 * links);
        }
        from[links] = a;
        to[links++] = b;
    }

    private Graph graph() {
        line = 0;
        if (numbers.isEmpty()) {
            throw wrong("names no node");
        }
        if (numbers.keySet().stream().allMatch(OverlayFile::isNumber)) {
            List<String> names = numbers.keySet().stream()
                    .sorted(Comparator.comparingLong(Long::parseLong))
                    .toList();
            int[] ranks = new int[names.size()];
            for (int rank = 0; rank < ranks.length; rank++) {
                ranks[numbers.getOrDefault(names.get(rank), 0)] = rank;
            }
            for (int i = 0; i < links; i++) {
                from[i] = ranks[from[i]];
                to[i] = ranks[to[i]];
            }
        }
        return Graph.of(numbers.size(), from, to, links);
    }

    // --- Writing -------------------------------------------------------------------------------------------------

    /** Writes an overlay. */
    static void write(String name, Graph graph) {
        boolean isGraphml = isGraphml(name);
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(name))) {
            if (isGraphml) {
                out.write("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
                        <graph edgedefault="undirected">
                        """);
                for (int node = 0; node < graph.nodes(); node++) {
                    out.write("<node id=\"" + node + "\"/>\n");
                }
            }
            String separators = separators(name);
            String gap = separators.isEmpty() ? " " : separators.substring(0, 1);
            for (int node = 0; node < graph.nodes(); node++) {
                for (int i = 0; i < graph.degree(node); i++) {
                    int other = graph.neighbour(node, i);
                    if (other > node) {
                        out.write(
                                isGraphml
                                        ? "<edge source=\"" + node + "\" target=\"" + other + "\"/>\n"
                                        : node + gap + other + "\n");
                    }
                }
            }
            out.write(isGraphml ? "</graph>\n</graphml>\n" : "");
        } catch (IOException e) {
            throw Failure.failed(name + " cannot be written: " + Sentences.of(e), "", e);
        }
    }
}
