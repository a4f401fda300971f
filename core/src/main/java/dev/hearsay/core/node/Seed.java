package dev.hearsay.core.node;

import dev.hearsay.core.Command;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Electorate;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.membership.SeedRegistry;
import dev.hearsay.core.membership.SeedSync;
import dev.hearsay.core.membership.UnsavedFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A seed: it decides with the others who is a member, and never gossips. */
public final class Seed extends ComposedMachine {

    private final NodeId self;
    private final SignatureLimits limits;
    private final Electorate electorate;
    private final PeerList list = new PeerList();
    private final @Nullable Part[] parts = new Part[Compositions.SEED.roles().size()];
    private final SeedSync sync;
    private final UnsavedFacts unsaved = new UnsavedFacts();

    /**
     * A seed at its start.
     *
     * @param remembered what the seed has saved in earlier lives, in the order of saving
     * @throws IllegalArgumentException if it is not one of the configured seeds, or configured with another key
     */
    public Seed(SeedSpec spec, NodeId self, Context context, List<Fact> remembered) {
        super(Compositions.SEED, remembered);
        this.self = self;
        this.limits = new SignatureLimits(context, self);
        this.electorate = new Electorate(spec.seeds());
        if (!electorate.pin(self, context.signatures().publicKey())) {
            throw new IllegalArgumentException(
                    electorate.isSeed(self)
                            ? "the configuration gives " + self + " another public key than the one it has"
                            : self + " is not a seed of the configuration");
        }
        Admission admission = new Admission(spec.admission());
        SeedRegistry registry =
                add(new SeedRegistry(spec.voting(), self, limits, electorate, admission, list, this::isReachable));
        this.sync = add(new SeedSync(spec.syncNanos(), self, limits, electorate, list, registry::certified));
    }

    @Override
    public NodeId self() {
        return self;
    }

    private boolean isReachable(long nowNanos, NodeId seed) {
        return sync.isReachable(nowNanos, seed);
    }

    @Override
    public boolean knows(NodeId node) {
        return list.registration(node) != null || electorate.isSeed(node);
    }

    /** The Peer List as this seed holds it, to look at. */
    public PeerList peerList() {
        return list;
    }

    /** How many seeds, this one included, have been heard of lately. */
    public int reachableSeeds() {
        return sync.reachable();
    }

    public Electorate electorate() {
        return electorate;
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        if (!(input instanceof Input.Unsaved)) {
            unsaved.saveAgain(effects);
        }
        switch (input) {
            case Input.Started() -> {
                remember(nowNanos, effects);
                effects.tell(new Lifecycle.SeedStarted(electorate.size(), electorate.quorum(), list.members()));
                startParts(nowNanos, effects);
            }
            case Input.Received(NodeId from, Message message) -> {
                Part part = taker(message.family());
                if (part == null) {
                    effects.tell(new Lifecycle.Refused("a message from " + from + " that is not for seeds"));
                } else {
                    limits.begin(nowNanos, knows(from) ? from : self, electorate.isSeed(from));
                    part.receive(nowNanos, from, message, effects);
                    limits.end(from, effects);
                }
            }
            case Input.Fired(Timer timer) -> {
                Part part = taker(timer.family());
                if (part == null) {
                    throw new IllegalStateException(composition + " has never asked for " + timer);
                }
                part.fire(nowNanos, timer, effects);
            }
            case Input.Unsaved(Fact fact) -> unsaved.add(fact, effects);
            case Input.Asked(Command command) ->
                effects.tell(new Lifecycle.Refused("a seed holds the Peer List and does not gossip; ask a peer"));
        }
    }

    @Override
    @Nullable
    Part at(int slot) {
        return parts[slot];
    }

    @Override
    void put(int slot, Part part) {
        parts[slot] = part;
    }

    @Override
    Part make(int slot) {
        throw new IllegalStateException("a seed has all its parts from the start");
    }

    @Override
    boolean isNeeded(int slot, @Nullable Event event) {
        return false;
    }
}
