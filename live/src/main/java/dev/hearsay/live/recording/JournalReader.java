package dev.hearsay.live.recording;

import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signature;
import dev.hearsay.wire.JoinSecret;
import dev.hearsay.wire.RecordingLine;
import dev.hearsay.wire.TraceJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes lines of what is in a journal; each time of what was added since. */
final class JournalReader {

    /** Where lines go. */
    interface Lines {
        void add(RecordingLine line) throws IOException;

        /** The number of the settings of such a life. */
        int settings(Beginning beginning) throws IOException;
    }

    private final NodeJournal journal;
    private final long sinceMicros;
    private final StepDigest digest;
    private long cursor;
    private boolean hasBegun;

    /**
     * A reader at the beginning.
     *
     * @param sinceMicros what was before that is left out; 0 to leave out nothing
     */
    JournalReader(NodeJournal journal, long sinceMicros) {
        this.journal = journal;
        this.sinceMicros = sinceMicros;
        this.digest = new StepDigest(journal.content().beginning().joinSecret());
    }

    /** Hands on what was added since the last time. */
    void read(Lines lines) throws IOException {
        NodeJournal.Content content = journal.content();
        Beginning beginning = content.beginning();
        long from = Math.max(cursor, content.first());
        while (from < content.end() && !isStart(content, from)) {
            from++;
        }
        // After a long step all that is left may be of a step that is not over.
        if (from >= content.end()) {
            return;
        }
        if (from > cursor) {
            missing(beginning, from, lines);
        } else if (!hasBegun) {
            begin(beginning, lines);
        }
        hasBegun = true;
        cursor = from;
        while (cursor < content.end()) {
            if (content.thing(cursor) instanceof NodeJournal.Outside(Event event)) {
                lines.add(
                        new RecordingLine.Told(new TraceJson.Line(content.number(cursor), beginning.address(), event)));
                cursor++;
            } else {
                step(content, lines);
            }
        }
    }

    /** Says what was never handed on, of a journal that has made room entirely. */
    void end(Lines lines) throws IOException {
        NodeJournal.Content content = journal.content();
        if (cursor < content.end()) {
            missing(content.beginning(), content.end(), lines);
        }
    }

    private void missing(Beginning beginning, long until, Lines lines) throws IOException {
        lines.add(new RecordingLine.Missing(until - cursor, beginning.address(), beginning.name(), beginning.life()));
    }

    /** Whether a step begins there, or something between steps is, that is wanted. */
    private boolean isStart(NodeJournal.Content content, long entry) {
        return switch (content.thing(entry)) {
            case Input input -> entry + 1 < content.end() && content.number(entry + 1) >= sinceMicros;
            case NodeJournal.Outside outside -> content.number(entry) >= sinceMicros;
            case null, default -> false;
        };
    }

    private static void begin(Beginning beginning, Lines lines) throws IOException {
        lines.add(new RecordingLine.Began(
                beginning.life(),
                beginning.address(),
                beginning.name(),
                lines.settings(beginning),
                beginning.randomSeed(),
                beginning.key(),
                beginning.neighbours(),
                beginning.remembered().size()));
        for (Fact fact : beginning.remembered()) {
            lines.add(new RecordingLine.Remembered(beginning.address(), fact));
        }
    }

    private void step(NodeJournal.Content content, Lines lines) throws IOException {
        NodeId node = content.beginning().address();
        long nanos = content.number(cursor);
        if (!(content.thing(cursor) instanceof Input input)) {
            throw new IllegalStateException("no step begins at entry " + cursor);
        }
        long atMicros = content.number(cursor + 1);
        List<Long> wall = new ArrayList<>();
        List<Signature> signed = new ArrayList<>();
        List<Boolean> valid = new ArrayList<>();
        List<RecordingLine.Told> told = new ArrayList<>();
        boolean hasFailed = false;
        for (cursor += 2; cursor < content.end(); cursor++) {
            Object thing = content.thing(cursor);
            if (thing instanceof Input || thing instanceof NodeJournal.Outside) {
                break;
            }
            switch (thing) {
                case Event event -> {
                    var line = new TraceJson.Line(atMicros, node, event);
                    digest.told(TraceJson.write(atMicros, node, event));
                    told.add(new RecordingLine.Told(line));
                }
                case NodeId to -> digest.sent(to, sentAt(content, ++cursor));
                case Signature signature -> signed.add(signature);
                case Boolean isValid -> valid.add(isValid);
                case NodeJournal.Mark.WALL -> wall.add(content.number(cursor));
                case NodeJournal.Mark.FAILED -> hasFailed = true;
                case null, default -> throw new IllegalStateException("an entry of no kind that is known: " + thing);
            }
        }
        lines.add(new RecordingLine.Step(
                atMicros,
                node,
                nanos,
                hidden(input, content.beginning().joinSecret()),
                new RecordingLine.Answers(wall, signed, valid),
                hasFailed,
                told.size(),
                digest.takeSent(),
                digest.endStep()));
        for (RecordingLine.Told line : told) {
            lines.add(line);
        }
    }

    private static Message sentAt(NodeJournal.Content content, long entry) {
        if (content.thing(entry) instanceof Message message) {
            return message;
        }
        throw new IllegalStateException("nothing was sent at entry " + entry);
    }

    private static Input hidden(Input input, String joinSecret) {
        return input instanceof Input.Received(NodeId from, Message message)
                ? new Input.Received(from, JoinSecret.hidden(message, joinSecret))
                : input;
    }
}
