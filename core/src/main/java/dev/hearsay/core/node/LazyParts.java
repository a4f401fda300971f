package dev.hearsay.core.node;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Part;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.Replicas;
import dev.hearsay.core.commit.Commit;
import dev.hearsay.core.commit.Holdings;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.state.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parts that most nodes of most networks never need: they are made when they first have something to do. In a simulation of a million nodes that is the
 * difference of some hundred megabytes.
 */
final class LazyParts implements Replicas, Holdings {

    private final NodeSpec spec;
    private final Context context;
    private final Node node;
    private boolean hasMemory;

    LazyParts(NodeSpec spec, Context context, Node node) {
        this.spec = spec;
        this.context = context;
        this.node = node;
    }

    /** The node has a memory of earlier lives. */
    void resume() {
        hasMemory = true;
    }

    Part make(int slot) {
        Part made = node.composition.roles().get(slot) == Commit.ROLE
                ? new Commit(
                        spec.commit(),
                        node.self(),
                        context,
                        node,
                        this,
                        node.attestations(context),
                        spec.membership() instanceof NodeSpec.Membership.Static)
                : new State(spec.state(), node.self(), context, node);
        if (hasMemory) {
            made.resume();
        }
        return node.add(made);
    }

    /** Commit begins with the first version. What a Peer List says it must know from the beginning, for it comes only once. */
    boolean isNeeded(int slot, @Nullable Event event) {
        return node.composition.roles().get(slot) == Commit.ROLE
                && (event instanceof PeerListProtocol.PeerListReceived
                        || !versions().isEmpty());
    }

    /** Null while nothing was to be done. */
    @Nullable
    Commit findCommit() {
        return (Commit) node.parts[node.composition.slot(Commit.ROLE)];
    }

    private @Nullable State findState() {
        return (State) node.parts[node.composition.slot(State.ROLE)];
    }

    State state() {
        return (State) Objects.requireNonNull(node.part(node.composition.slot(State.ROLE)));
    }

    @Override
    public Ranges versions() {
        return node.log().seenNumbers(Origin.VERSIONS);
    }

    @Override
    public Ranges known() {
        return node.log().countedNumbers(Origin.VERSIONS);
    }

    @Override
    public void keep(Ranges versions, Effects effects) {
        node.log().keep(versions, effects);
    }

    @Override
    public long versionsHash() {
        Commit commit = findCommit();
        return commit == null ? 0 : commit.hash();
    }

    @Override
    public long stateHash() {
        State state = findState();
        return state == null ? 0 : state.hash();
    }

    @Override
    public void compareVersions(NodeId partner, Effects effects) {
        Commit commit = (Commit) Objects.requireNonNull(node.part(node.composition.slot(Commit.ROLE)));
        commit.compare(partner, effects);
    }

    @Override
    public void compareState(NodeId partner, Effects effects) {
        state().compare(partner, effects);
    }

    @Override
    public void forget(long nowNanos, Effects effects) {
        State state = findState();
        if (state != null) {
            state.forget(nowNanos, effects);
            node.log().noteKeys(state.overheadBytes());
        }
    }
}
