package dev.hearsay.web;

import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.live.recording.RecordingException;
import dev.hearsay.live.recording.RecordingSource;
import dev.hearsay.web.journal.EventLog;
import dev.hearsay.web.members.Ballots;
import dev.hearsay.web.members.MemberLists;
import dev.hearsay.web.picture.NetworkModel;
import dev.hearsay.web.picture.NodeModel;
import dev.hearsay.web.recordings.RecordedLives;
import dev.hearsay.web.recordings.RecordingAccess;
import dev.hearsay.wire.RecordingLine;
import dev.hearsay.wire.TraceJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a recording or a trace shows: its last events, and what is known beside them. */
public final class Recording {

    private static final int PROGRESS_LINES = 10_000;
    private static final Pattern SEED = Pattern.compile("s\\d+");

    /** An event, and the line that it was read from. */
    record LoggedEvent(long number, TraceJson.Line line, String text) {}

    private static final Comparator<LoggedEvent> BY_MOMENT = Comparator.<LoggedEvent>comparingLong(
                    logged -> logged.line().atMicros())
            .thenComparingLong(LoggedEvent::number);

    private final Path file;
    private final int eventsMax;
    private final RecordedLives lives = new RecordedLives();
    private final RecordedMembers members = new RecordedMembers();
    private final PriorityQueue<LoggedEvent> newest = new PriorityQueue<>(BY_MOMENT);
    private final RecordedTexts texts = new RecordedTexts();
    private final Map<NodeId, String> names = new LinkedHashMap<>();
    private final Map<NodeId, String> roles = new HashMap<>();
    private final Map<NodeId, Long> lastMicros = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private String network = "";
    private long nowMicros = Long.MAX_VALUE;
    private boolean hasInputs;
    private long events;
    private String unknown = "";

    private Recording(Path file, int eventsMax) {
        this.file = file;
        this.eventsMax = eventsMax;
    }

    /**
     * Reads one.
     *
     * @param onProgress hears now and then how many lines are done
     * @throws RecordingException if it cannot be read, or nothing happens in it
     */
    public static Recording read(Path file, LongConsumer onProgress) throws RecordingException {
        return read(file, EventLog.EVENTS_MAX, onProgress);
    }

    static Recording read(Path file, int eventsMax, LongConsumer onProgress) throws RecordingException {
        Recording recording = new Recording(file, eventsMax);
        try (RecordingSource source = RecordingSource.open(file)) {
            for (RecordingLine line = source.next(); line != null; line = source.next()) {
                recording.take(line, source.text());
                if (source.lines() % PROGRESS_LINES == 0) {
                    onProgress.accept(source.lines());
                }
            }
            if (recording.events == 0) {
                throw source.refuse("has no signals, so there is nothing to watch");
            }
            recording.note(source);
        }
        return recording;
    }

    private void note(RecordingSource source) {
        if (source.isCutShort()) {
            lives.cutShort();
            notes.add("The recording is cut off after line " + source.lines() + "; what was before is shown.");
        }
        if (events > eventsMax) {
            notes.add("Of its " + events + " events the last " + eventsMax + " are shown.");
        }
        long partial = lives.partial();
        if (partial > 0) {
            notes.add("Of " + (partial == 1 ? "1 life of a node" : partial + " lives of nodes")
                    + " something is not in the recording.");
        }
        if (!unknown.isEmpty()) {
            notes.add("It was recorded by another version of this program (" + unknown
                    + "), so it can be watched but not verified.");
        }
    }

    private void take(RecordingLine line, String text) {
        lives.take(line);
        members.take(line);
        texts.take(line);
        switch (line) {
            case RecordingLine.Header header -> network = header.network();
            case RecordingLine.Began began -> name(began.node(), began.name());
            case RecordingLine.Missing some -> name(some.node(), some.name());
            case RecordingLine.Step step -> {
                hasInputs = true;
                lastMicros.merge(step.node(), step.atMicros(), Math::max);
            }
            case RecordingLine.Told(TraceJson.Line told) -> {
                newest.add(new LoggedEvent(++events, told, text));
                nowMicros = Math.min(nowMicros, told.atMicros());
                if (told.event() instanceof Lifecycle.SeedStarted) {
                    roles.put(told.node(), "seed");
                } else if (told.event() instanceof RegistrationProtocol.Registered) {
                    roles.put(told.node(), "peer");
                }
                lastMicros.merge(told.node(), told.atMicros(), Math::max);
                if (newest.size() > eventsMax) {
                    newest.remove();
                }
            }
            case RecordingLine.Settings settings -> {}
            case RecordingLine.UnknownSettings some -> unknown = some.why();
            case RecordingLine.Remembered fact -> {}
            case RecordingLine.End end -> {}
        }
    }

    /** A seed is known by its name, even if all that it told when it began is missing. */
    private void name(NodeId node, String name) {
        names.put(node, name);
        if (SEED.matcher(name).matches()) {
            roles.put(node, "seed");
        }
    }

    /** What the network was called; empty if that is not known. */
    public String network() {
        return network;
    }

    /** What people should be told about it, one sentence each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** What it is, for whoever watches it. */
    RecordingAccess access() {
        return new RecordingAccess.Shown(file, lives, notes());
    }

    /** Whom a node counted as a member at the end, as its page {@code /members}; null where the recording cannot tell. */
    @Nullable
    String membersOf(NodeId node) {
        return members.page(node);
    }

    /** Its own time, which goes on as it is shown, and stands still at its end. */
    LongSupplier clockMicros() {
        return () -> nowMicros;
    }

    /** Shows all of it. */
    void show(NetworkModel picture, Ballots ballots, MemberLists lists) {
        for (LoggedEvent logged : withoutLastStop()) {
            TraceJson.Line line = logged.line();
            nowMicros = Math.max(nowMicros, line.atMicros());
            NodeModel node = picture.include(line.node());
            if (node != null && !node.isConnected()) {
                picture.recorded(node, names.getOrDefault(line.node(), ""), roles.getOrDefault(line.node(), "node"));
            }
            if (node != null) {
                picture.observe(line, logged.text());
                ballots.observe(line);
                lists.observe(node, line.event());
            }
        }
        // Seeds have told their lists.
        for (NodeModel node : List.copyOf(picture.nodes())) {
            Set<NodeId> known = members.of(node.address);
            if (known != null && roles.isEmpty()) {
                lists.list(node, known);
            }
        }
        // Every node does something more often than this, if only to ping; but events alone do not show that.
        for (NodeModel node : List.copyOf(picture.nodes())) {
            long last = lastMicros.getOrDefault(node.address, 0L);
            if (hasInputs && node.isConnected() && nowMicros - last > NodeModel.SILENCE_MICROS) {
                lists.answered(node, false);
                picture.silentSince(node, last);
            }
        }
        texts.forEach(picture::text);
    }

    /** In their order. Where every node stopped at last, that is not what people look for; the moment before is. */
    private List<LoggedEvent> withoutLastStop() {
        List<LoggedEvent> all = new ArrayList<>(newest);
        all.sort(BY_MOMENT);
        Map<NodeId, LoggedEvent> last = new HashMap<>();
        all.forEach(logged -> last.put(logged.line().node(), logged));
        if (last.values().stream().allMatch(logged -> logged.line().event() instanceof Lifecycle.Stopped)
                && all.size() > last.size()) {
            all.removeAll(Set.copyOf(last.values()));
        }
        return all;
    }
}
