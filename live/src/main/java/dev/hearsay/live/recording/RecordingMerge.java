package dev.hearsay.live.recording;

import dev.hearsay.core.NodeId;
import dev.hearsay.wire.RecordingJson;
import dev.hearsay.wire.RecordingLine;
import dev.hearsay.wire.WireException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Makes one recording of those of several processes. */
public final class RecordingMerge implements AutoCloseable {

    private final OutputStream out;
    private final RecordingJson json = new RecordingJson();
    private int settings;
    private long lines;
    private int parts;
    private final Set<Life> whole = new HashSet<>();
    private final Set<Life> partial = new HashSet<>();

    /** A life of a node in one of the processes. */
    private record Life(int part, NodeId node, int number) {}

    /** A recording of nothing yet; the arguments are those of its first line. */
    public RecordingMerge(OutputStream out, String network, long atMicros) throws IOException {
        this.out = out;
        write(json.write(new RecordingLine.Header(network, atMicros)));
    }

    /**
     * Adds what a process has recorded.
     *
     * @throws WireException if it is no whole recording
     */
    public void add(InputStream part) throws IOException, WireException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(part, StandardCharsets.UTF_8));
        int before = settings;
        parts++;
        boolean hasEnded = false;
        long count = 0;
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            if (hasEnded) {
                throw new WireException("something follows the last line of the recording of a process");
            }
            // Only lines about lives name their settings by a number; the many others stay as they are.
            if (isAbout(text, "end")) {
                hasEnded = true;
                demand(count, json.read(text));
            } else if (isAbout(text, "settings") || isAbout(text, "began") || isAbout(text, "missing")) {
                write(json.write(renumbered(json.read(text), before)));
            } else if (!isAbout(text, "format")) {
                write(text);
            }
            count++;
        }
        if (!hasEnded) {
            throw new WireException("the recording of a process breaks off");
        }
    }

    private static void demand(long lines, RecordingLine last) throws WireException {
        if (!(last instanceof RecordingLine.End(long before)) || before != lines) {
            throw new WireException(
                    "the recording of a process has " + lines + " lines before its last one, which says otherwise");
        }
    }

    private static boolean isAbout(String line, String name) {
        return line.startsWith("{\"v\":1,\"" + name + "\":");
    }

    private RecordingLine renumbered(RecordingLine line, int before) throws WireException {
        return switch (line) {
            case RecordingLine.Settings its -> {
                settings = Math.max(settings, before + its.number());
                yield new RecordingLine.Settings(before + its.number(), its.node(), its.members(), its.seed());
            }
            case RecordingLine.UnknownSettings unknown ->
                throw new WireException("a process runs another version of this program: " + unknown.why());
            case RecordingLine.Began began -> {
                whole.add(new Life(parts, began.node(), began.life()));
                yield new RecordingLine.Began(
                        began.life(),
                        began.node(),
                        began.name(),
                        before + began.settings(),
                        began.randomSeed(),
                        began.key(),
                        began.neighbours(),
                        began.remembered());
            }
            case RecordingLine.Missing some -> {
                Life life = new Life(parts, some.node(), some.life());
                whole.remove(life);
                partial.add(life);
                yield some;
            }
            case RecordingLine.Header _, RecordingLine.Remembered _, RecordingLine.Step _ -> line;
            case RecordingLine.Told _, RecordingLine.End _ -> line;
        };
    }

    private void write(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        lines++;
    }

    /** How many lines it has. */
    public long lines() {
        return lines;
    }

    /** How many lives are in it from their beginning, without a gap. */
    public long wholeLives() {
        return whole.size();
    }

    /** How many are not. */
    public long partialLives() {
        return partial.size();
    }

    /** Writes the last line. */
    @Override
    public void close() throws IOException {
        try (out) {
            write(json.write(new RecordingLine.End(lines)));
        }
    }
}
