package dev.hearsay.core.commit;

import dev.hearsay.core.Message.Report;
import dev.hearsay.core.Message.Tally;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which versions each of some members is known to have. Members are counted in ascending order, so that whoever has the same ones means the same by a number.
 *
 * <p>Most members have the same versions at any time, so members share sets, and sets are never written: a thousand nodes in one process would otherwise look a
 * million sets over, one by one, for each version.
 */
@SuppressWarnings("ReferenceEquality") // of sets that are shared, the same is the same object
final class Tallies {

    private static final Ranges NONE = new Ranges();

    private final NodeId self;
    private final NodeId[] members;
    private final Ranges[] versions;
    private final long membership;

    /** Where this node is; negative if it is no member. */
    private final int selfAt;

    /** The sets that are in use, each once. */
    private final Map<Ranges, Ranges> pool = new HashMap<>();

    private Ranges own = new Ranges();
    /** How many versions all members have together, modulo 2<sup>64</sup>. */
    private long weight;

    private long hash;
    private boolean isHashStale;

    /** The member that was found last to lack something: it is looked at first. */
    private int laggard;

    Tallies(List<NodeId> members, NodeId self) {
        this.self = self;
        this.members = members.toArray(new NodeId[0]);
        Arrays.sort(this.members);
        this.versions = new Ranges[this.members.length];
        Arrays.fill(versions, NONE);
        this.selfAt = Arrays.binarySearch(this.members, self);
        long mixed = 1;
        for (NodeId member : this.members) {
            mixed = Random64.mix(mixed ^ member.hashCode());
        }
        this.membership = mixed;
    }

    /** The same of other members: what is known of those who were here before stays known. */
    Tallies among(List<NodeId> others) {
        Tallies next = new Tallies(others, self);
        for (int i = 0; i < members.length; i++) {
            next.merge(members[i], next.shared(versions[i]));
        }
        next.setOwn(own);
        return next;
    }

    int size() {
        return members.length;
    }

    /** Whether another, of whom all is known here, knows all that is known here, too. */
    boolean isAll(List<Tally> theirs) {
        long theirWeight = 0;
        for (Tally tally : theirs) {
            theirWeight += tally.versions().count() * tally.positions().count();
        }
        return theirWeight == weight;
    }

    /** Stands for who the members are. */
    long membership() {
        return membership;
    }

    private int indexOf(NodeId member) {
        return Arrays.binarySearch(members, member);
    }

    /** What this node has reported, to look at. */
    Ranges own() {
        return own;
    }

    private Ranges shared(Ranges some) {
        Ranges known = pool.putIfAbsent(some, some);
        return known == null ? some : known;
    }

    /** Sets what this node has reported; true if that is news. */
    boolean setOwn(Ranges reported) {
        boolean isMore = !reported.equals(own);
        own = shared(reported);
        if (selfAt >= 0) {
            weight += own.count() - versions[selfAt].count();
            versions[selfAt] = own;
            isHashStale = true;
        }
        return isMore;
    }

    /** Adds to what the members at these places have; true if any of it is news. */
    private boolean merge(int from, int to, Ranges more) {
        boolean isNews = false;
        Ranges before = more;
        Ranges after = more;
        long gain = 0;
        for (int i = from; i < to; i++) {
            Ranges present = versions[i];
            // About itself a node knows best.
            if (present == more || i == selfAt) {
                continue;
            }
            if (present != before) {
                before = present;
                after = union(present, more);
                gain = after.count() - present.count();
            }
            if (after != present) {
                versions[i] = after;
                weight += gain;
                isNews = true;
            }
        }
        isHashStale |= isNews;
        return isNews;
    }

    private Ranges union(Ranges one, Ranges more) {
        if (one.containsAll(more)) {
            return one;
        }
        Ranges both = one.copy();
        both.addAll(more);
        return shared(both);
    }

    /** Of strangers it will hear again when it knows them. */
    private boolean merge(NodeId member, Ranges more) {
        int index = indexOf(member);
        return index >= 0 && merge(index, index + 1, more);
    }

    /** Adds what another knows of the same members; true if any of it is news. */
    boolean mergeTallies(List<Tally> tallies) {
        boolean isNews = false;
        for (Tally tally : tallies) {
            Ranges more = shared(tally.versions());
            Ranges positions = tally.positions();
            for (int range = 0; range < positions.size(); range++) {
                int from = (int) Math.min(positions.first(range) - 1, members.length);
                int to = (int) Math.min(positions.last(range), members.length);
                isNews |= merge(from, to, more);
            }
        }
        return isNews;
    }

    /** Adds what another knows, by name; true if any of it is news. */
    boolean mergeReports(List<Report> reports) {
        boolean isNews = false;
        for (Report report : reports) {
            Ranges more = shared(report.versions());
            for (NodeId member : report.members()) {
                isNews |= merge(member, more);
            }
        }
        return isNews;
    }

    /** Everything: most members have the same versions, so it is little. */
    List<Tally> all() {
        Map<Ranges, Ranges> groups = new LinkedHashMap<>();
        int next;
        for (int i = 0; i < members.length; i = next) {
            next = i + 1;
            while (next < members.length && versions[next] == versions[i]) {
                next++;
            }
            if (!versions[i].isEmpty()) {
                groups.computeIfAbsent(versions[i], v -> new Ranges()).add(i + 1L, next);
            }
        }
        List<Tally> all = new ArrayList<>(groups.size());
        groups.forEach((some, positions) -> all.add(new Tally(some, positions)));
        pool.keySet().retainAll(groups.keySet());
        return all;
    }

    /** What is known here, by name, beyond what another knows. */
    List<Report> beyond(List<Report> theirs) {
        @Nullable Ranges[] known = new Ranges[members.length];
        for (Report report : theirs) {
            for (NodeId member : report.members()) {
                int index = indexOf(member);
                if (index >= 0) {
                    known[index] = report.versions();
                }
            }
        }
        Map<Ranges, List<NodeId>> groups = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i++) {
            Ranges other = known[i];
            if (!(other == null ? versions[i] : versions[i].minus(other, 1)).isEmpty()) {
                groups.computeIfAbsent(versions[i], v -> new ArrayList<>()).add(members[i]);
            }
        }
        List<Report> beyond = new ArrayList<>(groups.size());
        groups.forEach((some, group) -> beyond.add(new Report(some, group)));
        return beyond;
    }

    /** What all members have beside what is left out. */
    Ranges common(Ranges without) {
        Ranges common = own.minus(without, 1);
        if (members.length > 0) {
            common = within(common, laggard);
        }
        for (int i = 0; i < members.length && !common.isEmpty(); i++) {
            common = within(common, i);
        }
        return common;
    }

    /** Looks before it cuts: nearly always the member has them all. */
    private Ranges within(Ranges numbers, int member) {
        if (versions[member] == own || versions[member].containsAll(numbers)) {
            return numbers;
        }
        laggard = member;
        return numbers.and(versions[member]);
    }

    long hash() {
        if (isHashStale) {
            hash = 0;
            Ranges last = NONE;
            long mixed = 0;
            for (int i = 0; i < members.length; i++) {
                if (versions[i] != last) {
                    last = versions[i];
                    mixed = Random64.mix(last.hashCode());
                }
                if (!last.isEmpty()) {
                    hash ^= Random64.mix(mixed + members[i].hashCode());
                }
            }
            isHashStale = false;
        }
        return hash;
    }
}
