package dev.hearsay.web;

import dev.hearsay.core.NodeId;

/** A page that browsers can come to until it is closed. */
public sealed interface ServedPage extends AutoCloseable permits Dashboard, LearnServer {

    /** Where browsers come. */
    NodeId listener();

    /** Waits until somebody closes it. */
    void awaitClosed() throws InterruptedException;

    /** Stops serving; harmless the second time. */
    @Override
    void close();
}
