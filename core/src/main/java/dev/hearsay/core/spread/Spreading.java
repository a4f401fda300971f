package dev.hearsay.core.spread;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.Context;
import dev.hearsay.core.Draw;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Family;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Part;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Role;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.RumorProtocol.Way;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes rumors on at once, by the rule of a {@link SpreadSpec}. Fast; what it loses, {@link AntiEntropy} finds. */
public final class Spreading implements Part {

    public static final Role ROLE = Role.of("spreading")
            .takes(Family.RUMORS)
            .remembers(Family.RUMORS, Family.VERSIONS)
            .takesBack(Family.RUMORS, Family.VERSIONS)
            .hears(Family.REPAIRS, Family.VERSIONS);

    /**
     * How rumors are published and passed on.
     *
     * @param rule whom to pass a rumor on to
     * @param relays how many times, for rumors whose publisher does not say
     * @param relayNanos time between two of these times
     * @param tracePaths whether rumors carry the nodes they came through
     * @param payloadBytesMax larger payloads are refused
     */
    public record Settings(SpreadSpec rule, int relays, long relayNanos, boolean tracePaths, int payloadBytesMax) {
        public Settings {
            if (relays < 1 || relays > Rumor.RELAYS_MAX) {
                throw new IllegalArgumentException("relays must be 1 to " + Rumor.RELAYS_MAX + ", not " + relays);
            }
            if (relayNanos < 1 || payloadBytesMax < 1) {
                throw new IllegalArgumentException("the relay interval and the payload limit must be positive");
            }
        }
    }

    /** Origins in its name that it does not know are said to be lost so many times. */
    private static final int LOST_MAX = 16;

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final View view;
    private final RumorLog log;
    private @Nullable Origin origin;

    /** The latest of its earlier lives that it remembers. */
    private @Nullable Origin remembered;

    /** Origins of its own of which it has said that its memory has lost some or all; null while it remembers no earlier life. */
    private @Nullable List<Origin> lost;

    public Spreading(Settings settings, NodeId self, Context context, View view, RumorLog log) {
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.view = view;
        this.log = log;
    }

    /** It has a memory of earlier lives. It publishes under a new origin all the same, for that memory may have lost numbers that it has given. */
    @Override
    public void resume() {
        lost = new ArrayList<>(1);
    }

    @Override
    public void remember(long nowNanos, Fact fact, Effects effects) {
        boolean isSensible = true;
        switch ((RumorProtocol.Facts) fact) {
            case RumorProtocol.Began(Origin earlier) -> remembered = earlier;
            case RumorProtocol.Accepted accepted -> {
                Origin earlier = accepted.carried().rumor().origin();
                remembered = earlier.node().equals(self) ? earlier : remembered;
                isSensible = log.remember(accepted, self, nowNanos);
            }
            case RumorProtocol.Heard heard -> isSensible = log.remember(heard, nowNanos);
            case RumorProtocol.Kept kept -> isSensible = log.remember(kept, nowNanos);
            case RumorProtocol.Shortened shortened -> log.remember(shortened);
            case RumorProtocol.Read read -> log.remember(read);
            case RumorProtocol.Forgot forgot -> isSensible = log.remember(forgot, nowNanos);
        }
        if (!isSensible) {
            effects.tell(new Lifecycle.Refused("what it had saved, for no node numbers so many messages: " + fact));
            if (fact instanceof RumorProtocol.Forgot forgot) {
                effects.save(new RumorProtocol.Forgot(forgot.origin(), 0, new Ranges()));
            }
        }
    }

    /** Reads what the next rumor will need; the number means nothing. */
    public int touch() {
        return log.touch();
    }

    @Override
    public Role role() {
        return ROLE;
    }

