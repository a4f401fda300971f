package dev.hearsay.core.node;

import dev.hearsay.core.Command;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.membership.StaticMembership;
import dev.hearsay.core.overlay.Links;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.core.spread.Spreading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of the network: a state machine without clock, threads or sockets. Its driver, be it live, simulated or a page
 * that steps it, feeds it {@link Input}s one at a time and carries out the {@link Effects}.
 */
public final class Node implements View {

    private static final List<Signal> NONE = List.of();

    private final NodeId self;
    private final RumorLog log = new RumorLog();
    private final StaticMembership membership;
    private final Links links;
    private final Spreading spreading;
    private final @Nullable AntiEntropy antiEntropy;
    private final @Nullable Heartbeats heartbeats;
    private List<Fact> remembered;

    /**
     * @param members all nodes of the network, this one included; shared, not copied
     * @param neighbours the nodes this one has links to at first, sorted; shared, not copied
     * @param remembered what the node has saved in earlier lives, in the order of saving
     */
    public Node(
            NodeSpec spec,
            NodeId self,
            List<NodeId> members,
            List<NodeId> neighbours,
            Context context,
            List<Fact> remembered) {
        this.self = self;
        this.remembered = remembered;
        this.membership = new StaticMembership(members);
        boolean isWatched = spec.heartbeats() != null;
        this.links = new Links(self, neighbours, context, this, isWatched);
        this.heartbeats = spec.heartbeats() == null ? null : new Heartbeats(spec.heartbeats(), context);
        this.spreading = new Spreading(spec.spreading(), self, context, this, log);
        this.antiEntropy = spec.antiEntropy() == null
                ? null
                : new AntiEntropy(spec.antiEntropy(), spec.retention(), self, context, this, log, spreading);
    }

    public NodeId self() {
        return self;
    }

    @Override
    public List<NodeId> neighbours() {
        return links.neighbours();
    }

    @Override
    public List<NodeId> members() {
        return membership.members();
    }

    /** What the node has heard, to look at; only the node itself writes to it. */
    public RumorLog log() {
        return log;
    }

    /**
     * Reads what the next input will need, and changes nothing. Where there are far more nodes than a processor's caches
     * hold, a driver touches several nodes in a row before it steps them: their memory is then fetched side by side,
     * instead of one access after the other.
     *
     * @return a number that means nothing, so that the reads are not optimized away
     */
    public int touch() {
        return spreading.touch();
    }

    /**
     * Takes one input, and wants whatever it wants of the effects before it returns. Never blocks; one thread at a time.
     *
     * @param nowNanos monotonic time of this node; must not go backwards
     */
    public void step(long nowNanos, Input input, Effects effects) {
        Exit exit = new Exit(effects);
        route(nowNanos, input, exit);
        exit.passOnSignals(nowNanos);
    }

    private void route(long nowNanos, Input input, Exit exit) {
        switch (input) {
            case Input.Started started -> start(nowNanos, started, exit);
            case Input.Received received -> {
                if (heartbeats != null) {
                    heartbeats.heard(nowNanos, received.from(), exit);
                }
                to(nowNanos, partFor(received.message()), input, exit);
            }
            case Input.Fired fired -> to(nowNanos, partFor(fired.timer()), input, exit);
            case Input.Asked asked -> to(nowNanos, partFor(asked.command()), input, exit);
            case Input.Unsaved unsaved -> to(nowNanos, spreading, input, exit);
        }
    }

    private @Nullable Part partFor(Message message) {
        return switch (message) {
            case Message.Gossip gossip -> spreading;
            case Message.Summary summary -> antiEntropy;
            case Message.Digest digest -> antiEntropy;
            case Message.Pull pull -> antiEntropy;
            case Message.Repair repair -> antiEntropy;
            case Message.Link link -> links;
            case Message.Leave leave -> links;
            case Message.Ping ping -> heartbeats;
            case Message.Pong pong -> heartbeats;
        };
    }

