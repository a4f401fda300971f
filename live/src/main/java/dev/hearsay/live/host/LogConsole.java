package dev.hearsay.live.host;

import dev.hearsay.live.profile.LogLine;

/** Shows a person the lines that go into the log files. */
@FunctionalInterface
public interface LogConsole {

    /**
     * A line was logged; called on the log's own thread.
     *
     * @param text the whole line as it stands in the file
     */
    void show(LogLine.Level level, String text);
}
