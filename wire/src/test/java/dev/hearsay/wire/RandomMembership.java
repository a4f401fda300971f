package dev.hearsay.wire;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import java.util.List;

/** Messages and events about membership, drawn from a random seed. */
final class RandomMembership {

    static final int MESSAGE_KINDS = 14;
    static final int SIGNAL_KINDS = 20;

    private final Random64 random;
    private final RandomMessages others;

    RandomMembership(Random64 random, RandomMessages others) {
        this.random = random;
        this.others = others;
    }

    Message message(int kind) {
        return switch (kind) {
            case 0 -> new SuspicionProtocol.SuspectQuery(statement());
            case 1 -> new SuspicionProtocol.SuspectReply(statement(), others.flag() ? signature() : null);
            case 2 -> request();
            case 3 -> new VotingProtocol.ProposeRegister(request());
            case 4 ->
                others.flag()
                        ? new VotingProtocol.Vote(statement(), signature(), "")
                        : new VotingProtocol.Vote(statement(), null, "nobody there");
            case 5 -> new RegistrationProtocol.RegisterAck(key(), certificate());
            case 6 -> new RegistrationProtocol.RegisterNack(key(), statement(), "no \"quorum\"", random.nextInt(9));
            case 7 -> new PeerListProtocol.PeerListRequest(edition());
            case 8 -> new PeerListProtocol.Sync(key(), edition());
            case 9 ->
                new PeerListProtocol.PeerList(
                        key(), random.nextLong(1 << 30), edition(), others.list(this::certificate), others.flag());
            case 10 -> new DeclarationProtocol.Declare(declaration());
            case 11 -> report();
            case 12 -> new VotingProtocol.ProposeRemove(report());
            case 13 -> new RemovalProtocol.RemovalNotify(certificate());
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        };
    }

    Event event(int kind) {
        return switch (kind) {
            case 0 -> new Lifecycle.SeedStarted(3, 2, others.list(others::node));
            case 1 -> new VotingProtocol.Proposed(statement(), others.flag(), 2);
            case 2 -> new VotingProtocol.Voted(statement(), others.node(), others.flag(), "why");
            case 3 -> new VotingProtocol.VoteReceived(statement(), others.node(), others.flag(), "why", 1, 2);
            case 4 -> new VotingProtocol.Decided(statement(), others.flag(), 1, 3, 2, "why");
            case 5 -> new PeerListProtocol.ListChanged(statement(), others.list(others::node));
            case 6 -> new PeerListProtocol.SeedsWithoutQuorum(1, 3);
            case 7 -> new PeerListProtocol.SeedsWithQuorum(2, 3);
            case 8 -> new RegistrationProtocol.Applied(statement(), others.list(others::node), 5);
            case 9 -> new RegistrationProtocol.Registered(statement(), others.node());
            case 10 -> new RegistrationProtocol.NotRegistered("why", random.nextLong() >>> 8);
            case 11 -> new PeerListProtocol.PeerListReceived(others.node(), 1, 2);
            case 12 -> new LinkProtocol.NeighboursDrawn(others.list(others::node));
            case 13 -> new MembershipProtocol.MemberRemoved(others.node(), 3);
            case 14 -> new GeneratorProtocol.Generated(1, "1708776008.5:127.0.0.1:7000:1");
            case 15 -> new SuspicionProtocol.SuspicionDecided(others.node(), 2, 3, others.flag());
            case 16 -> new SuspicionProtocol.DeadNodeReported("Dead Node:127.0.0.1:7004:1708776030:127.0.0.1", 2);
            case 17 -> new RemovalProtocol.Reported(statement(), others.node(), "Dead Node", others.list(others::node));
            case 18 -> new PeerListProtocol.KeyLearnt(others.node(), key());
            case 19 -> new RegistrationProtocol.SeedsAnswered(others.list(others::node), 5);
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        };
    }

    Signature signature() {
        byte[] bytes = new byte[Signature.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return Signature.of(bytes);
    }

    PublicKey key() {
        return new PublicKey(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    Statement statement() {
        Change change = others.flag() ? Change.REGISTER : Change.REMOVE;
        return new Statement(change, others.node(), 1L + random.nextInt(9), key());
    }

    Certificate certificate() {
        return new Certificate(statement(), others.list(() -> new Certificate.Vote(others.node(), signature())));
    }

    private Declaration declaration() {
        return new Declaration(statement(), random.nextInt(99), others.list(others::node), signature());
    }

    private PeerListProtocol.Edition edition() {
        return new PeerListProtocol.Edition(random.nextLong(), random.nextInt(99));
    }

    private RegistrationProtocol.RegisterRequest request() {
        return new RegistrationProtocol.RegisterRequest(statement(), signature(), others.flag() ? "secret" : "");
    }

    private RemovalProtocol.DeadNodeReport report() {
        List<RemovalProtocol.Confirmation> confirmations =
                others.list(() -> new RemovalProtocol.Confirmation(others.node(), signature()));
        return new RemovalProtocol.DeadNodeReport(
                statement(), "Dead Node:x", others.flag() ? declaration() : null, confirmations);
    }
}
