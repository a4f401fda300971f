package dev.hearsay.core.node;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Part;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.Replicas;
import dev.hearsay.core.View;
import dev.hearsay.core.commit.Attestations;
import dev.hearsay.core.commit.Commit;
import dev.hearsay.core.commit.Holdings;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.core.state.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts that most nodes of most networks never need: they are made when they first have something to do. In a simulation of a million nodes that is the
 * difference of some hundred megabytes.
 */
abstract class LazyParts extends ComposedMachine implements Replicas, Holdings, View {

    final RumorLog log;
    private final NodeSpec spec;
    final Context context;
    private @Nullable Commit commit;
    private @Nullable State state;
    private boolean hasMemory;

    LazyParts(NodeSpec spec, Context context, List<Fact> remembered) {
        super(Compositions.of(spec), remembered);
        this.spec = spec;
        this.context = context;
        this.log = new RumorLog(spec.retention());
    }

    /** How members sign what they report; null where they have no keys. */
    abstract @Nullable Attestations attestations(Context of);

    @Override
    void resume() {
        super.resume();
        hasMemory = true;
    }

    @Override
    final Part make(int slot) {
        return composition.roles().get(slot) == Commit.ROLE ? commit() : state();
    }

    /** Commit begins with the first version. What a Peer List says it must know from the beginning, for it comes only once. */
    @Override
    final boolean isNeeded(int slot, @Nullable Event event) {
        return composition.roles().get(slot) == Commit.ROLE
                && (event instanceof PeerListProtocol.PeerListReceived
                        || !versions().isEmpty());
    }

    /** Null while nothing was to be done. */
    final @Nullable Commit findCommit() {
        return commit;
    }

    /** Null while nothing was to be done. */
    final @Nullable State findState() {
        return state;
    }

    private Commit commit() {
        Commit present = commit;
        if (present == null) {
            boolean isInformed = spec.membership() instanceof NodeSpec.Membership.Static;
            present = new Commit(spec.commit(), self(), context, this, this, attestations(context), isInformed);
            commit = present;
        }
        return present;
    }

    /** The key/value state, to look at. */
    public State state() {
        State present = state;
        if (present == null) {
            present = new State(spec.state(), self(), context, this, log::noteKeys);
            if (hasMemory) {
                present.resume();
            }
            state = present;
        }
        return present;
    }

    @Override
    public Ranges versions() {
        return log.seenNumbers(Origin.VERSIONS);
    }

    @Override
    public Ranges known() {
        return log.countedNumbers(Origin.VERSIONS);
    }

    @Override
    public void keep(Ranges versions, Effects effects) {
        log.keep(versions, effects);
    }

    @Override
    public long versionsHash() {
        return commit == null ? 0 : commit.hash();
    }

    @Override
    public long stateHash() {
        return state == null ? 0 : state.hash();
    }

    @Override
    public void compareVersions(NodeId partner, Effects effects) {
        commit().compare(partner, effects);
    }

    @Override
    public void compareState(NodeId partner, Effects effects) {
        state().compare(partner, effects);
    }

    @Override
    public void forget(long nowNanos, Effects effects) {
        if (state != null) {
            state.forget(nowNanos, effects);
        }
    }
}
