package dev.hearsay.core.membership;

import dev.hearsay.core.Command;
import dev.hearsay.core.Draw;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Input;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Everybody who is on the list is a member. The list is shared by all nodes that were given it, and copied only by a node
 * that has to add to it.
 */
public final class StaticMembership implements Part {

    private List<NodeId> members;

    public StaticMembership(List<NodeId> members) {
        this.members = members;
    }

    public List<NodeId> members() {
        return members;
    }

    /** Takes a member in without a word, as one who was remembered. */
    public void remember(NodeId member) {
        if (!members.contains(member)) {
            List<NodeId> more = new ArrayList<>(members.size() + 1);
            more.addAll(members);
            more.add(member);
            members = more;
        }
    }

    /** Takes a member out without a word. */
    public void forget(NodeId member) {
        if (members.contains(member)) {
            members = Draw.others(members, member);
        }
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        switch (input) {
            case Input.Asked(Command.Admit(NodeId member)) -> admit(member, effects);
            case Input.Asked(Command.Dismiss(NodeId member)) -> {
                if (members.contains(member)) {
                    forget(member);
                    effects.save(new MembershipProtocol.Dismissed(member));
                    effects.tell(new MembershipProtocol.MemberDismissed(member));
                }
            }
            default -> throw new IllegalArgumentException("membership does not take " + input);
        }
    }

    private void admit(NodeId member, Effects effects) {
        if (!members.contains(member)) {
            remember(member);
            effects.save(new MembershipProtocol.Admitted(member));
            effects.tell(new MembershipProtocol.MemberAdded(member));
        }
    }
}
