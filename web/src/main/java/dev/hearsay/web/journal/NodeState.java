package dev.hearsay.web.journal;

import java.util.Locale;

/** What has become of a node, as far as can be told from here. */
public enum NodeState {
    /** It reports. */
    LIVE,
    /** It reports that a fault has paused it. */
    PAUSED,
    /** Neighbours have not heard of it for a while. */
    SUSPECTED,
    /** It does not report, and nobody says that it is dead. */
    UNKNOWN,
    /** It has ended, or was given up. */
    DEAD,
    /** It is no member any more. */
    REMOVED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As browsers get it. */
    public String word() {
        return word;
    }
}
