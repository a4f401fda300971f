package dev.hearsay.core.membership;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.VotingProtocol;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A seed's own look at a peer before it votes: it pings the address, and only who holds the key can answer. The same ping shows whether a peer
 * that is to be given up, or a witness that says nothing, is there.
 */
final class LivenessChecks {

    /** Who wants to know. */
    interface Conclusion {
        /** One who waits for this seed's vote hears what has come of it. */
        void examined(long nowNanos, NodeId proposer, Statement statement, boolean isAlive, Effects effects);
    }

    private static final class Examination {
        final Set<NodeId> proposers = new LinkedHashSet<>();
        final long number;
        int attempt;
        int excuses;
        long pingedNanos;

        Examination(long number) {
            this.number = number;
        }
    }

    /** However many ask to be examined, no more are at once, so that a flood of requests does not fill the memory. */
    private static final int OPEN_MAX = 10_000;

    /** A seed that is always late has to say no at last. */
    private static final int EXCUSES_MAX = 5;

    private final SeedRegistry.Settings settings;
    private final Context context;
    private final Conclusion conclusion;
    private final Map<Statement, Examination> open = new LinkedHashMap<>();

    /** Which examination a ping was for; only asked, never gone through. */
    private final Map<Long, Statement> byNumber = new HashMap<>();

    private final Map<NodeId, Long> absentUntilNanos = new LinkedHashMap<>();

    LivenessChecks(SeedRegistry.Settings settings, Context context, Conclusion conclusion) {
        this.settings = settings;
        this.context = context;
        this.conclusion = conclusion;
    }

    /** Whether there is room for one more. */
    boolean hasRoom() {
        return open.size() < OPEN_MAX;
    }

    /** Examines a peer for one who proposes this, or adds him to those who wait for what is under way. */
    void examine(long nowNanos, Statement statement, NodeId proposer, Effects effects) {
        begin(nowNanos, statement, effects).proposers.add(proposer);
    }

    /** A witness that does not answer this seed either, say because it died with the accused, is not waited for the next time. */
    void callOut(long nowNanos, Statement registration, Effects effects) {
        if (hasRoom()) {
            begin(nowNanos, registration, effects);
        }
    }

    /** A peer that was removed is nobody's witness. */
    void forget(NodeId removed) {
        absentUntilNanos.remove(removed);
    }

    /** Whether a peer has not answered this seed's own pings lately. */
    boolean isAbsent(long nowNanos, NodeId peer) {
        return absentUntilNanos.getOrDefault(peer, nowNanos) > nowNanos;
    }

    private Examination begin(long nowNanos, Statement statement, Effects effects) {
        Examination examination = open.get(statement);
        if (examination == null) {
            examination = new Examination(context.random().nextLong());
            open.put(statement, examination);
            byNumber.put(examination.number, statement);
            examination.attempt = 1;
            ping(nowNanos, statement, examination, effects);
        }
        return examination;
    }

    private void ping(long nowNanos, Statement statement, Examination examination, Effects effects) {
        examination.pingedNanos = nowNanos;
        effects.send(statement.peer(), new HeartbeatProtocol.Ping(examination.number));
        effects.after(settings.examineNanos(), new VotingProtocol.Examine(statement, examination.attempt));
    }

    void onPong(long nowNanos, NodeId from, HeartbeatProtocol.Pong pong, Effects effects) {
        Statement statement = byNumber.get(pong.number());
        if (statement != null && statement.peer().equals(from) && pong.life() != null) {
            Statement life = new Statement(Change.REGISTER, from, statement.incarnation(), statement.key());
            if (context.signatures().isValid(statement.key(), life.proofOfLife(pong.number()), pong.life())) {
                end(nowNanos, statement, true, effects);
            }
        }
    }

    void onNoAnswer(long nowNanos, VotingProtocol.Examine timer, Effects effects) {
        Statement statement = timer.statement();
        Examination examination = open.get(statement);
        if (examination == null || examination.attempt != timer.attempt()) {
            return;
        }
        // A timer that is late says that this seed is: the answer may be waiting behind it.
        boolean isLate = nowNanos - examination.pingedNanos > 2 * settings.examineNanos();
        if (isLate && examination.excuses++ < EXCUSES_MAX) {
            ping(nowNanos, statement, examination, effects);
            return;
        }
        boolean isToRegister = statement.change() == Change.REGISTER && !examination.proposers.isEmpty();
        if (timer.attempt() < (isToRegister ? settings.examineAttempts() : settings.removeAttempts())) {
            examination.attempt++;
            ping(nowNanos, statement, examination, effects);
        } else {
            end(nowNanos, statement, false, effects);
        }
    }

    private void end(long nowNanos, Statement statement, boolean isAlive, Effects effects) {
        Examination examination = open.remove(statement);
        if (examination == null) {
            return;
        }
        byNumber.remove(examination.number);
        if (isAlive) {
            absentUntilNanos.remove(statement.peer());
        } else if (examination.proposers.isEmpty()) {
            absentUntilNanos.put(statement.peer(), nowNanos + settings.absentNanos());
        }
        for (NodeId proposer : examination.proposers) {
            conclusion.examined(nowNanos, proposer, statement, isAlive, effects);
        }
    }
}
