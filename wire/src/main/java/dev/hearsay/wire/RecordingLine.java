package dev.hearsay.wire;

import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Signature;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.node.SeedSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a recording; docs/trace-format.md is its manual. What kind of line it is stands first in it, so that few need be read to be told apart. */
public sealed interface RecordingLine {

    /**
     * The first line.
     *
     * @param network what the network is called; empty if it has no name
     * @param atMicros when it was written, or begun; since 1970
     */
    record Header(String network, long atMicros) implements RecordingLine {}

    /**
     * How some nodes are set, so that it need not be said for each.
     *
     * @param number by which their beginnings refer to it
     * @param node how nodes that gossip are set; null if it is about seeds
     * @param members of a static network
     * @param seed how seeds are set; null if it is about nodes
     */
    record Settings(
            int number,
            @Nullable NodeSpec node,
            List<NodeId> members,
            @Nullable SeedSpec seed) implements RecordingLine {
        // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
        public Settings(int number, @Nullable NodeSpec node, List<NodeId> members, @Nullable SeedSpec seed) {
            this.number = number;
            this.node = node;
            this.members = members;
            this.seed = seed;
            if ((node == null) == (seed == null)) {
                throw new IllegalArgumentException("settings are those of nodes or of seeds");
            }
        }
    }

    /**
     * Settings that this program cannot build, as those of another version are others. Lives that are set so can be watched, but not stepped again.
     *
     * @param members of a static network
     * @param why they cannot, such as {@code setting 'fanout' is missing}
     */
    record UnknownSettings(int number, List<NodeId> members, String why) implements RecordingLine {
        public UnknownSettings {
            members = List.copyOf(members);
        }
    }

    /**
     * A life of a node begins; what it remembers follows.
     *
     * @param life the number of this life in its process, from 1
     * @param name such as 3 or s1
     * @param settings the number of its {@link Settings}, or {@link UnknownSettings}
     * @param key by which others check what it signs; null in a static network
     * @param neighbours at its start
     * @param remembered how many facts follow
     */
    record Began(
            int life,
            NodeId node,
            String name,
            int settings,
            long randomSeed,
            @Nullable PublicKey key,
            List<NodeId> neighbours,
            int remembered)
            implements RecordingLine {}

    /** What a node knew from earlier lives. */
    record Remembered(NodeId node, Fact fact) implements RecordingLine {}

    /**
     * One step. What the node told follows, as events.
     *
     * @param atMicros when, since 1970
     * @param nanos the node's monotonic time
     * @param answers what the outside told the node while it stepped
     * @param hasFailed whether the step ended with an exception
     * @param told how many events of this node follow that belong to the step
     * @param sent to whom what kind of message went, in its order: {@code 127.0.0.1:7002 GOSSIP}
     * @param digest of all that the life has told and sent so far
     */
    record Step(
            long atMicros,
            NodeId node,
            long nanos,
            Input input,
            Answers answers,
            boolean hasFailed,
            int told,
            List<String> sent,
            String digest)
            implements RecordingLine {
        public Step {
            sent = List.copyOf(sent);
        }
    }

    /**
     * What a node got to know in a step beside its input, in the order in which it asked.
     *
     * @param wallMicros readings of the wall clock
     * @param signed what it signed
     * @param valid whether signatures were valid
     */
    record Answers(List<Long> wallMicros, List<Signature> signed, List<Boolean> valid) {
        public Answers {
            wallMicros = List.copyOf(wallMicros);
            signed = List.copyOf(signed);
            valid = List.copyOf(valid);
        }
    }

    /** A node has told something. */
    record Told(TraceJson.Line line) implements RecordingLine {}

    /**
     * Something of a life is not in the recording.
     *
     * @param entries how much: inputs and what came of them
     */
    record Missing(long entries, NodeId node, String name, int life) implements RecordingLine {}

    /**
     * The last line.
     *
     * @param lines how many were before it
     */
    record End(long lines) implements RecordingLine {}
}
