package dev.hearsay.live.metrics;

import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.Seed;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.live.transport.Traffic;

/**
 * What is looked up when a node is asked for its metrics rather than counted as it happens.
 *
 * @param queued messages on their way to peers
 * @param messages rumors whose payload is held
 * @param keys of the key/value state, deleted ones not included
 * @param entriesAhead entries not taken because the clock of their writer is too far ahead
 * @param committedVersion the highest version that every member is known to have; 0 if there is none
 * @param reachableSeeds how many seeds this seed reaches, itself included; 0 on a node that is none
 * @param quorum how many seeds must agree on a change; 0 on a node that is no seed
 */
record Reading(
        long queued,
        int neighbours,
        int members,
        int messages,
        int keys,
        long entriesAhead,
        long committedVersion,
        int reachableSeeds,
        int quorum,
        double uptimeSeconds,
        long sentBytes,
        long receivedBytes) {

    static final Reading NONE = new Reading(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final double MICROS_PER_SECOND = 1e6;

    /** Must be called on the node's loop. */
    static Reading of(NodeDriver driver, Traffic traffic, long nowMicros) {
        int neighbours = 0;
        int members = 0;
        int messages = 0;
        int keys = 0;
        long entriesAhead = 0;
        long committedVersion = 0;
        int reachableSeeds = 0;
        int quorum = 0;
        switch (driver.machine()) {
            case Node node -> {
                neighbours = node.neighbours().size();
                members = node.members().size();
                messages = node.log().entries().size();
                keys = node.state().keys();
                entriesAhead = node.state().entriesAhead();
                committedVersion = node.committed().max();
            }
            case Seed seed -> {
                members = seed.peerList().members().size();
                reachableSeeds = seed.reachableSeeds();
                quorum = seed.electorate().quorum();
            }
            default -> {}
        }
        return new Reading(
                driver.queued(),
                neighbours,
                members,
                messages,
                keys,
                entriesAhead,
                committedVersion,
                reachableSeeds,
                quorum,
                Math.max(0, nowMicros - driver.startedMicros()) / MICROS_PER_SECOND,
                traffic.sentBytes(),
                traffic.receivedBytes());
    }
}
