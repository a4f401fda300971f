package dev.hearsay.core.node;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Replicas;
import dev.hearsay.core.View;
import dev.hearsay.core.commit.Attestations;
import dev.hearsay.core.commit.Commit;
import dev.hearsay.core.commit.Holdings;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.core.state.State;
import org.jspecify.annotations.Nullable;

/**
 * The parts that most nodes of most networks never need: they are made when they first have something to do. In a simulation of a million nodes that is the
 * difference of some hundred megabytes.
 */
final class LazyParts implements Replicas, Holdings {

    private final NodeSpec spec;
    private final NodeId self;
    private final Context context;
    private final View view;
    private final RumorLog log;

    /** How members sign what they report; null where they have no keys. Set before anything is stepped. */
    @Nullable
    Attestations attestations;

    @Nullable
    Commit commit;

    @Nullable
    State state;

    private boolean hasMemory;

    LazyParts(NodeSpec spec, NodeId self, Context context, View view, RumorLog log) {
        this.spec = spec;
        this.self = self;
        this.context = context;
        this.view = view;
        this.log = log;
    }

    Commit commit() {
        Commit present = commit;
        if (present == null) {
            boolean isInformed = spec.membership() instanceof NodeSpec.Membership.Static;
            present = new Commit(spec.commit(), self, context, view, this, attestations, isInformed);
            commit = present;
        }
        return present;
    }

    /** The node has a memory of earlier lives. */
    void resume() {
        hasMemory = true;
        if (state != null) {
            state.resume();
        }
    }

    State state() {
        State present = state;
        if (present == null) {
            present = new State(spec.state(), self, context, view);
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
            log.noteKeys(state.overheadBytes());
        }
    }
}
