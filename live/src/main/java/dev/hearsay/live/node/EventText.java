package dev.hearsay.live.node;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.text.EventWords;
import dev.hearsay.wire.PlainText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Lines of a log, of events and when they were told; {@link EventWords} phrases them. */
public final class EventText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private EventText() {}

    /** A moment as ISO-8601 with microseconds. */
    public static String time(long micros) {
        return TIME.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    /** One line: when, who, what. */
    public static String line(long atMicros, NodeId node, Event event) {
        return time(atMicros) + " " + PlainText.of(node + " " + EventWords.of(event));
    }

    /** Whether the event tells of a rumor's way, and so belongs in the log of transfers. */
    public static boolean isTransfer(Event event) {
        return event instanceof RumorProtocol.Events
                || event instanceof AntiEntropyProtocol.Events
                || event instanceof Lifecycle.Refusals
                || event instanceof Lifecycle.Overflowed;
    }
}
