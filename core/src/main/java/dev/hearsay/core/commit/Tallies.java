package dev.hearsay.core.commit;

import dev.hearsay.core.Message.Report;
import dev.hearsay.core.Message.Tally;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which versions each of some members is known to have. Members are counted in ascending order, so that whoever has the same ones means the same by a number. */
final class Tallies {

    private final NodeId self;
    private final NodeId[] members;
    private final Ranges[] versions;
    private final long membership;

    /** Where this node is; negative if it is no member. */
    private final int selfAt;

    private Ranges own = new Ranges();
    private long hash;
    private boolean isHashStale;

    /** The member that was found last to lack something: it is looked at first. */
    private int laggard;

    Tallies(List<NodeId> members, NodeId self) {
        this.self = self;
        this.members = members.toArray(new NodeId[0]);
        Arrays.sort(this.members);
        this.versions = new Ranges[this.members.length];
        Arrays.setAll(versions, i -> new Ranges());
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
            next.merge(next.indexOf(members[i]), versions[i]);
        }
        next.setOwn(own);
        return next;
    }

    int size() {
        return members.length;
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

    /** Sets what this node has reported; true if that is news. */
    boolean setOwn(Ranges reported) {
        boolean isMore = !reported.equals(own);
        own = reported;
        if (selfAt >= 0) {
            versions[selfAt] = reported;
            isHashStale = true;
        }
        return isMore;
    }

    private boolean merge(int index, Ranges more) {
        // About itself a node knows best; of strangers it will hear again when it knows them.
        if (index < 0 || index == selfAt || !versions[index].addAll(more)) {
            return false;
        }
        isHashStale = true;
        return true;
    }

    /** Adds what another knows of the same members; true if any of it is news. */
    boolean mergeTallies(List<Tally> tallies) {
        boolean isNews = false;
        for (Tally tally : tallies) {
            Ranges positions = tally.positions();
            for (int range = 0; range < positions.size(); range++) {
                long last = Math.min(positions.last(range), members.length);
                for (long position = positions.first(range); position <= last; position++) {
                    isNews |= merge((int) position - 1, tally.versions());
                }
            }
        }
        return isNews;
    }

    /** Adds what another knows, by name; true if any of it is news. */
    boolean mergeReports(List<Report> reports) {
        boolean isNews = false;
        for (Report report : reports) {
            for (NodeId member : report.members()) {
                isNews |= merge(indexOf(member), report.versions());
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
            while (next < members.length && versions[next].equals(versions[i])) {
                next++;
            }
            if (!versions[i].isEmpty()) {
                groups.computeIfAbsent(versions[i], v -> new Ranges()).add(i + 1L, next);
            }
        }
        List<Tally> all = new ArrayList<>(groups.size());
        groups.forEach((some, positions) -> all.add(new Tally(some.copy(), positions)));
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
        groups.forEach((some, group) -> beyond.add(new Report(some.copy(), group)));
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
        if (versions[member].containsAll(numbers)) {
            return numbers;
        }
        laggard = member;
        return numbers.and(versions[member]);
    }

    long hash() {
        if (isHashStale) {
            hash = 0;
            for (int i = 0; i < members.length; i++) {
                if (!versions[i].isEmpty()) {
                    hash ^= Random64.mix(Random64.mix(members[i].hashCode()) + versions[i].hashCode());
                }
            }
            isHashStale = false;
        }
        return hash;
    }
}
