package dev.hearsay.live.host;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.live.host.HostOptions.Seeding;
import dev.hearsay.live.profile.LogFiles;
import dev.hearsay.live.profile.LogLayout;
import dev.hearsay.live.profile.LogLine;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.wire.PlainText;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log files that users of the two peer networks know, rendered from events. Lines are made on the loop of the node that tells, and written on a
 * thread of their own: a slow disk holds up no node, and costs lines rather than memory.
 */
final class PeerLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLog.class);
    private static final int LINES_WAITING_MAX = 100_000;
    private static final long CHARS_WAITING_MAX = 16 << 20;
    private static final int CLOSE_SECONDS_MAX = 5;

    private final Seeding seeding;
    private final LogLayout layout;
    private final Map<NodeId, LogFiles> byNode = new LinkedHashMap<>();
    private final @Nullable LogFiles shared;
    private final Set<NodeId> met = ConcurrentHashMap.newKeySet();
    private final AtomicLong lost = new AtomicLong();

    /** How many characters have not been written yet. */
    private final AtomicLong waiting = new AtomicLong();

    private final ExecutorService writer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LINES_WAITING_MAX),
            task -> Thread.ofPlatform().name("peer-log").daemon().unstarted(task));

    PeerLog(Seeding seeding) throws IOException {
        this.seeding = seeding;
        this.layout = seeding.settings().profile().layout();
        this.shared = seeding.settings().profile() == Profile.CONSENSUS
                ? LogFiles.consensus(seeding.files().path(), Instant.now())
                : null;
    }

    /** A node is about to start. */
    synchronized void include(NodeId node, boolean isSeed) throws IOException {
        if (shared == null && !byNode.containsKey(node)) {
            byNode.put(node, LogFiles.classic(seeding.files().path(), node, isSeed));
        }
    }

    void write(
            long atMicros,
            NodeId node,
            boolean isSeed,
            Event event,
            Function<RumorId, RumorLog.@Nullable Entry> rumors) {
        // One line for each seed, whoever of this process has met it, and not in a file that others write to as well.
        boolean isApart = event instanceof PeerListProtocol.KeyLearnt;
        if (event instanceof PeerListProtocol.KeyLearnt learnt && !met.add(learnt.seed())) {
            return;
        }
        for (LogLine line : layout.lines(node, event, rumors)) {
            // Line breaks become spaces; whatever else of a stranger's text a terminal would obey is escaped.
            String text = PlainText.of((shared == null
                            ? LogFiles.classicLine(atMicros, line)
                            : LogFiles.consensusLine(atMicros, node, isSeed, line))
                    .replace('\n', ' ')
                    .replace('\r', ' '));
            later(text.length(), () -> append(node, line.level(), text, isApart));
        }
    }

    private void later(int chars, Runnable append) {
        boolean isTaken = waiting.addAndGet(chars) <= CHARS_WAITING_MAX;
        try {
            if (isTaken) {
                writer.execute(() -> {
                    try {
                        append.run();
                    } finally {
                        waiting.addAndGet(-chars);
                    }
                });
            }
        } catch (RejectedExecutionException e) {
            isTaken = false;
        }
        if (!isTaken) {
            waiting.addAndGet(-chars);
            lost.incrementAndGet();
        }
    }

    private void append(NodeId node, LogLine.Level level, String text, boolean isApart) {
        LogFiles files = shared == null ? ofNode(node) : shared;
        try {
            if (isApart) {
                files.appendApart(text);
            } else {
                files.append(text);
            }
        } catch (IOException e) {
            if (lost.getAndIncrement() == 0) {
                LOG.warn("The log files cannot be written: {}", e.getMessage());
            }
        }
        LogConsole console = seeding.console();
        try {
            if (console != null) {
                console.show(level, text);
            }
        } catch (RuntimeException e) {
            LOG.warn("A line of the log could not be shown: {}", e.toString());
        }
    }

    private synchronized LogFiles ofNode(NodeId node) {
        LogFiles files = byNode.get(node);
        if (files == null) {
            throw new IllegalStateException("no log files for " + node);
        }
        return files;
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warn("Not all lines of the log could be written in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (lost.get() > 0) {
            LOG.warn("{} lines of the log were lost", lost.get());
        }
        closeFiles();
    }

    private synchronized void closeFiles() {
        try {
            if (shared != null) {
                shared.close();
            }
            for (LogFiles files : byNode.values()) {
                files.close();
            }
        } catch (IOException e) {
            LOG.warn("A log file was not closed as it should: {}", e.getMessage());
        }
    }
}
