package dev.hearsay.live.store;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Fact;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Rumor;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the facts of all nodes of a host. Its methods may be called from any thread.
 *
 * <p>What a commit has reported as durable survives the end of the process and of the power, whole, and after what the same node has saved before. What the end comes
 * upon in the middle of a write is there as a whole or not at all. A node stands more, and the simulator tears its disks to show it: part of a write that was not
 * reported; and, without the promises that only it could keep, a disk that loses its end or brings back an old page though it had said that they were written.
 */
public interface Store extends AutoCloseable {

    /** Hears how a commit went, on a thread of the store: hand over and return. */
    @FunctionalInterface
    interface Committed {
        /**
         * The commit is over.
         *
         * @param failure null if the facts are durable
         */
        void onCommitted(@Nullable StoreException failure);
    }

    /** Whether anything here outlives the process; if not, nothing needs to wait for it. */
    boolean isDurable();

    /** Which rumors of a store a node goes on with. */
    interface Wanted {
        /** All of them. */
        Wanted ALL = rumor -> true;

        /** Whether this rumor, whose payload is here, is one of them; it is deleted if not. */
        boolean isSound(Rumor rumor);

        /** How many at most; those before the newest of them are forgotten. */
        default int rumorsMax() {
            return Integer.MAX_VALUE;
        }
    }

    /**
     * What the node has saved in earlier lives, in the order of saving, leaving out what later facts have made void. Large payloads and values are {@linkplain
     * dev.hearsay.core.Bulky away}, so it takes little memory whatever there is. Blocks.
     *
     * @throws StoreException if it cannot be read
     */
    List<Fact> load(NodeId node, Wanted wanted) throws StoreException;

    /**
     * Reads what was left here.
     *
     * @param things that the node has saved
     * @param read called once, on a thread of the store, with those that are still there, their bytes among them
     */
    <T extends Bulky> void read(NodeId node, List<T> things, Consumer<List<T>> read);

    /** Hears what becomes of the large things that nodes save, on any thread: hand over and return. */
    interface Listener {
        /** What a node has saved is on disk from now on. */
        void written(NodeId node, Bulky thing);

        /** What a node has saved with {@link #writeBehind} could not be written. */
        void lost(NodeId node, Bulky thing);
    }

    /** Who is to hear of large things. */
    void listen(Listener listener);

    /**
     * Saves binding facts, all or none. They come after all facts that this node has saved before.
     *
     * @param committed called once, when they are durable or cannot become so
     */
    void commit(NodeId node, List<Fact> facts, Committed committed);

    /** Saves recoverable facts, some time soon; if that fails it is counted and logged, and they are lost. */
    void writeBehind(NodeId node, List<Fact> facts);

    /** Whether it takes facts; if not, its nodes can promise nothing any more. */
    boolean isWorking();

    /** How many recoverable facts were lost because they could not be written. */
    long lost();

    /** Writes what there is to write, and lets go of the files. */
    @Override
    void close();
}