    @Override
    public void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        switch ((RumorProtocol.Messages) message) {
            case RumorProtocol.Gossip(RelayedRumor carried) -> onGossip(nowNanos, from, carried, effects);
        }
    }

    @Override
    public void fire(long nowNanos, Timer timer, Effects effects) {
        switch ((RumorProtocol.Timers) timer) {
            case RumorProtocol.Relay relay -> relayAgain(relay, effects);
        }
    }

    @Override
    public void ask(long nowNanos, Command command, Effects effects) {
        switch ((Command.OfRumors) command) {
            case Command.Publish(byte[] payload, int relays) -> publish(nowNanos, payload, relays, effects);
            case Command.PublishVersion(long version) -> publishVersion(nowNanos, version, effects);
            case Command.MarkRead read -> {
                read.ids().forEach(log::markRead);
                effects.save(new RumorProtocol.Read(read.ids()));
            }
        }
    }

    /** What anti-entropy has found is passed on too: whatever cut us off has cut off our neighbours. */
    @Override
    public void hear(long nowNanos, Event event, Effects effects) {
        if (event instanceof RumorProtocol.Delivered delivered && delivered.way() == Way.ANTI_ENTROPY) {
            RumorLog.Entry entry = log.find(delivered.id());
            if (entry != null) {
                relay(entry, 1, effects);
            }
        }
    }

    private void publish(long nowNanos, byte[] payload, int relays, Effects effects) {
        if (payload.length > settings.payloadBytesMax) {
            effects.tell(new Lifecycle.Refused(
                    "the message has " + payload.length + " bytes; the limit is " + settings.payloadBytesMax));
            return;
        }
        Origin own = origin;
        if (own == null || log.lastSequence(own) == 0 || log.lastSequence(own) >= Bounds.SEQUENCE_MAX) {
            own = new Origin(self, context.random().nextLong());
            origin = own;
            effects.save(new RumorProtocol.Began(own));
        }
        long wallMicros = context.wallMicros();
        long sequence = log.lastSequence(own) + 1;
        int times = relays == 0 ? settings.relays : relays;
        Rumor rumor = Rumor.of(context.sha256(), own, sequence, wallMicros, times, payload);
        publish(nowNanos, rumor, effects);
    }

    private void publish(long nowNanos, Rumor rumor, Effects effects) {
        RelayedRumor carried = new RelayedRumor(rumor, 0, List.of());
        effects.save(new RumorProtocol.Accepted(carried));
        makeRoom(nowNanos, effects);
        RumorLog.Entry entry = log.add(carried, self, rumor.createdMicros(), nowNanos);
        effects.tell(new RumorProtocol.Published(rumor.id(), rumor.sequence(), rumor.size()));
        relay(entry, 1, effects);
    }

    private void publishVersion(long nowNanos, long version, Effects effects) {
        if (log.hasSeen(Origin.VERSIONS, version)) {
            return;
        }
        if (Bounds.isTornBy(Origin.VERSIONS, version, log.countedNumbers(Origin.VERSIONS))) {
            effects.tell(new Lifecycle.Refused("the version " + version
                    + ", for between those that there are, there are as many gaps as there may be, "
                    + Bounds.VERSION_RANGES_MAX));
        } else {
            Rumor rumor = Rumor.version(context.sha256(), version, context.wallMicros(), settings.relays);
            publish(nowNanos, rumor, effects);
        }
    }

    /**
     * The next rumor begins a new life as an origin: should the fact have reached the disk after all, its number is not given
     * to another rumor.
     */
    @Override
    public void takeBack(long nowNanos, Fact fact, Effects effects) {
        if (fact instanceof RumorProtocol.Kept) {
            return; // another node has published it
        }
        origin = null;
        if (fact instanceof RumorProtocol.Accepted(RelayedRumor carried)) {
            log.withdraw(carried.rumor());
            effects.tell(new Lifecycle.Refused(
                    "the message " + carried.rumor().id().brief() + " could not be made durable and is withdrawn"));
        }
    }

    private void onGossip(long nowNanos, NodeId from, RelayedRumor carried, Effects effects) {
        Rumor rumor = carried.rumor();
        RumorLog.Entry known = log.find(rumor.id());
        if (known == null && !log.hasSeen(rumor.origin(), rumor.sequence())) {
            RumorLog.Entry entry = accept(nowNanos, from, carried, Way.EAGER, effects);
            if (entry != null) {
                relay(entry, 1, effects);
            }
            return;
        }
        effects.tell(new RumorProtocol.Duplicate(rumor.id(), from, carried.hops()));
        if (known == null || !RumorLog.isShorter(known, carried)) {
            return;
        }
        makeRoom(nowNanos, effects);
        RumorLog.Entry stillKnown = log.find(rumor.id());
        if (stillKnown != null) {
            RelayedRumor shorter = log.shorten(stillKnown, carried);
            effects.save(new RumorProtocol.Shortened(rumor.id(), shorter.hops(), shorter.path()));
        }
    }

    /** Takes a rumor in, unless it is damaged; the caller has looked whether it is new. */
    RumorLog.@Nullable Entry accept(long nowNanos, NodeId from, RelayedRumor carried, Way way, Effects effects) {
        Rumor rumor = carried.rumor();
        if (rumor.size() > settings.payloadBytesMax) {
            effects.tell(new Lifecycle.Refused("a rumor of " + rumor.size() + " bytes from " + from + "; the limit is "
                    + settings.payloadBytesMax));
            return null;
        }
        if (!rumor.isGenuine(context.sha256())) {
            effects.tell(new Lifecycle.Refused("a rumor from " + from + " whose content does not match its id"));
            return null;
        }
        Origin publisher = rumor.origin();
        long most = Bounds.sequenceMax(publisher);
        if (rumor.sequence() > most || Bounds.isTornBy(publisher, rumor.sequence(), log.countedNumbers(publisher))) {
            effects.tell(new Lifecycle.Refused("a rumor of " + publisher.node() + " from " + from + " with the number "
                    + rumor.sequence() + "; "
                    + (rumor.sequence() > most ? "at most " + most + " is taken" : "too many before it are missing")));
            return null;
        }
        meetOneself(from, publisher, rumor.sequence(), effects);
        makeRoom(nowNanos, effects);
        long receivedMicros = context.wallMicros();
        RumorLog.Entry entry = log.add(carried, from, receivedMicros, nowNanos);
        effects.save(new RumorProtocol.Heard(carried, from, receivedMicros));
        effects.tell(new RumorProtocol.Delivered(
                rumor.id(), rumor.origin().node(), from, carried.hops(), carried.path(), way));
        return entry;
    }

    private void makeRoom(long nowNanos, Effects effects) {
        if (log.isOverfull()) {
            log.forget(nowNanos, effects);
        }
    }

    /**
     * Somebody shows numbers of one of this node's own origins. If there are some that it does not know, its memory has come back with less than it had
     * promised, or somebody speaks in its name. They are fetched like any other's, and so that no number is given twice, the node goes on as another origin.
     */
    void meetOneself(NodeId from, Origin own, long highest, Effects effects) {
        long last = log.lastSequence(own);
        if (!own.node().equals(self) || highest <= last || highest > Bounds.sequenceMax(own)) {
            return; // what no origin numbers, nobody has taken
        }
        boolean isCurrent = own.equals(origin);
        boolean isWhollyLost = last == 0 && lost != null && lost.size() < LOST_MAX && !lost.contains(own);
        if (!isOwn(own) && !isWhollyLost) {
            return;
        }
        if (isCurrent) {
            origin = null;
        } else if (lost != null) {
            lost.add(own);
        }
        effects.tell(new AntiEntropyProtocol.OwnLost(from, highest - last));
    }

    /** Whether it knows itself which numbers of this origin there are. */
    boolean isOwn(Origin one) {
        return one.equals(origin) || (one.equals(remembered) && lost != null && !lost.contains(one));
    }

    private void relayAgain(RumorProtocol.Relay relay, Effects effects) {
        RumorLog.Entry entry = log.find(relay.id());
        if (entry != null) {
            relay(entry, relay.round(), effects);
        }
    }

    private void relay(RumorLog.Entry entry, int round, Effects effects) {
        Rumor rumor = entry.rumor();
        List<NodeId> targets = targets(entry.from());
        if (!targets.isEmpty()) {
            Message message = new RumorProtocol.Gossip(onward(entry));
            for (NodeId target : targets) {
                effects.send(target, message);
            }
            effects.tell(new RumorProtocol.Relayed(rumor.id(), targets, round));
        }
        if (round < rumor.relays()) {
            effects.after(settings.relayNanos, new RumorProtocol.Relay(rumor.id(), round + 1));
        }
    }

    /** The entry as it goes over the next link. */
    RelayedRumor onward(RumorLog.Entry entry) {
        return new RelayedRumor(entry.rumor(), entry.hops() + 1, onwardPath(entry.path(), entry.hops() > 0));
    }

    private List<NodeId> onwardPath(List<NodeId> path, boolean isRelayed) {
        // Where the path was left out, one that begins here would be wrong.
        boolean isCut = path.isEmpty() && isRelayed;
        if (!settings.tracePaths || isCut || path.size() >= RelayedRumor.PATH_MAX) {
            return List.of();
        }
        NodeId[] onward = path.toArray(new NodeId[path.size() + 1]);
        onward[path.size()] = self;
        return List.of(onward);
    }

    private List<NodeId> targets(NodeId from) {
        return switch (settings.rule) {
            case SpreadSpec.Flood() -> Draw.others(view.neighbours(), from);
            case SpreadSpec.Push(int fanout) -> Draw.some(view.neighbours(), from, fanout, context.random());
        };
    }
}
