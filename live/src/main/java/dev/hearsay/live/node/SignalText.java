package dev.hearsay.live.node;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.text.SignalWords;
import dev.hearsay.wire.PlainText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Lines of a log, of signals and when they were told; {@link SignalWords} phrases them. */
public final class SignalText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private SignalText() {}

    /** A moment as ISO-8601 with microseconds. */
    public static String time(long micros) {
        return TIME.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    /** One line: when, who, what. */
    public static String line(long atMicros, NodeId node, Signal signal) {
        return time(atMicros) + " " + PlainText.of(node + " " + SignalWords.of(signal));
    }

    /** Whether the signal tells of a rumor's way, and so belongs in the log of transfers. */
    public static boolean isTransfer(Signal signal) {
        return switch (signal) {
            case Signal.Published _, Signal.Delivered _, Signal.Duplicate _, Signal.Relayed _ -> true;
            case Signal.Refused _, Signal.Forgotten _, Signal.OwnLost _ -> true;
            case Signal.Differed _, Signal.Converged _, Signal.Overflowed _ -> true;
            default -> false;
        };
    }
}
