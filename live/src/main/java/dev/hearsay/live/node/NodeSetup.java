package dev.hearsay.live.node;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signatures;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.live.memory.Payloads;
import dev.hearsay.live.recording.NodeJournal;
import dev.hearsay.live.store.Store;
import dev.hearsay.live.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What a node is given.
 *
 * @param number the node's among those of its role, from 1
 * @param signatures of a network with seeds; null in a static one
 * @param journal of the life that begins
 * @param memory how much of it may be taken
 * @param payloads those of all nodes of the process
 */
public record NodeSetup(
        int number,
        NodeId self,
        MachineSpec machine,
        Loop loop,
        Transport transport,
        Store store,
        WallClock clock,
        @Nullable Signatures signatures,
        long randomSeed,
        NodeJournal journal,
        MemoryBudget memory,
        Payloads payloads) {}
