package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.live.recording.RecordingException;
import dev.hearsay.live.recording.RecordingSource;
import dev.hearsay.web.journal.Journal;
import dev.hearsay.web.members.Ballots;
import dev.hearsay.web.members.MemberLists;
import dev.hearsay.web.picture.NetworkPicture;
import dev.hearsay.web.picture.NodeSight;
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

/** What a recording or a trace shows: its last signals, and what is known beside them. */
public final class Recording {

    private static final int PROGRESS_LINES = 10_000;
    private static final Pattern SEED = Pattern.compile("s\\d+");

    /** A signal, and the line that it was read from. */
    record Event(long number, TraceJson.Line line, String text) {}

    private static final Comparator<Event> BY_MOMENT =
            Comparator.<Event>comparingLong(event -> event.line().atMicros()).thenComparingLong(Event::number);

    private final Path file;
    private final int eventsMax;
    private final RecordedLives lives = new RecordedLives();
    private final RecordedMembers members = new RecordedMembers();
    private final PriorityQueue<Event> newest = new PriorityQueue<>(BY_MOMENT);
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
        return read(file, Journal.EVENTS_MAX, onProgress);
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
                newest.add(new Event(++events, told, text));
                nowMicros = Math.min(nowMicros, told.atMicros());
                switch (told.signal()) {
                    case Signal.SeedStarted started -> roles.put(told.node(), "seed");
                    case Signal.Registered registered -> roles.put(told.node(), "peer");
                    default -> {}
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
    void show(NetworkPicture picture, Ballots ballots, MemberLists lists) {
        for (Event event : withoutLastStop()) {
            TraceJson.Line line = event.line();
            nowMicros = Math.max(nowMicros, line.atMicros());
            NodeSight node = picture.include(line.node());
            if (node != null && !node.isConnected()) {
                picture.recorded(node, names.getOrDefault(line.node(), ""), roles.getOrDefault(line.node(), "node"));
            }
            if (node != null) {
                picture.observe(line, event.text());
                ballots.observe(line);
                lists.observe(node, line.signal());
            }
        }
        // Seeds have told their lists.
        for (NodeSight node : List.copyOf(picture.nodes())) {
            Set<NodeId> known = members.of(node.address);
            if (known != null && roles.isEmpty()) {
                lists.list(node, known);
            }
        }
        // Every node does something more often than this, if only to ping; but signals alone do not show that.
        for (NodeSight node : List.copyOf(picture.nodes())) {
            long last = lastMicros.getOrDefault(node.address, 0L);
            if (hasInputs && node.isConnected() && nowMicros - last > NodeSight.SILENCE_MICROS) {
                lists.answered(node, false);
                picture.silentSince(node, last);
            }
        }
        texts.forEach(picture::text);
    }

    /** In their order. Where every node stopped at last, that is not what people look for; the moment before is. */
    private List<Event> withoutLastStop() {
        List<Event> all = new ArrayList<>(newest);
        all.sort(BY_MOMENT);
        Map<NodeId, Event> last = new HashMap<>();
        all.forEach(event -> last.put(event.line().node(), event));
        if (last.values().stream().allMatch(event -> event.line().signal() instanceof Signal.Stopped)
                && all.size() > last.size()) {
            all.removeAll(Set.copyOf(last.values()));
        }
        return all;
    }
}
