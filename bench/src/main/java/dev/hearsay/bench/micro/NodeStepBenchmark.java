package dev.hearsay.bench.micro;

import dev.hearsay.core.Input;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.spread.SpreadSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a node with three neighbours makes of 1,024 rumors that reach it one by one; times are per rumor. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NodeStepBenchmark {

    private static final int RUMORS = 1_024;

    private static final List<NodeId> MEMBERS = IntStream.rangeClosed(7001, 7016)
            .mapToObj(port -> new NodeId("127.0.0.1", port))
            .toList();

    private static final NodeId SELF = MEMBERS.getLast();
    private static final List<NodeId> NEIGHBOURS = List.of(Rumors.SENDER, MEMBERS.get(8), MEMBERS.get(9));

    private final List<Input> inputs = LongStream.rangeClosed(1, RUMORS)
            .<Input>mapToObj(sequence -> new Input.Received(Rumors.SENDER, Rumors.gossip(sequence)))
            .toList();
    private Node empty = node();
    private final Node full = node();

    private static Node node() {
        NodeSpec spec = NodeSpec.of(new SpreadSpec.Flood());
        Node node = new Node(spec, SELF, MEMBERS, NEIGHBOURS, new Outside(), List.of());
        node.step(0, new Input.Started(), new Sink());
        return node;
    }

    @Setup(Level.Trial)
    public void hearAll() {
        feed(full);
    }

    /** What is new is so only once, so each invocation has a node that has heard nothing. */
    @Setup(Level.Invocation)
    public void forgetAll() {
        empty = node();
    }

    @Benchmark
    @OperationsPerInvocation(RUMORS)
    public Object newRumor() {
        return feed(empty);
    }

    @Benchmark
    @OperationsPerInvocation(RUMORS)
    public Object duplicate() {
        return feed(full);
    }

    private Sink feed(Node node) {
        Sink sink = new Sink();
        for (Input input : inputs) {
            node.step(0, input, sink);
        }
        return sink;
    }
}
