package dev.hearsay.live.node;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signatures;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.live.memory.Payloads;
import dev.hearsay.live.recording.NodeJournal;
import dev.hearsay.live.store.Store;
import dev.hearsay.live.transport.Transport;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a node is given.
 *
 * @param number the node's among those of its role, from 1
 * @param signatures of a network with seeds; null in a static one
 * @param tape of the life that begins
 * @param memory how much of it may be taken
 * @param payloads those of all nodes of the process
 */
public record NodeSetup(
        int number,
        NodeId self,
        Role role,
        Loop loop,
        Transport transport,
        Store store,
        WallClock clock,
        @Nullable Signatures signatures,
        long randomSeed,
        NodeJournal tape,
        MemoryBudget memory,
        Payloads payloads) {

    // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
    public NodeSetup(
            int number,
            NodeId self,
            Role role,
            Loop loop,
            Transport transport,
            Store store,
            WallClock clock,
            @Nullable Signatures signatures,
            long randomSeed,
            NodeJournal tape,
            MemoryBudget memory,
            Payloads payloads) {
        this.number = number;
        this.self = Objects.requireNonNull(self, "self");
        this.role = Objects.requireNonNull(role, "role");
        this.loop = Objects.requireNonNull(loop, "loop");
        this.transport = Objects.requireNonNull(transport, "transport");
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.signatures = signatures;
        this.randomSeed = randomSeed;
        this.tape = Objects.requireNonNull(tape, "tape");
        this.memory = Objects.requireNonNull(memory, "memory");
        this.payloads = Objects.requireNonNull(payloads, "payloads");
    }
}
