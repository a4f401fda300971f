package dev.hearsay.live.api;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.Seed;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.node.NodeDriver;
import io.vertx.core.http.HttpServerRequest;
import java.util.stream.Stream;

/** {@code GET /members}: who is a member and, where seeds decide it, by whose signatures; who was removed is shown as well. */
final class MembersPage {

    private MembersPage() {}

    static void send(NodeView view, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        PeerList list = switch (driver.machine()) {
            case Node node -> node.peerList();
            case Seed seed -> seed.peerList();
            default -> throw new IllegalStateException("neither a node nor a seed");
        };
        Stream<String> members = list != null
                ? PagedResponse.items(list.records(), record -> member(record).toJson())
                : PagedResponse.items(
                        ((Node) driver.machine()).members(),
                        member -> MembersAnswer.Member.of(member).toJson());
        String end = list == null ? "]}" : String.format("],\"hash\":\"%016x\"}", list.hash());
        PagedResponse.sendJson(
                request, "{\"node\":\"" + view.address() + "\",\"members\":[", members, end, host, readers);
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
