package dev.hearsay.core.membership;

import dev.hearsay.core.Command;
import dev.hearsay.core.Draw;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Family;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Membership;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Role;
import dev.hearsay.core.View;
import java.util.ArrayList;
import java.util.List;

/**
 * Everybody who is on the list is a member. The list is shared by all nodes that were given it, and copied only by a node
 * that has to add to it.
 */
public final class StaticMembership implements Membership {

    public static final Role ROLE =
            Role.of("static membership").takes(Family.MEMBERS).remembers(Family.MEMBERS);

    private List<NodeId> members;

    public StaticMembership(List<NodeId> members) {
        this.members = members;
    }

    @Override
    public Role role() {
        return ROLE;
    }

    @Override
    public List<NodeId> members() {
        return members;
    }

    @Override
    public boolean isRegistered() {
        return true;
    }

    @Override
    public boolean isMember() {
        return true;
    }

    @Override
    public boolean isSeed(NodeId node) {
        return false;
    }

    @Override
    public boolean knows(NodeId node, List<NodeId> neighbours) {
        return neighbours.contains(node) || members.contains(node);
    }

    /** Whoever can reach this node may speak to it, and only who is known is told what there is. */
    @Override
    public boolean accepts(long nowNanos, NodeId from, Message message, View view, Effects effects) {
        boolean isAccepted = !message.isQuestion() || knows(from, view.neighbours());
        if (!isAccepted) {
            effects.tell(new Lifecycle.Refused("to tell " + from + ", which is no member, what there is"));
        }
        return isAccepted;
    }

    /** Nothing that it saves binds. */
    @Override
    public void saveAgain(Effects effects) {}

    @Override
    public void remember(long nowNanos, Fact fact, Effects effects) {
        switch ((MembershipProtocol.Facts) fact) {
            case MembershipProtocol.Admitted(NodeId member) -> take(member);
            case MembershipProtocol.Dismissed(NodeId member) -> drop(member);
        }
    }

    private void take(NodeId member) {
        if (!members.contains(member)) {
            List<NodeId> more = new ArrayList<>(members.size() + 1);
            more.addAll(members);
            more.add(member);
            members = more;
        }
    }

    private void drop(NodeId member) {
        if (members.contains(member)) {
            members = Draw.others(members, member);
        }
    }

    @Override
    public void ask(long nowNanos, Command command, Effects effects) {
        switch ((Command.OfMembers) command) {
            case Command.Admit(NodeId member) -> admit(member, effects);
            case Command.Dismiss(NodeId member) -> {
                if (members.contains(member)) {
                    drop(member);
                    effects.save(new MembershipProtocol.Dismissed(member));
                    effects.tell(new MembershipProtocol.MemberDismissed(member));
                }
            }
        }
    }

    private void admit(NodeId member, Effects effects) {
        if (!members.contains(member)) {
            take(member);
            effects.save(new MembershipProtocol.Admitted(member));
            effects.tell(new MembershipProtocol.MemberAdded(member));
        }
    }
}
