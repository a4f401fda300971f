package dev.hearsay.web.members;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.web.picture.NetworkModel;
import dev.hearsay.web.picture.NodeModel;
import dev.hearsay.wire.Json;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Who is a member and how it was decided, as browsers get it; docs/dashboard.md describes the fields. */
public final class MembersJson {

    private final NetworkModel picture;
    private final Ballots ballots;
    private final MemberLists lists;

    /** Of that network. */
    public MembersJson(NetworkModel picture, Ballots ballots, MemberLists lists) {
        this.picture = picture;
        this.ballots = ballots;
        this.lists = lists;
    }

    /** All of it, with the lists of these nodes: the seeds, or where there are none of nodes that gossip. */
    public String members(List<NodeModel> asked) {
        List<NodeModel> seeds = asked.stream().filter(NodeModel::isSeed).toList();
        return Json.object(json -> {
            lists("seeds", seeds, json);
            json.writeArrayFieldStart("ballots");
            if (!seeds.isEmpty()) {
                for (Ballot ballot : ballots.latest()) {
                    ballot(ballot, seeds, json);
                }
            }
            json.writeEndArray();
            quorum(seeds, json);
            lists("nodes", seeds.isEmpty() ? asked : List.of(), json);
        });
    }

    private void lists(String name, Collection<NodeModel> nodes, JsonGenerator json) throws IOException {
        Json.objects(name, nodes, json, node -> {
            json.writeNumberField("i", node.index);
            json.writeStringField("name", node.name());
            json.writeStringField("address", node.address.toString());
            json.writeBooleanField("reachable", lists.isReachable(node));
            MemberLists.Listing listing = lists.of(node);
            json.writeNumberField("asOf", listing.atMicros());
            Json.objects("members", listing.members(), json, member -> {
                json.writeNumberField("i", picture.index(member.peer()));
                json.writeStringField("peer", member.peer().toString());
                json.writeStringField("state", member.state());
                if (member.incarnation() > 0) {
                    json.writeNumberField("incarnation", member.incarnation());
                    Json.array("signedBy", member.signedBy(), json, seed -> json.writeNumber(picture.index(seed)));
                }
            });
        });
    }

    /** By the seed that reaches most: whether others are cut off from it or not, it can decide or not. */
    private void quorum(List<NodeModel> seeds, JsonGenerator json) throws IOException {
        MemberLists.Electorate known = null;
        int reachable = 0;
        for (NodeModel seed : seeds) {
            MemberLists.Electorate electorate = lists.electorate(seed);
            if (electorate != null) {
                known = electorate;
                reachable = lists.isReachable(seed) ? Math.max(reachable, known.reachable()) : reachable;
            }
        }
        if (known == null) {
            json.writeNullField("quorum");
            return;
        }
        json.writeObjectFieldStart("quorum");
        json.writeNumberField("seeds", known.seeds());
        json.writeNumberField("needed", known.needed());
        json.writeNumberField("reachable", reachable);
        json.writeEndObject();
    }

    private void ballot(Ballot ballot, List<NodeModel> seeds, JsonGenerator json) throws IOException {
        json.writeStartObject();
        int node = picture.index(ballot.statement.peer());
        int proposer = picture.index(ballot.proposer);
        json.writeStringField("id", ballot.beginMicros + "-" + proposer + "-" + node);
        json.writeStringField("peer", ballot.statement.peer().toString());
        json.writeNumberField("node", node);
        json.writeStringField("change", ballot.statement.change() == Change.REGISTER ? "add" : "remove");
        json.writeNumberField("incarnation", ballot.statement.incarnation());
        json.writeNumberField("proposer", proposer);
        json.writeNumberField("at", ballot.beginMicros);
        json.writeNumberField("needed", ballot.needed);
        json.writeNumberField("of", ballot.voters > 0 ? ballot.voters : voters(seeds));
        Json.array("votes", seeds, json, seed -> {
            Ballot.Vote vote = ballot.votes().get(seed.address);
            json.writeStartObject();
            json.writeNumberField("seed", seed.index);
            json.writeStringField("vote", vote == null ? "none" : vote.isYes() ? "yes" : "no");
            if (vote != null) {
                json.writeStringField("reason", vote.reason());
                json.writeNumberField("at", vote.atMicros());
            }
            json.writeEndObject();
        });
        json.writeStringField("outcome", ballot.outcome.word());
        if (ballot.outcome != Ballot.Outcome.OPEN) {
            json.writeNumberField("decidedAt", ballot.decidedMicros);
            json.writeStringField("reason", ballot.reason);
        }
        Json.objects("evidence", ballots.evidence(ballot), json, said -> {
            json.writeNumberField("node", picture.index(said.node()));
            json.writeStringField("text", said.text());
            json.writeNumberField("at", said.atMicros());
        });
        json.writeEndObject();
    }

    private int voters(List<NodeModel> seeds) {
        for (NodeModel seed : seeds) {
            MemberLists.Electorate electorate = lists.electorate(seed);
            if (electorate != null) {
                return electorate.seeds();
            }
        }
        return seeds.size();
    }
}
