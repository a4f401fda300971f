package dev.hearsay.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A home for the networks that a test starts by the command; what still runs at its end is ended. */
abstract class GossipRun {

    @TempDir
    Path home;

    Gossip gossip;

    @BeforeEach
    final void makeGossip() {
        gossip = new Gossip(home);
    }

    @AfterEach
    final void closeGossip() throws IOException {
        gossip.close();
    }
}
