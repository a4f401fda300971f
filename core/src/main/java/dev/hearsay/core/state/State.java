package dev.hearsay.core.state;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Bulky;
import dev.hearsay.core.Command;
import dev.hearsay.core.Context;
import dev.hearsay.core.Draw;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Family;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.Role;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.StateProtocol.Stamped;
import dev.hearsay.core.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Key/value state. Of two entries of one key the one with the later {@linkplain dev.hearsay.core.Stamp stamp} wins, so that nodes may exchange entries in any order, any number of
 * times, and come to have the same. What is written goes to some neighbours at once; whatever that misses, comparisons of hashes per bucket of keys find.
 *
 * <p>A deletion is an entry, too, kept for as long as retention says since this node has learnt of it: a node that was away for longer may bring back what was
 * deleted. From when it is so old by its stamp, which a clock that is slow may say at once, it is left out of comparisons and shown to whoever has an earlier value:
 * where the value was never known nothing is missing, and what one node remembers for longer than another makes no difference.
 */
public final class State implements Part {

    public static final Role ROLE =
            Role.onFirstUse("state").takes(Family.STATE).remembers(Family.STATE).takesBack(Family.STATE);

    /**
     * What fits.
     *
     * @param keyBytesMax of a key in UTF-8
     * @param valueBytesMax of a value
     * @param keysMax deletions included; what other nodes have accepted is taken beyond that, up to twice as many
     * @param deletionMicros how long a deletion is remembered
     * @param fanout to how many neighbours an entry is passed on, at random where there are more
     * @param clockSkewMicros how far the clock of another may be ahead of this node's; what was written later than that is not taken
     */
    public record Settings(
            int keyBytesMax, int valueBytesMax, int keysMax, long deletionMicros, int fanout, long clockSkewMicros) {
        private static final long DAY_MICROS = 86_400_000_000L;

        /** 512 bytes, 64 KiB, 10,000 keys, a day, 8 neighbours, 5 minutes. */
        public static final Settings DEFAULT = new Settings(512, 64 << 10, 10_000, DAY_MICROS, 8, 300_000_000L);

        public Settings {
            if (keyBytesMax < 1 || valueBytesMax < 0 || keysMax < 1 || deletionMicros < 1 || fanout < 1) {
                throw new IllegalArgumentException("the limits of the state must allow for one key");
            }
            if (clockSkewMicros < 0) {
                throw new IllegalArgumentException("the limit of the clocks' difference must not be negative");
            }
        }

        /** The same with another limit of the clocks' difference. */
        public Settings withClockSkew(long micros) {
            return new Settings(keyBytesMax, valueBytesMax, keysMax, deletionMicros, fanout, micros);
        }

        /** Why there can be no such entry, the beginning of a sentence; null if there can. */
        public @Nullable String objection(String key, int valueBytes) {
            if (key.isEmpty()) {
                return "the key is empty";
            }
            long bytes = 0;
            for (int i = 0; i < key.length(); i += Character.charCount(key.codePointAt(i))) {
                int c = key.codePointAt(i);
                if (c < ' ' || c == '\u007f') {
                    return "the key has a control character in it";
                }
                if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                    return "the key has half a surrogate pair in it";
                }
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            }
            if (bytes > keyBytesMax) {
                return "the key has " + bytes + " bytes; the limit is " + keyBytesMax;
            }
            return valueBytes <= valueBytesMax
                    ? null
                    : "the value has " + valueBytes + " bytes; the limit is " + valueBytesMax;
        }
    }

    private static final long NANOS_PER_MICRO = 1_000;

    /** So begins the reason why a write is refused that would come before what it is to replace. */
    public static final String CLOCK_IS_BEHIND = "this node's clock is behind";

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final View view;
    private final HybridClock clock;
    private final ClockSkewFilter ahead;
    private final EntryTable table;
    private final OwnStamps own;
    private final UndoneWrites undone = new UndoneWrites();

    /** Tells the listener what all but large values takes of memory, in bytes, whenever it changes. */
    public State(Settings settings, NodeId self, Context context, View view, LongConsumer overheadListener) {
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.view = view;
        this.table = new EntryTable(overheadListener);
        this.own = new OwnStamps(self);
        this.clock = new HybridClock(self, context, settings.clockSkewMicros);
        this.ahead = new ClockSkewFilter(clock, settings.clockSkewMicros);
    }

    // --- To look at --------------------------------------------------------------------------------------------------

    /** All entries by key, deletions included. */
    public Collection<Entry> entries() {
        return table.all();
    }

    /** How many keys there are, deleted ones not included. */
    public int keys() {
        return table.keys();
    }

    /** About how many bytes of memory are taken by all but large values. */
    public long overheadBytes() {
        return table.overheadBytes();
    }

    /** Who is to hear of large values; once, and of all that are here already. */
    public void listen(Bulky.Listener listener) {
        table.listen(listener);
    }

    /** Leaves the value of an entry to the store, if it is still the one of its key. */
    public void putAway(Entry entry) {
        table.putAway(entry);
    }

    /** How often an entry of another was not taken, or not asked for, because the clock of its writer is too far ahead of this node's. */
    public long entriesAhead() {
        return ahead.count();
    }

    /** The entry of a key; null if there is none, or it was deleted. */
    public @Nullable Entry find(String key) {
        Entry entry = table.find(key);
        return entry == null || entry.isDeletion() ? null : entry;
    }

    public Settings settings() {
        return settings;
    }

    /** Equal at two nodes that have the same entries; 0 if there is nothing. */
    public long hash() {
        return table.hash();
    }

    // --- What is written here ----------------------------------------------------------------------------------------

    /** It has a memory of earlier lives. */
    @Override
    public void resume() {
        own.resume();
    }

    /** Takes in what was saved in an earlier life. */
    public void remember(long nowNanos, StateProtocol.Learnt learnt) {
        Entry entry = learnt.entry();
        own.remember(entry.stamp());
        Entry known = table.find(entry.key());
        if (known == null || isAfter(entry.stamp(), known)) {
            long ageNanos = entry.isDeletion() ? NANOS_PER_MICRO * ageMicros(learnt) : 0;
            replace(nowNanos - ageNanos, entry.key(), entry);
        }
    }

    /** If the clock was set back since, the time begins again. */
    private long ageMicros(StateProtocol.Learnt learnt) {
        long learntMicros = learnt.learntMicros();
        return Math.max(
                0,
                clock.wallMicros() - (learntMicros == 0 ? learnt.entry().stamp().micros() : learntMicros));
    }

    /** Leaves out a deletion that an earlier life has dropped. */
    public void remember(StateProtocol.Dropped dropped) {
        table.replace(0, dropped.key(), null);
    }

    @Override
    public Role role() {
        return ROLE;
    }

    @Override
    public void remember(long nowNanos, Fact fact, Effects effects) {
        switch ((StateProtocol.Facts) fact) {
            case StateProtocol.Wrote wrote -> remember(nowNanos, new StateProtocol.Learnt(wrote.entry()));
            case StateProtocol.Learnt learnt -> remember(nowNanos, learnt);
            case StateProtocol.Dropped dropped -> remember(dropped);
        }
    }

    @Override
    public void takeBack(long nowNanos, Fact fact, Effects effects) {
        if (fact instanceof StateProtocol.Wrote(Entry entry, Entry previous)) {
            takeBack(nowNanos, entry, previous, effects);
        }
    }

    @Override
    public void ask(long nowNanos, Command command, Effects effects) {
        switch ((Command.OfState) command) {
            case Command.Put(String key, byte[] value) -> put(nowNanos, key, value, effects);
            case Command.Delete(String key) -> {
                if (find(key) == null) {
                    effects.tell(new Lifecycle.Refused("there is no key '" + brief(key) + "' to delete"));
                } else {
                    write(nowNanos, key, null, effects);
                }
            }
        }
    }

    @Override
    public void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        switch ((StateProtocol.Messages) message) {
            case StateProtocol.StateBuckets(List<Long> theirs) -> {
                long differing = table.differing(theirs);
                if (differing != 0) {
                    effects.send(from, table.page(differing, EntryBatch.BYTES_MAX));
                }
            }
            case StateProtocol.StateDigest digest -> {
                settle(from, digest, effects);
                ahead.say(nowNanos, from, effects);
            }
            case StateProtocol.Entries received -> {
                take(nowNanos, from, received, effects);
                ahead.say(nowNanos, from, effects);
            }
        }
    }

    private void put(long nowNanos, String key, byte[] value, Effects effects) {
        String objection = settings.objection(key, value.length);
        if (objection == null && table.find(key) == null && table.size() >= settings.keysMax) {
            objection = "there are " + table.size() + " keys, deleted ones of the last day included; the limit is "
                    + settings.keysMax;
        }
        if (objection != null) {
            effects.tell(new Lifecycle.Refused(objection));
        } else {
            write(nowNanos, key, value, effects);
        }
    }

    private void write(long nowNanos, String key, byte @Nullable [] value, Effects effects) {
        Entry known = table.find(key);
        if (known != null) {
            if (clock.isSetBackSince(known.stamp())) {
                // To others, who believe what was there, this would be the earlier one.
                effects.tell(new Lifecycle.Refused(CLOCK_IS_BEHIND + ", by "
                        + ClockSkewFilter.span(known.stamp().micros() - clock.wallMicros()) + ", for what '"
                        + brief(key)
                        + "' is was written later than now; set the clock, or write at another node"));
                return;
            }
            // It may have been too far ahead of this node's clock when it came, and no longer is.
            clock.observe(known.stamp());
        }
        Entry entry = new Entry(key, value, clock.next());
        own.write(entry.stamp());
        effects.save(new StateProtocol.Wrote(entry, known));
        replace(nowNanos, key, entry);
        effects.tell(new StateProtocol.Written(key, entry.stamp(), entry.isDeletion()));
        passOn(self, List.of(entry), effects);
    }

    /** Nobody else has seen it, so what was before may be put back, unless something later has come. */
    private void takeBack(long nowNanos, Entry entry, @Nullable Entry previous, Effects effects) {
        Entry before = undone.before(entry.key(), previous);
        if (entry.equals(table.find(entry.key()))) {
            replace(nowNanos, entry.key(), before);
        } else {
            undone.add(entry, before);
        }
        effects.tell(new Lifecycle.Refused("'" + brief(entry.key()) + "' could not be made durable and is as before"));
    }

    // --- What comes from others --------------------------------------------------------------------------------------

    /** Answers a page of what a partner has. What it says beyond the keys that can be is not looked at. */
    private void settle(NodeId from, StateProtocol.StateDigest digest, Effects effects) {
        Map<String, Stamped> theirs = new HashMap<>();
        List<String> wants = new ArrayList<>();
        long bytes = 0;
        for (Stamped stamped :
                digest.entries().subList(0, Math.min(digest.entries().size(), 2 * settings.keysMax))) {
            theirs.put(stamped.key(), stamped);
            Entry mine = table.find(stamped.key());
            // What would be refused must not take the place of what is not.
            boolean isLater =
                    mine == null ? refusal(stamped.key(), 0, wants.size()) == null : isAfter(stamped.stamp(), mine);
            if (isLater && bytes < EntryBatch.BYTES_MAX && !ahead.isAhead(stamped.stamp())) {
                wants.add(stamped.key());
                bytes += EntryTable.ENTRY_BYTES + stamped.key().length();
            }
        }
        EntryBatch later = new EntryBatch();
        for (Entry entry : table.within(digest)) {
            Stamped other = theirs.get(entry.key());
            if ((other == null ? !table.isHidden(entry) : entry.stamp().isAfter(other.stamp()))
                    && EntryTable.isIn(digest.buckets(), entry.key())
                    && !later.add(entry)) {
                break;
            }
        }
        later.send(from, wants, effects);
    }

    private void take(long nowNanos, NodeId from, StateProtocol.Entries received, Effects effects) {
        List<Entry> accepted = new ArrayList<>();
        EntryBatch wanted = new EntryBatch();
        String refusal = null;
        int refused = 0;
        for (Entry entry : received.entries()) {
            Entry known = table.find(entry.key());
            if (known != null && table.isHidden(known) && known.stamp().isAfter(entry.stamp())) {
                wanted.add(known);
            }
            if (!isNews(entry, known) || ahead.isAhead(entry.stamp())) {
                continue;
            }
            String objection = objection(entry);
            if (objection == null) {
                accept(nowNanos, from, entry, effects);
                accepted.add(entry);
            } else {
                refusal = refusal == null ? objection : refusal;
                refused++;
            }
        }
        long lost = own.lose(
                accepted.stream().filter(entry -> own.isLost(entry.stamp())).count());
        if (lost > 0) {
            effects.tell(new AntiEntropyProtocol.OwnLost(from, 0, lost));
        }
        if (refusal != null) {
            effects.tell(new Lifecycle.Refused("an entry from " + from + ": " + refusal
                    + (refused == 1 ? "" : "; and " + (refused - 1) + " more")));
        }
        passOn(from, accepted, effects);
        for (String key : received.wants()) {
            Entry entry = table.find(key);
            if (entry != null && !wanted.add(entry)) {
                break;
            }
        }
        wanted.send(from, List.of(), effects);
        if (received.more() && !accepted.isEmpty()) {
            compare(from, effects);
        }
    }

    private @Nullable String objection(Entry entry) {
        return entry.isAway() ? "its value is missing" : refusal(entry.key(), Math.max(0, entry.size()), 0);
    }

    private @Nullable String refusal(String key, int valueBytes, int coming) {
        String objection = settings.objection(key, valueBytes);
        if (objection == null && table.size() + coming >= 2 * settings.keysMax && table.find(key) == null) {
            objection = "there are " + table.size() + " keys, twice the limit";
        }
        return objection;
    }

    private void accept(long nowNanos, NodeId from, Entry entry, Effects effects) {
        replace(nowNanos, entry.key(), entry);
        effects.save(new StateProtocol.Learnt(entry, entry.isDeletion() ? clock.wallMicros() : 0));
        effects.tell(new StateProtocol.EntryReceived(entry.key(), entry.stamp(), entry.isDeletion(), from));
    }

    private void passOn(NodeId from, List<Entry> written, Effects effects) {
        if (!written.isEmpty()) {
            Message message = new StateProtocol.Entries(written, List.of(), false);
            for (NodeId neighbour : Draw.some(view.neighbours(), from, settings.fanout, context.random())) {
                effects.send(neighbour, message);
            }
        }
    }

    // --- What there is -----------------------------------------------------------------------------------------------

    private void replace(long nowNanos, String key, @Nullable Entry entry) {
        table.replace(nowNanos, key, entry);
        if (entry != null) {
            clock.observe(entry.stamp());
            if (isOver(entry)) {
                table.hide(entry);
            }
        }
    }

    private boolean isNews(Entry entry, @Nullable Entry known) {
        return known == null ? !isOver(entry) : isAfter(entry.stamp(), known);
    }

    /** Whatever this node's own clock has since proved wrong, or an earlier life has believed, gives way to anything that can be believed. */
    private boolean isAfter(Stamp stamp, Entry known) {
        return stamp.isAfter(known.stamp()) || (clock.isAhead(known.stamp()) && !clock.isAhead(stamp));
    }

    /** By its stamp and this node's own clock, on which nobody else has any influence. */
    private boolean isOver(Entry entry) {
        return entry.isDeletion() && clock.wallMicros() - entry.stamp().micros() > settings.deletionMicros;
    }

    private static String brief(String key) {
        return key.length() <= 64 ? key : key.substring(0, 64) + "…";
    }

    /** Leaves the deletions that are old by their stamp out of comparisons, and drops those that this node has known for so long, too. */
    public void forget(long nowNanos, Effects effects) {
        if (table.keys() < table.size()) {
            for (Entry entry : table.deletions(this::isOver)) {
                if (nowNanos - table.learntNanos(entry) > settings.deletionMicros * NANOS_PER_MICRO) {
                    table.replace(nowNanos, entry.key(), null);
                    effects.save(new StateProtocol.Dropped(entry.key()));
                } else {
                    table.hide(entry);
                }
            }
        }
    }

    /** Opens a comparison in detail. */
    public void compare(NodeId partner, Effects effects) {
        effects.send(partner, new StateProtocol.StateBuckets(table.hashes()));
    }
}
