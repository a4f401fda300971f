package dev.hearsay.learn;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.core.VotingProtocol;
import org.jspecify.annotations.Nullable;

/** The six phases of a network's life, and what each event is about. */
enum Topic {
    /** Seeds start, and find that they are a quorum. */
    SEEDS("seeds", Lifecycle.SeedStarted.class),
    /** A peer asks to be taken in, and the seeds vote. */
    REGISTRATION("registration", RegistrationProtocol.Applied.class),
    /** A peer draws neighbours, and links form. */
    OVERLAY("overlay", LinkProtocol.NeighboursDrawn.class),
    /** A message spreads. */
    DISSEMINATION("dissemination", RumorProtocol.Published.class),
    /** Somebody is silent, is suspected, and witnesses are asked. */
    DETECTION("detection", HeartbeatProtocol.Suspected.class),
    /** Seeds vote on who was reported dead. */
    REMOVAL("removal", RemovalProtocol.Reported.class);

    private final String word;
    private final Class<? extends Event> beginning;

    Topic(String word, Class<? extends Event> beginning) {
        this.word = word;
        this.beginning = beginning;
    }

    @Override
    public String toString() {
        return word;
    }

    /** The phase that begins with an event, if it has not begun yet; null for most. */
    static @Nullable Topic begunBy(Event event) {
        for (Topic topic : values()) {
            if (topic.beginning.isInstance(event)) {
                return topic;
            }
        }
        return null;
    }

    /**
     * What a message is about.
     *
     * @param isOfSeed whether a seed sends it, or is sent it
     * @param isMember whether the peer that a seed talks to is registered
     */
    static Topic of(Message message, boolean isOfSeed, boolean isMember) {
        return switch (message) {
            case RumorProtocol.Gossip _ -> DISSEMINATION;
            case AntiEntropyProtocol.Summary _,
                    AntiEntropyProtocol.Digest _,
                    AntiEntropyProtocol.Pull _,
                    AntiEntropyProtocol.Repair _ -> DISSEMINATION;
            case CommitProtocol.VersionNews _, CommitProtocol.Versions _ -> DISSEMINATION;
            case StateProtocol.StateBuckets _, StateProtocol.StateDigest _, StateProtocol.Entries _ -> DISSEMINATION;
            case LinkProtocol.Link _,
                    LinkProtocol.Leave _,
                    DeclarationProtocol.Declare _,
                    PeerListProtocol.PeerListRequest _ -> OVERLAY;
            case PeerListProtocol.PeerList _ -> isOfSeed && isMember ? OVERLAY : SEEDS;
            case HeartbeatProtocol.Ping _, HeartbeatProtocol.Pong _ -> examination(isOfSeed, isMember);
            case SuspicionProtocol.SuspectQuery _, SuspicionProtocol.SuspectReply _ -> DETECTION;
            case RegistrationProtocol.RegisterRequest _, VotingProtocol.ProposeRegister _ -> REGISTRATION;
            case RegistrationProtocol.RegisterAck _, RegistrationProtocol.RegisterNack _ -> REGISTRATION;
            case VotingProtocol.Vote m -> of(m.statement());
            case PeerListProtocol.Sync _ -> SEEDS;
            case RemovalProtocol.DeadNodeReport _, VotingProtocol.ProposeRemove _, RemovalProtocol.RemovalNotify _ ->
                REMOVAL;
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
            case RumorProtocol.Relay _,
                    AntiEntropyProtocol.AntiEntropyRound _,
                    CommitProtocol.ReportRound _,
                    GeneratorProtocol.Generate _ -> DISSEMINATION;
            case HeartbeatProtocol.HeartbeatRound _, SuspicionProtocol.SuspicionTimeout _, SuspicionProtocol.Probe _ ->
                DETECTION;
            case VotingProtocol.Examine t -> of(t.statement());
            case VotingProtocol.VoteEnd t -> of(t.statement());
            case PeerListProtocol.SyncRound _ -> SEEDS;
            case RegistrationProtocol.Apply _ -> REGISTRATION;
            case PeerListProtocol.Refresh _, DeclarationProtocol.DeclareRound _ -> OVERLAY;
        };
    }
}
