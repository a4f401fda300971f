package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.core.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "members",
        description = "Show the Peer Lists of all seeds side by side: who is in, and who signed that.")
@Manual(
        examples = {
            "gossip members",
            "gossip members --config config.txt # of peers and seeds that were started by hand",
            "gossip members -o json"
        },
        exitCodes = {ExitCode.DONE, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.NO_QUORUM})
public final class Members extends SeedsCommand {

    /**
     * All lists.
     *
     * @param quorum how many seeds it takes to decide
     * @param agree whether the seeds that answer have the same records
     */
    record Document(int quorum, boolean agree, List<Seed> seeds, List<Member> members) {}

    /**
     * One seed.
     *
     * @param members how many peers are on its list; null if it does not answer
     */
    record Seed(
            String seed,
            String address,
            boolean answers,
            @Nullable Integer members) {}

    /**
     * One peer, by its latest record.
     *
     * @param state member or removed
     * @param signedBy the seeds that certified it
     * @param knownTo the seeds that have this record
     */
    record Member(
            String node, String peer, String state, long incarnation, List<String> signedBy, List<String> knownTo) {}

    public Members(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        PeerLists lists = lists();
        NodeNames names = callings();
        List<Seed> seeds = lists.answers().stream()
                .map(answer -> new Seed(
                        names.of(answer.seed()),
                        answer.seed().toString(),
                        !answer.isSilent(),
                        answer.isSilent() ? null : answer.members()))
                .toList();
        List<Member> members = lists.latest().values().stream()
                .map(entry -> new Member(
                        names.of(entry.peer()),
                        entry.peer().toString(),
                        entry.isMember() ? "member" : "removed",
                        entry.incarnation(),
                        entry.signedBy().stream().map(names::of).toList(),
                        lists.heard().stream()
                                .filter(answer -> answer.entry(entry.peer())
                                        .filter(own -> !entry.isAfter(own))
                                        .isPresent())
                                .map(answer -> names.of(answer.seed()))
                                .toList()))
                .toList();
        boolean agree = lists.disputed().isEmpty();
        var document = new Document(lists.quorum(), agree, seeds, members);
        print(new Report<>(document, Member.class, members, () -> text(lists, names)));
        return exitCode(lists);
    }

    private static String text(PeerLists lists, NodeNames names) {
        StringBuilder text = new StringBuilder();
        TextTable table = new TextTable().number("NODE").text("PEER");
        lists.answers().forEach(answer -> table.text(names.of(answer.seed()).toUpperCase(Locale.ROOT)));
        table.text("SIGNED BY");
        for (PeerLists.Entry latest : lists.latest().values()) {
            List<Object> cells = new ArrayList<>();
            cells.add(names.knows(latest.peer().toString()) ? names.of(latest.peer()) : "–");
            cells.add(latest.peer());
            for (PeerLists.Answer answer : lists.answers()) {
                cells.add(
                        answer.isSilent()
                                ? "?"
                                : answer.entry(latest.peer())
                                        .map(PeerLists.Entry::brief)
                                        .orElse("–"));
            }
            cells.add(latest.signedBy().stream().map(names::of).collect(Collectors.joining(" ")));
            table.line(cells.toArray());
        }
        text.append(table).append('\n');
        int seeds = lists.answers().size();
        text.append(seeds + (seeds == 1 ? " seed" : " seeds") + ", quorum " + lists.quorum() + ". ");
        List<NodeId> disputed = lists.disputed();
        if (lists.heard().isEmpty()) {
            text.append("None of them answers.\n");
        } else if (disputed.isEmpty()) {
            text.append(lists.silent().isEmpty() ? "All" : "Those that answer").append(" agree.\n");
        } else {
            text.append("They disagree about ").append(joined(disputed, names));
            text.append("; the next sync brings their lists together.\n");
        }
        if (!lists.silent().isEmpty() && !lists.heard().isEmpty()) {
            text.append("Silent: ").append(joined(lists.silent(), names)).append(".\n");
        }
        return text.toString();
    }

    private static String joined(List<NodeId> nodes, NodeNames names) {
        return nodes.stream().map(names::of).collect(Collectors.joining(", "));
    }
}
