package dev.hearsay.learn;

import dev.hearsay.core.Message;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Timer;
import org.jspecify.annotations.Nullable;

/** The six phases of a network's life, and what each event is about. */
enum Topic {
    /** Seeds start, and find that they are a quorum. */
    SEEDS("seeds"),
    /** A peer asks to be taken in, and the seeds vote. */
    REGISTRATION("registration"),
    /** A peer draws neighbours, and links form. */
    OVERLAY("overlay"),
    /** A message spreads. */
    DISSEMINATION("dissemination"),
    /** Somebody is silent, is suspected, and a jury is asked. */
    DETECTION("detection"),
    /** Seeds vote on who was reported dead. */
    REMOVAL("removal");

    private final String word;

    Topic(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }

    /** The phase that begins with a signal, if it has not begun yet; null for most. */
    static @Nullable Topic begunBy(Signal signal) {
        return switch (signal) {
            case Signal.SeedStarted started -> SEEDS;
            case Signal.Applied applied -> REGISTRATION;
            case Signal.NeighboursDrawn drawn -> OVERLAY;
            case Signal.Published published -> DISSEMINATION;
            case Signal.Suspected suspected -> DETECTION;
            case Signal.Reported reported -> REMOVAL;
            default -> null;
        };
    }

    /**
     * What a message is about.
     *
     * @param isOfSeed whether a seed sends it, or is sent it
     * @param isMember whether the peer that a seed talks to is registered
     */
    static Topic of(Message message, boolean isOfSeed, boolean isMember) {
        return switch (message) {
            case Message.Gossip m -> DISSEMINATION;
            case Message.Summary m -> DISSEMINATION;
            case Message.Digest m -> DISSEMINATION;
            case Message.Pull m -> DISSEMINATION;
            case Message.Repair m -> DISSEMINATION;
            case Message.VersionNews m -> DISSEMINATION;
            case Message.Versions m -> DISSEMINATION;
            case Message.StateBuckets m -> DISSEMINATION;
            case Message.StateDigest m -> DISSEMINATION;
            case Message.Entries m -> DISSEMINATION;
            case Message.Link m -> OVERLAY;
            case Message.Leave m -> OVERLAY;
            case Message.Declare m -> OVERLAY;
            case Message.PeerListRequest m -> OVERLAY;
            case Message.PeerList m -> isOfSeed && isMember ? OVERLAY : SEEDS;
            case Message.Ping m -> examination(isOfSeed, isMember);
            case Message.Pong m -> examination(isOfSeed, isMember);
            case Message.SuspectQuery m -> DETECTION;
            case Message.SuspectReply m -> DETECTION;
            case Message.RegisterRequest m -> REGISTRATION;
            case Message.ProposeRegister m -> REGISTRATION;
            case Message.RegisterAck m -> REGISTRATION;
            case Message.RegisterNack m -> REGISTRATION;
            case Message.Vote m -> of(m.statement());
            case Message.Sync m -> SEEDS;
            case Message.DeadNodeReport m -> REMOVAL;
            case Message.ProposeRemove m -> REMOVAL;
            case Message.RemovalNotify m -> REMOVAL;
        };
    }

    private static Topic examination(boolean isOfSeed, boolean isMember) {
        return !isOfSeed ? DETECTION : isMember ? REMOVAL : REGISTRATION;
    }

    private static Topic of(Statement statement) {
        return statement.change() == Statement.Change.REGISTER ? REGISTRATION : REMOVAL;
    }

    static Topic of(Timer timer) {
        return switch (timer) {
            case Timer.AntiEntropyRound t -> DISSEMINATION;
            case Timer.Relay t -> DISSEMINATION;
            case Timer.ReportRound t -> DISSEMINATION;
            case Timer.Generate t -> DISSEMINATION;
            case Timer.HeartbeatRound t -> DETECTION;
            case Timer.JuryEnd t -> DETECTION;
            case Timer.Probe t -> DETECTION;
            case Timer.Examine t -> of(t.statement());
            case Timer.VoteEnd t -> of(t.statement());
            case Timer.SyncRound t -> SEEDS;
            case Timer.Apply t -> REGISTRATION;
            case Timer.Refresh t -> OVERLAY;
            case Timer.Declare t -> OVERLAY;
        };
    }
}
