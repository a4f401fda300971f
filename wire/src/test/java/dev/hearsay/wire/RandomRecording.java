package dev.hearsay.wire;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Fact;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.node.SeedSpec;
import dev.hearsay.core.spread.SpreadSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines of recordings of every kind, drawn from a random seed. */
final class RandomRecording {

    private static final NodeId NODE = NodeId.parse("127.0.0.1:7001");

    private final RandomMessages random;
    private final RandomMembership membership;

    RandomRecording(long randomSeed) {
        random = new RandomMessages(randomSeed);
        membership = new RandomMembership(new Random64(randomSeed), random);
    }

    /** One line of every kind, each input, fact, message and event among them. */
    List<RecordingLine> lines() {
        List<RecordingLine> lines = new ArrayList<>();
        Map<NodeId, @Nullable PublicKey> seeds = new LinkedHashMap<>();
        seeds.put(NODE, membership.key());
        seeds.put(NodeId.parse("[::1]:7002"), null);
        lines.add(new RecordingLine.Header("default", 1_767_323_045_000_000L));
        lines.add(new RecordingLine.Settings(1, NodeSpec.of(new SpreadSpec.Push(3)), List.of(NODE), null));
        lines.add(new RecordingLine.Settings(2, NodeSpec.seeded(seeds), List.of(), null));
        lines.add(new RecordingLine.Settings(3, null, List.of(), SeedSpec.of(seeds)));
        lines.add(new RecordingLine.Began(2, NODE, "s1", 3, -1, membership.key(), List.of(), 3));
        lines.add(new RecordingLine.Began(1, NODE, "1", 1, 1, null, List.of(NODE), 0));
        facts().forEach(fact -> lines.add(new RecordingLine.Remembered(NODE, fact)));
        inputs().forEach(input -> lines.add(step(input)));
        for (int kind = 0; kind < RandomMessages.SIGNAL_KINDS; kind++) {
            lines.add(new RecordingLine.Told(new TraceJson.Line(1_767_323_045_678_901L, NODE, random.event(kind))));
        }
        lines.add(new RecordingLine.Missing(120, NODE, "1", 1));
        lines.add(new RecordingLine.End(lines.size()));
        return lines;
    }

    private RecordingLine step(Input input) {
        boolean isRich = random.flag();
        return new RecordingLine.Step(
                1_767_323_045_678_901L,
                NODE,
                29_082_693_908_508L,
                input,
                new RecordingLine.Answers(
                        isRich ? List.of(1_767_323_045_678_902L) : List.of(),
                        isRich ? List.of(membership.signature()) : List.of(),
                        isRich ? List.of(true, false) : List.of()),
                isRich,
                isRich ? 2 : 0,
                isRich ? List.of("127.0.0.1:7002 GOSSIP") : List.of(),
                "58bce003184f923c");
    }

    private List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        inputs.add(new Input.Started());
        for (int kind = 0; kind < RandomMessages.MESSAGE_KINDS; kind++) {
            inputs.add(new Input.Received(NODE, random.message(kind)));
        }
        for (Timer timer : List.of(
                new AntiEntropyProtocol.AntiEntropyRound(1),
                new HeartbeatProtocol.HeartbeatRound(2),
                new RumorProtocol.Relay(random.id(), 3),
                new CommitProtocol.ReportRound(4),
                new VotingProtocol.Examine(membership.statement(), 5),
                new VotingProtocol.VoteEnd(membership.statement(), 6),
                new PeerListProtocol.SyncRound(7),
                new RegistrationProtocol.Apply(8),
                new PeerListProtocol.Refresh(9),
                new SuspicionProtocol.SuspicionTimeout(membership.statement(), 10),
                new SuspicionProtocol.Probe(11),
                new DeclarationProtocol.DeclareRound(12),
                new GeneratorProtocol.Generate(13))) {
            inputs.add(new Input.Fired(timer));
        }
        for (Command command : List.of(
                new Command.Publish("apple".getBytes(StandardCharsets.UTF_8), 0),
                new Command.Publish(new byte[] {-1, 0}, 2),
                new Command.PublishVersion(7),
                new Command.Put("colour", "green".getBytes(StandardCharsets.UTF_8)),
                new Command.Delete("colour"),
                new Command.MarkRead(List.of(random.id())),
                new Command.Admit(NODE),
                new Command.Dismiss(NODE),
                new Command.Depart())) {
            inputs.add(new Input.Asked(command));
        }
        facts().forEach(fact -> inputs.add(new Input.Unsaved(fact)));
        return inputs;
    }

    private List<Fact> facts() {
        RelayedRumor carried = random.carried();
        return List.of(
                new RumorProtocol.Began(random.origin()),
                new RumorProtocol.Accepted(new RelayedRumor(carried.rumor(), 0, List.of())),
                new RumorProtocol.Heard(carried, NODE, 5),
                new RumorProtocol.Kept(carried, NODE, 6),
                new RumorProtocol.Shortened(random.id(), 2, List.of(NODE)),
                new RumorProtocol.Read(List.of(random.id())),
                new RumorProtocol.Forgot(random.origin(), 9, random.ranges()),
                new MembershipProtocol.Admitted(NODE),
                new MembershipProtocol.Dismissed(NODE),
                new StateProtocol.Wrote(random.entry(), random.entry()),
                new StateProtocol.Wrote(random.entry(), null),
                new StateProtocol.Learnt(random.entry(), 7),
                new StateProtocol.Dropped("colour"),
                new VotingProtocol.VotedYes(membership.statement()),
                new PeerListProtocol.Certified(membership.certificate()),
                new RegistrationProtocol.AppliedAs(membership.statement(), 2),
                new PeerListProtocol.Pinned(NODE, membership.key()));
    }
}
