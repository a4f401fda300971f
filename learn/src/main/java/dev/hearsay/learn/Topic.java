package dev.hearsay.learn;

import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
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
    /** Somebody is silent, is suspected, and witnesses are asked. */
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

    /** The phase that begins with an event, if it has not begun yet; null for most. */
    static @Nullable Topic begunBy(Event event) {
        return switch (event) {
            case Event.SeedStarted started -> SEEDS;
            case Event.Applied applied -> REGISTRATION;
            case Event.NeighboursDrawn drawn -> OVERLAY;
            case Event.Published published -> DISSEMINATION;
            case Event.Suspected suspected -> DETECTION;
            case Event.Reported reported -> REMOVAL;
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
            case Message.Gossip _ -> DISSEMINATION;
            case Message.Summary _, Message.Digest _, Message.Pull _, Message.Repair _ -> DISSEMINATION;
            case Message.VersionNews _, Message.Versions _ -> DISSEMINATION;
            case Message.StateBuckets _, Message.StateDigest _, Message.Entries _ -> DISSEMINATION;
            case Message.Link _, Message.Leave _, Message.Declare _, Message.PeerListRequest _ -> OVERLAY;
            case Message.PeerList _ -> isOfSeed && isMember ? OVERLAY : SEEDS;
            case Message.Ping _, Message.Pong _ -> examination(isOfSeed, isMember);
            case Message.SuspectQuery _, Message.SuspectReply _ -> DETECTION;
            case Message.RegisterRequest _, Message.ProposeRegister _ -> REGISTRATION;
            case Message.RegisterAck _, Message.RegisterNack _ -> REGISTRATION;
            case Message.Vote m -> of(m.statement());
            case Message.Sync _ -> SEEDS;
            case Message.DeadNodeReport _, Message.ProposeRemove _, Message.RemovalNotify _ -> REMOVAL;
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
            case Timer.Relay _, Timer.AntiEntropyRound _, Timer.ReportRound _, Timer.Generate _ -> DISSEMINATION;
            case Timer.HeartbeatRound _, Timer.SuspicionTimeout _, Timer.Probe _ -> DETECTION;
            case Timer.Examine t -> of(t.statement());
            case Timer.VoteEnd t -> of(t.statement());
            case Timer.SyncRound _ -> SEEDS;
            case Timer.Apply _ -> REGISTRATION;
            case Timer.Refresh _, Timer.Declare _ -> OVERLAY;
        };
    }
}