    private @Nullable Part partFor(Timer timer) {
        return switch (timer) {
            case Timer.Relay relay -> spreading;
            case Timer.AntiEntropyRound round -> antiEntropy;
            case Timer.HeartbeatRound round -> heartbeats;
        };
    }

    private Part partFor(Command command) {
        return switch (command) {
            case Command.Publish publish -> spreading;
            case Command.MarkRead read -> spreading;
            case Command.Admit admit -> membership;
            case Command.Depart depart -> links;
        };
    }

    /** A part that this node was told to leave out takes nothing. */
    private static void to(long nowNanos, @Nullable Part part, Input input, Exit exit) {
        if (part != null) {
            part.step(nowNanos, input, exit);
        }
    }

    /** The one place that says which part hears which signal. */
    private void passOn(long nowNanos, Signal signal, Exit exit) {
        switch (signal) {
            case Signal.Delivered delivered -> spreading.hear(nowNanos, delivered, exit);
            case Signal.Silent silent -> links.hear(nowNanos, silent, exit);
            case Signal.Reappeared reappeared -> links.hear(nowNanos, reappeared, exit);
            case Signal.LinkUp up -> {
                membership.hear(nowNanos, up, exit);
                hearHeartbeats(nowNanos, up, exit);
            }
            case Signal.LinkDown down -> hearHeartbeats(nowNanos, down, exit);
            case Signal.Started started -> hearHeartbeats(nowNanos, started, exit);
            default -> throw new IllegalStateException("no part hears " + signal);
        }
    }

    private static boolean isHeard(Signal signal) {
        return switch (signal) {
            case Signal.Delivered delivered -> delivered.way() == Signal.Way.ANTI_ENTROPY;
            case Signal.Silent silent -> true;
            case Signal.Reappeared reappeared -> true;
            case Signal.LinkUp up -> true;
            case Signal.LinkDown down -> true;
            case Signal.Started started -> true;
            default -> false;
        };
    }

    private void hearHeartbeats(long nowNanos, Signal signal, Exit exit) {
        if (heartbeats != null) {
            heartbeats.hear(nowNanos, signal, exit);
        }
    }

    private void start(long nowNanos, Input.Started started, Exit exit) {
        for (Fact fact : remembered) {
            switch (fact) {
                case Fact.Began(var origin) -> spreading.resume(origin);
                case Fact.Admitted(NodeId member) -> membership.remember(member);
                case Fact.Accepted accepted -> log.remember(accepted, self, nowNanos);
                case Fact.Heard heard -> log.remember(heard, nowNanos);
                case Fact.Shortened shortened -> log.remember(shortened);
                case Fact.Read read -> log.remember(read);
                case Fact.Forgot forgot -> log.remember(forgot);
            }
        }
        remembered = List.of();
        exit.tell(new Signal.Started(neighbours(), log.entries().size()));
        to(nowNanos, links, started, exit);
        to(nowNanos, antiEntropy, started, exit);
        to(nowNanos, heartbeats, started, exit);
    }

    /** The driver's effects for one step, with an ear for the signals that parts of this node want to hear. */
    private final class Exit implements Effects {
        private final Effects outer;
        private List<Signal> pending = NONE;

        Exit(Effects outer) {
            this.outer = outer;
        }

        void passOnSignals(long nowNanos) {
            for (int i = 0; i < pending.size(); i++) {
                passOn(nowNanos, pending.get(i), this);
            }
        }

        @Override
        public void send(NodeId to, Message message) {
            outer.send(to, message);
        }

        @Override
        public void after(long delayNanos, Timer timer) {
            outer.after(delayNanos, timer);
        }

        @Override
        public void save(Fact fact) {
            outer.save(fact);
        }

        @Override
        public void tell(Signal signal) {
            outer.tell(signal);
            if (isHeard(signal)) {
                if (pending.isEmpty()) {
                    pending = new ArrayList<>(2);
                }
                pending.add(signal);
            }
        }
    }
}
