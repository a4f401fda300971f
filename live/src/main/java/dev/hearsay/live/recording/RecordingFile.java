package dev.hearsay.live.recording;

import dev.hearsay.wire.RecordingJson;
import dev.hearsay.wire.RecordingLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A recording that is being written. Not thread-safe. */
public final class RecordingFile implements AutoCloseable {

    private final Recorder recorder;
    private final OutputStream out;
    private final long sinceMicros;
    private final RecordingJson json = new RecordingJson();
    private final Map<NodeJournal, JournalReader> readers = new LinkedHashMap<>();
    private final List<RecordingLine.Settings> settings = new ArrayList<>();
    private final JournalReader.Lines lines = new Writing();
    private long count;

    /**
     * Begins a recording.
     *
     * @param network what the network is called; empty if it has no name
     * @param atMicros now, since 1970
     * @param sinceMicros what was before that is left out; 0 to leave out nothing
     */
    public RecordingFile(Recorder recorder, OutputStream out, String network, long atMicros, long sinceMicros)
            throws IOException {
        this.recorder = recorder;
        this.out = out;
        this.sinceMicros = sinceMicros;
        write(new RecordingLine.Header(network, atMicros));
    }

    /** Writes what nodes have lived through since the last time. */
    public void writeNews() throws IOException {
        List<NodeJournal> journals = recorder.journals();
        for (NodeJournal journal : journals) {
            readers.computeIfAbsent(journal, added -> new JournalReader(added, sinceMicros));
        }
        // Journals are equal only to themselves.
        Set<NodeJournal> left = Set.copyOf(journals);
        for (Map.Entry<NodeJournal, JournalReader> reader : readers.entrySet()) {
            reader.getValue().read(lines);
            if (!left.contains(reader.getKey())) {
                reader.getValue().end(lines);
            }
        }
        readers.keySet().retainAll(left);
        out.flush();
    }

    private final class Writing implements JournalReader.Lines {
        @Override
        public void add(RecordingLine line) throws IOException {
            write(line);
        }

        @Override
        public int settings(Beginning beginning) throws IOException {
            return numberOf(beginning);
        }
    }

    private int numberOf(Beginning beginning) throws IOException {
        for (RecordingLine.Settings known : settings) {
            boolean isSame = beginning.seed() == null
                    ? beginning.node() != null
                            && beginning.node().equals(known.node())
                            && beginning.members().equals(known.members())
                    : beginning.seed().equals(known.seed());
            if (isSame) {
                return known.number();
            }
        }
        RecordingLine.Settings added = new RecordingLine.Settings(
                settings.size() + 1, beginning.node(), beginning.members(), beginning.seed());
        settings.add(added);
        write(added);
        return added.number();
    }

    private void write(RecordingLine line) throws IOException {
        out.write(json.write(line).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        count++;
    }

    /** Writes the last line, by which readers know that the recording is whole. */
    public void finish() throws IOException {
        write(new RecordingLine.End(count));
        out.flush();
    }

    /** Closes the stream. A recording that was not finished breaks off there. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
