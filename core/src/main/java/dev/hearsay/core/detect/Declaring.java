package dev.hearsay.core.detect;

import dev.hearsay.core.Context;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.View;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A peer's own word on who its neighbours are, and so its witnesses: to all of them and to the seeds when links change, and again to each in turn. */
final class Declaring {

    private static final long DELAY_FACTOR_MAX = 16;
    private static final long NUMBERS_PER_START = 1L << 32;

    private final long firstDelayNanos;
    private final NodeId self;
    private final Context context;
    private final View view;
    private final Function<NodeId, @Nullable Statement> registrations;
    private final List<NodeId> seeds;
    private long generation;
    private long number;
    private @Nullable Message declared;
    private int reminded;
    private boolean isWaiting;
    private long delayNanos;
    private long declaredNanos;

    Declaring(
            long firstDelayNanos,
            NodeId self,
            Context context,
            View view,
            Function<NodeId, @Nullable Statement> registrations,
            List<NodeId> seeds) {
        this.firstDelayNanos = firstDelayNanos;
        this.self = self;
        this.context = context;
        this.view = view;
        this.registrations = registrations;
        this.seeds = seeds;
    }

    /** Numbers go on rising from one start of the peer to the next. */
    void remember(RegistrationProtocol.AppliedAs earlier) {
        number = earlier.start() * NUMBERS_PER_START;
    }

    /** Links come in swarms when a network starts: one word for a swarm is enough, and while they go on coming words get rarer. */
    void soon(long nowNanos, Effects effects) {
        if (!isWaiting) {
            isWaiting = true;
            long calmNanos = DELAY_FACTOR_MAX * firstDelayNanos;
            delayNanos = number == 0 || nowNanos - declaredNanos > calmNanos
                    ? firstDelayNanos
                    : Math.min(2 * delayNanos, calmNanos);
            effects.after(delayNanos, new DeclarationProtocol.DeclareRound(++generation));
        }
    }

    void onTimer(long nowNanos, DeclarationProtocol.DeclareRound timer, Effects effects) {
        if (timer.generation() != generation) {
            return;
        }
        isWaiting = false;
        declaredNanos = nowNanos;
        Statement own = registrations.apply(self);
        if (own != null) {
            List<NodeId> neighbours = view.neighbours();
            Message word =
                    new DeclarationProtocol.Declare(Declaration.of(context.signatures(), own, ++number, neighbours));
            declared = word;
            neighbours.forEach(neighbour -> effects.send(neighbour, word));
            seeds.forEach(seed -> effects.send(seed, word));
        }
    }

    /** The last word, to a neighbour or a seed in turn: it may have been lost, or have come before this peer was known there. */
    void again(Effects effects) {
        List<NodeId> neighbours = view.neighbours();
        int turn = Math.floorMod(reminded++, neighbours.size() + seeds.size());
        if (declared != null) {
            effects.send(
                    turn < neighbours.size() ? neighbours.get(turn) : seeds.get(turn - neighbours.size()), declared);
        }
    }
}
