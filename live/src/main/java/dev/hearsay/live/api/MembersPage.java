package dev.hearsay.live.api;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.Seed;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.node.NodeDriver;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** {@code GET /members}: who is a member and, where seeds decide it, by whose signatures; who was removed is shown as well. */
final class MembersPage {

    private MembersPage() {}

    static void send(NodeView view, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        MembersAnswer answer = switch (driver.machine()) {
            case Node node -> {
                PeerList list = node.peerList();
                yield list == null ? MembersAnswer.of(view.address(), node.members()) : answer(view.address(), list);
            }
            case Seed seed -> answer(view.address(), seed.peerList());
            default -> throw new IllegalStateException("neither a node nor a seed");
        };
        PagedResponse.sendWhole(request, answer.toJson(), host, readers);
    }

    private static MembersAnswer answer(NodeId node, PeerList list) {
        List<MembersAnswer.Member> members =
                list.records().stream().map(MembersPage::member).toList();
        return new MembersAnswer(node, members, String.format("%016x", list.hash()));
    }

    private static MembersAnswer.Member member(Certificate certificate) {
        var statement = certificate.statement();
        return new MembersAnswer.Member(
                statement.peer(),
                statement.change() == Change.REGISTER ? "member" : "removed",
                statement.incarnation(),
                statement.key(),
                certificate.votes().stream().map(Certificate.Vote::seed).toList());
    }
}
