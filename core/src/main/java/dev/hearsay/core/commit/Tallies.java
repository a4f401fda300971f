package dev.hearsay.core.commit;

import dev.hearsay.core.CommitProtocol.Report;
import dev.hearsay.core.CommitProtocol.Tally;
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
 * <p>Others may say anything. Of versions that this node has never seen, of which there may be none, no member is taken to have more than a few; a set is taken
 * only up to {@value #RANGES_MAX} ranges; and one message is looked at for so long.
 *
 * <p>Most members have the same versions at any time, so members share sets, and sets are never written: a thousand nodes in one process would otherwise look a
 * million sets over, one by one, for each version.
 */
@SuppressWarnings("ReferenceEquality") // of sets that are shared, the same is the same object
final class Tallies {

    /** Of how many ranges at most a set consists; one that is said to have more is not believed. */
    static final int RANGES_MAX = 10_000;

    /** How many ranges of versions that were never seen here are kept of a member: their rumors may be on their way. */
    static final int UNSEEN_RANGES_MAX = 16;

    /** How much one message may cost: a range that is looked at, or a member, is one. */
    private static final long WORK_MAX = 4_000_000L;

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

    /** What this node has said that it has in a life that it has forgotten, by the word of others, and nobody can give it any more. */
    private Ranges hadOnce = NONE;

    /** How many versions all members have together, modulo 2<sup>64</sup>. */
    private long weight;

    private long hash;
    private boolean isHashStale;

    /** What is left of {@link #WORK_MAX}. */
    private long work;

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
        int before = 0;
        for (int i = 0; i < next.members.length; i++) {
            while (before < members.length && members[before].compareTo(next.members[i]) < 0) {
                before++;
            }
            if (before < members.length && members[before].equals(next.members[i])) {
                next.put(i, next.shared(versions[before]));
            }
        }
        next.hadOnce = hadOnce;
        next.setOwn(own);
        return next;
    }

    /** Whether nobody is known to have anything. */
    boolean isEmpty() {
        return weight == 0 && own.isEmpty();
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
            Ranges said = own.copy();
            said.addAll(hadOnce);
            put(selfAt, hadOnce.isEmpty() ? own : shared(said));
        }
        return isMore;
    }

    private void put(int index, Ranges some) {
        weight += some.count() - versions[index].count();
        versions[index] = some;
        isHashStale = true;
    }

    /** Adds to what the members at these places have; true if any of it is news. */
    private boolean merge(int from, int to, Ranges more, Ranges seen, Ranges gone) {
        boolean isNews = false;
        Ranges before = more;
        Ranges after = more;
        for (int i = from; i < to && work > 0; i++) {
            Ranges present = versions[i];
            work--;
            if (present == more) {
                continue;
            }
            if (i == selfAt) {
                isNews |= remember(more.and(gone));
                continue;
            }
            if (present != before) {
                before = present;
                after = union(present, more, seen);
                work -= present.size() + more.size();
            }
            if (after != present) {
                put(i, after);
                isNews = true;
            }
        }
        return isNews;
    }

    /** About itself a node knows best, but for what it has forgotten and will not get again: all shall say the same of it. */
    private boolean remember(Ranges some) {
        if (hadOnce.containsAll(some)) {
            return false;
        }
        hadOnce = hadOnce.copy();
        hadOnce.addAll(some);
        setOwn(own);
        return true;
    }

    private Ranges union(Ranges one, Ranges more, Ranges seen) {
        if (one.containsAll(more)) {
            return one;
        }
        Ranges both = one.copy();
        both.addAll(more);
        if (both.size() > RANGES_MAX) {
            return one;
        }
        Ranges credible = credible(both, seen);
        // The same set must stay the same object.
        return credible.equals(one) ? one : shared(credible);
    }

    /** What of these may be: what was seen here, and a little more. */
    private static Ranges credible(Ranges some, Ranges seen) {
        if (some.size() > RANGES_MAX) {
            return NONE;
        }
        Ranges unseen = some.minus(seen, 1);
        if (unseen.size() <= UNSEEN_RANGES_MAX) {
            return some;
        }
        Ranges credible = some.and(seen);
        for (int i = 0; i < UNSEEN_RANGES_MAX; i++) {
            credible.add(unseen.first(i), unseen.last(i));
        }
        return credible;
    }

    /** Adds what another knows of the same members; true if any of it is news. */
    boolean mergeTallies(List<Tally> tallies, Ranges seen, Ranges gone) {
        boolean isNews = false;
        work = WORK_MAX;
        for (int i = 0; i < tallies.size() && work > 0; i++) {
            Ranges positions = tallies.get(i).positions();
            Ranges more = shared(credible(tallies.get(i).versions(), seen));
            work -= 1 + tallies.get(i).versions().size();
            for (int range = 0; range < positions.size() && positions.first(range) <= members.length; range++) {
                int to = (int) Math.min(positions.last(range), members.length);
                isNews |= merge((int) positions.first(range) - 1, to, more, seen, gone);
            }
        }
        return isNews;
    }

    /** Adds what another knows, by name; true if any of it is news. Of strangers it will hear again when it knows them. */
    boolean mergeReports(List<Report> reports, Ranges seen, Ranges gone) {
        boolean isNews = false;
        work = WORK_MAX;
        for (int i = 0; i < reports.size() && work > 0; i++) {
            Ranges more = shared(credible(reports.get(i).versions(), seen));
            work -= 1
                    + reports.get(i).versions().size()
                    + reports.get(i).members().size();
            for (NodeId member : reports.get(i).members()) {
                int index = indexOf(member);
                isNews |= index >= 0 && merge(index, index + 1, more, seen, gone);
            }
        }
        return isNews;
    }

    /** Sets what a member has by its own word. */
    void set(NodeId member, Ranges some) {
        int index = indexOf(member);
        if (index >= 0 && index != selfAt) {
            put(index, shared(some));
        }
    }

    /** What a member is known to have, to look at; null if it is none. */
    @Nullable
    Ranges of(NodeId member) {
        int index = indexOf(member);
        return index < 0 ? null : versions[index];
    }

    /** The members that are known here to have more than another thinks, who knows the same members; itself among them. */
    List<NodeId> beyondTallies(List<Tally> theirs) {
        Ranges[] known = new Ranges[members.length];
        Arrays.fill(known, NONE);
        for (int i = 0; i < Math.min(theirs.size(), members.length); i++) {
            Ranges positions = theirs.get(i).positions();
            for (int range = 0; range < positions.size() && positions.first(range) <= members.length; range++) {
                int to = (int) Math.min(positions.last(range), members.length);
                Arrays.fill(
                        known,
                        (int) positions.first(range) - 1,
                        to,
                        theirs.get(i).versions());
            }
        }
        List<NodeId> beyond = new ArrayList<>();
        for (int i = 0; i < members.length; i++) {
            if (versions[i] != known[i] && !known[i].containsAll(versions[i])) {
                beyond.add(members[i]);
            }
        }
        return beyond;
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
        groups.forEach((some, group) -> beyond.add(new Report(some, group, null)));
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
