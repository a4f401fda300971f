package dev.hearsay.web;

import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.live.api.MembersAnswer;
import dev.hearsay.wire.RecordingLine;
import dev.hearsay.wire.TraceJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whom each node of a recording counted as a member at its end, as far as that can be known: of those whose life is there from its beginning. */
final class RecordedMembers {

    private final Map<Integer, List<NodeId>> settings = new HashMap<>();
    private final Map<NodeId, Set<NodeId>> members = new HashMap<>();

    void take(RecordingLine line) {
        switch (line) {
            case RecordingLine.Settings some -> settings.put(some.number(), some.members());
            case RecordingLine.UnknownSettings some -> settings.put(some.number(), some.members());
            case RecordingLine.Began began -> {
                Set<NodeId> known = new TreeSet<>(settings.getOrDefault(began.settings(), List.of()));
                known.addAll(began.neighbours());
                known.add(began.node());
                members.put(began.node(), known);
            }
            case RecordingLine.Missing missing -> members.remove(missing.node());
            case RecordingLine.Remembered(NodeId node, Fact fact) -> remember(node, fact);
            case RecordingLine.Told(TraceJson.Line told) -> tell(told.node(), told.event());
            case RecordingLine.Header header -> {}
            case RecordingLine.Step step -> {}
            case RecordingLine.End end -> {}
        }
    }

    private void remember(NodeId node, Fact fact) {
        if (fact instanceof MembershipProtocol.Admitted(NodeId member)) {
            change(node, member, true);
        } else if (fact instanceof MembershipProtocol.Dismissed(NodeId member)) {
            change(node, member, false);
        } else if (fact instanceof PeerListProtocol.Certified(var certificate)) {
            Statement statement = certificate.statement();
            change(node, statement.peer(), statement.change() == Statement.Change.REGISTER);
        }
    }

    private void tell(NodeId node, Event event) {
        if (event instanceof MembershipProtocol.Events change) {
            change(node, change.member(), change instanceof MembershipProtocol.MemberAdded);
        }
    }

    private void change(NodeId node, NodeId member, boolean isMember) {
        Set<NodeId> known = members.get(node);
        if (known != null && isMember) {
            known.add(member);
        } else if (known != null) {
            known.remove(member);
        }
    }

    /** Of that node; null where the recording cannot tell. */
    @Nullable
    Set<NodeId> of(NodeId node) {
        return members.get(node);
    }

    /** As a node's page {@code /members}; null where the recording cannot tell. */
    @Nullable
    String page(NodeId node) {
        Set<NodeId> known = members.get(node);
        return known == null ? null : MembersAnswer.of(node, known).toJson();
    }
}
