package dev.hearsay.live.store;

import dev.hearsay.core.Fact;
import dev.hearsay.core.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the facts of all nodes of a host. Its methods may be called from any thread. */
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

    /**
     * What the node has saved in earlier lives, in the order of saving, leaving out what later facts have made void. Blocks.
     *
     * @throws StoreException if it cannot be read
     */
    List<Fact> load(NodeId node) throws StoreException;

    /**
     * Saves binding facts, all or none. They come after all facts that this node has saved before.
     *
     * @param committed called once, when they are durable or cannot become so
     */
    void commit(NodeId node, List<Fact> facts, Committed committed);

    /** Saves recoverable facts, some time soon; if that fails it is counted and logged, and they are lost. */
    void writeBehind(NodeId node, List<Fact> facts);

    /** How many recoverable facts were lost because they could not be written. */
    long lost();

    /** Writes what there is to write, and lets go of the files. */
    @Override
    void close();
}
