package dev.hearsay.live.store;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.live.recording.Sizes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps facts in one SQLite database for all nodes of a host. One thread writes: whatever has gathered while the last
 * transaction was being made durable goes into the next one (group commit), so a commit costs the more nodes the less.
 *
 * <p>Recoverable facts ride along, or go by themselves after a moment; when they come faster than the disk takes them, the
 * newest are not written, for anti-entropy brings them back.
 */
public final class SqliteStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
    private static final long GATHER_NANOS = 20_000_000L;
    private static final int BEHIND_FACTS_MAX = 200_000;

    /** Of the heap; large payloads are not counted here, for they count as such until they are written. */
    private static final int BEHIND_BYTES_SHARE = 16;

    private static final long COMPLAIN_NANOS = 10_000_000_000L;

    /** Facts of one step; a commit if somebody waits for them. */
    private record Task(
            NodeId node, List<Fact> facts, @Nullable Committed committed) {}

    /** What is to be read, once everything before it is written. */
    private final List<Runnable> reads = new ArrayList<>();

    private final Path directory;
    private final Connection connection;
    private final SqliteFacts rows;
    private final SqliteReading reading;
    private final @Nullable Path setAside;
    private final int lostCommits;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition somethingToDo = lock.newCondition();
    private List<Task> waiting = new ArrayList<>();
    private boolean isCommitWaiting;
    private volatile @Nullable Listener listener;
    private int factsBehind;
    private long bytesBehind;
    private long bytesBehindMax = Runtime.getRuntime().maxMemory() / BEHIND_BYTES_SHARE;
    private boolean isClosing;
    private long lost;

    private long complainedNanos;
    private long lostWhenComplained;

    private SqliteStore(Path directory, SqliteFile.Opened opened) {
        this.directory = directory;
        this.connection = opened.connection();
        this.rows = new SqliteFacts(connection);
        this.reading = new SqliteReading(rows);
        this.setAside = opened.setAside();
        this.lostCommits = opened.lostCommits();
        this.thread = Thread.ofPlatform().name("store").daemon(true).unstarted(this::run);
    }

    /**
     * Opens the store in a directory, or makes one. A damaged store is set aside under a new name, and an empty one takes its
     * place: look at {@link #setAside} to tell people.
     *
     * @throws StoreException if the directory cannot be used, or is used by another process
     */
    public static SqliteStore open(Path directory) throws StoreException {
        SqliteStore store = new SqliteStore(directory, SqliteFile.open(directory));
        store.complainedNanos = System.nanoTime() - COMPLAIN_NANOS;
        store.thread.start();
        return store;
    }

    /**
     * Puts the store in a directory, which must not be open, aside under a new name.
     *
     * @return where it is now
     */
    public static Path setAside(Path directory) throws StoreException {
        return SqliteFile.setAside(directory);
    }

    /** Whether another process has the store in a directory open. */
    public static boolean isHeld(Path directory) {
        return SqliteFile.isHeld(directory);
    }

    /** Whether the store in a directory, which must not be open, holds neither messages of people nor keys; versions are made up. */
    public static boolean isEmpty(Path directory) {
        return SqliteFile.isEmpty(directory);
    }

    /** Where a damaged store that was found was put. */
    public Optional<Path> setAside() {
        return Optional.ofNullable(setAside);
    }

    /** How many transactions at the end of what it had written were damaged and are lost. */
    public int lostCommits() {
        return lostCommits;
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public List<Fact> load(NodeId node, Wanted wanted) throws StoreException {
        synchronized (connection) {
            try {
                rows.begin();
                List<Fact> facts = reading.load(node, wanted);
                rows.commit();
                return facts;
            } catch (SQLException e) {
                rows.undo();
                throw SqliteFile.explain("in " + directory, e);
            }
        }
    }

    @Override
    public void commit(NodeId node, List<Fact> facts, Committed committed) {
        lock.lock();
        try {
            if (!isClosing) {
                waiting.add(new Task(node, facts, committed));
                isCommitWaiting = true;
                somethingToDo.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        committed.onCommitted(new StoreException("the store in " + directory + " is closed"));
    }

    @Override
    public void writeBehind(NodeId node, List<Fact> facts) {
        long bytes = bytesBehind(facts);
        lock.lock();
        try {
            if (!isClosing && factsBehind + facts.size() <= BEHIND_FACTS_MAX && bytesBehind + bytes <= bytesBehindMax) {
                if (waiting.isEmpty()) {
                    somethingToDo.signal();
                }
                waiting.add(new Task(node, facts, null));
                factsBehind += facts.size();
                bytesBehind += bytes;
                return;
            }
        } finally {
            lock.unlock();
        }
        lose(List.of(new Task(node, facts, null)));
    }

    private static long bytesBehind(List<Fact> facts) {
        long bytes = Sizes.of(facts);
        for (Fact fact : facts) {
            Bulky thing = saved(fact);
            bytes -= thing != null && thing.isLarge() && !thing.isAway() ? thing.size() : 0;
        }
        return bytes;
    }

    private void release(List<Task> tasks) {
        lock.lock();
        try {
            for (Task task : tasks) {
                if (task.committed == null) {
                    factsBehind -= task.facts.size();
                    bytesBehind -= bytesBehind(task.facts);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T extends Bulky> void read(NodeId node, List<T> things, Consumer<List<T>> read) {
        lock.lock();
        try {
            if (!isClosing) {
                reads.add(() -> read.accept(read(node, things)));
                somethingToDo.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        read.accept(List.of());
    }

    private <T extends Bulky> List<T> read(NodeId node, List<T> things) {
        List<T> found = new ArrayList<>(things.size());
        synchronized (connection) {
            for (T thing : things) {
                try {
                    T whole = reading.read(node, thing);
                    if (whole != null) {
                        found.add(whole);
                    }
                } catch (SQLException | RuntimeException e) {
                    LOG.warn("The store in {} could not give back {}: {}", directory, thing, e.getMessage());
                }
            }
        }
        return found;
    }

    @Override
    public void listen(Listener newListener) {
        listener = newListener;
    }

    @Override
    public boolean isWorking() {
        return thread.isAlive();
    }

    @Override
    public long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    // --- The writing thread ------------------------------------------------------------------------------------------

    private void run() {
        List<Runnable> due = new ArrayList<>();
        for (List<Task> tasks = next(due); !tasks.isEmpty() || !due.isEmpty(); tasks = next(due)) {
            if (!tasks.isEmpty()) {
                synchronized (connection) {
                    write(tasks);
                }
                release(tasks);
                complain();
            }
            due.forEach(Runnable::run);
            due.clear();
        }
    }

    /**
     * Waits for something to do; returns nothing when there is nothing left and the store closes.
     *
     * @param due is given what is to be read
     */
    private List<Task> next(List<Runnable> due) {
        lock.lock();
        try {
            while (waiting.isEmpty() && reads.isEmpty() && !isClosing) {
                somethingToDo.await();
            }
            long nanos = GATHER_NANOS;
            while (!isCommitWaiting && reads.isEmpty() && !isClosing && nanos > 0) {
                nanos = somethingToDo.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; should somebody do so, what waits is still written.
            isClosing = true;
        }
        try {
            List<Task> tasks = waiting;
            due.addAll(reads);
            reads.clear();
            waiting = new ArrayList<>();
            isCommitWaiting = false;
            return tasks;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Task> tasks) {
        StoreException failure = tryToWrite(tasks);
        if (failure == null) {
            tasks.forEach(task -> answer(task, null));
            return;
        }
        // One bad fact, or the last byte of room, must not be everybody's misfortune.
        List<Task> behind = new ArrayList<>();
        for (Task task : tasks) {
            if (task.committed == null) {
                behind.add(task);
            } else {
                answer(task, tasks.size() == 1 ? failure : tryToWrite(List.of(task)));
            }
        }
        if (!behind.isEmpty() && (behind.size() == tasks.size() || tryToWrite(behind) != null)) {
            lose(behind);
        }
    }

    private @Nullable StoreException tryToWrite(List<Task> tasks) {
        try {
            rows.begin();
            for (Task task : tasks) {
                for (Fact fact : task.facts) {
                    rows.write(task.node, fact);
                }
            }
            rows.commit();
            tell(tasks, true);
            return null;
        } catch (SQLException e) {
            rows.undo();
            return SqliteFile.explain("in " + directory, e);
        } catch (RuntimeException e) {
            // A fault in here. Were the thread to end by it, everybody would wait for ever.
            LOG.error("A fact cannot be written", e);
            rows.undo();
            return new StoreException("the store in " + directory + " failed: " + e.getMessage());
        }
    }

    private void tell(List<Task> tasks, boolean isWritten) {
        Listener its = listener;
        if (its == null) {
            return;
        }
        for (Task task : tasks) {
            for (Fact fact : task.facts) {
                Bulky thing = saved(fact);
                if (thing != null && thing.isLarge() && isWritten) {
                    its.written(task.node, thing);
                } else if (thing != null && thing.isLarge()) {
                    its.lost(task.node, thing);
                }
            }
        }
    }

    private static @Nullable Bulky saved(Fact fact) {
        return switch (fact) {
            case RumorProtocol.Accepted(RelayedRumor carried) -> carried.rumor();
            case RumorProtocol.Heard heard -> heard.carried().rumor();
            case StateProtocol.Wrote wrote -> wrote.entry();
            case StateProtocol.Learnt(Entry entry, long _) -> entry;
            case RumorProtocol.Began _,
                    RumorProtocol.Shortened _,
                    RumorProtocol.Read _,
                    RumorProtocol.Forgot _,
                    RumorProtocol.Kept _,
                    StateProtocol.Dropped _ -> null;
            case MembershipProtocol.Admitted _,
                    MembershipProtocol.Dismissed _,
                    VotingProtocol.VotedYes _,
                    PeerListProtocol.Certified _ -> null;
            case RegistrationProtocol.AppliedAs _, PeerListProtocol.Pinned _ -> null;
        };
    }

    private static void answer(Task task, @Nullable StoreException failure) {
        if (task.committed != null) {
            task.committed.onCommitted(failure);
        }
    }

    private void lose(List<Task> tasks) {
        lock.lock();
        try {
            tasks.forEach(task -> lost += task.facts.size());
        } finally {
            lock.unlock();
        }
        tell(tasks, false);
    }

    private void complain() {
        long now = lost();
        if (now > lostWhenComplained && System.nanoTime() - complainedNanos >= COMPLAIN_NANOS) {
            LOG.warn(
                    "The store in {} could not take {} received messages and notes; they will be fetched from other nodes",
                    directory,
                    now - lostWhenComplained);
            lostWhenComplained = now;
            complainedNanos = System.nanoTime();
        }
    }

    /** Sets how much may wait to be written behind; for tests. */
    void limitBehind(long bytes) {
        lock.lock();
        try {
            bytesBehindMax = bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the disk look full at so many pages; for tests. */
    void limitPages(int pages) throws SQLException {
        synchronized (connection) {
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count = " + pages);
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosing = true;
            somethingToDo.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (connection) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.warn("The store in {} could not be closed: {}", directory, e.getMessage());
            }
        }
    }
}
