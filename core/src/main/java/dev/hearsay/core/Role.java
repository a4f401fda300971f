package dev.hearsay.core;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What one part of a node has to do with, as the part itself says it. The roles of all parts make the one table of a node. */
public final class Role {

    /** What a part can have to do with a family. */
    public enum Concern {
        /** Its messages, timers and commands are for this part, and for no other. */
        TAKES,
        /** It acts on its messages and timers too, when the part that takes them has. */
        FOLLOWS,
        /** Its facts are handed back to this part after a restart. */
        REMEMBERS,
        /** It is told which of its facts could not be saved. */
        TAKES_BACK,
        /** It hears its events, in the order in which the parts are listed. */
        HEARS,
        /** It hears its events when all others have. */
        HEARS_LAST
    }

    private final String name;
    private final boolean isLazy;
    private boolean isGuard;
    private final Map<Concern, List<Family>> concerns = new EnumMap<>(Concern.class);

    private Role(String name, boolean isLazy) {
        this.name = name;
        this.isLazy = isLazy;
    }

    /** The role of a part that every node has from its start, unless its spec leaves it out. */
    public static Role of(String name) {
        return new Role(name, false);
    }

    /** The role of a part that a node makes when it first has something to do. */
    public static Role onFirstUse(String name) {
        return new Role(name, true);
    }

    public Role takes(Family... families) {
        return with(Concern.TAKES, families);
    }

    public Role follows(Family... families) {
        return with(Concern.FOLLOWS, families);
    }

    public Role remembers(Family... families) {
        return with(Concern.REMEMBERS, families);
    }

    public Role takesBack(Family... families) {
        return with(Concern.TAKES_BACK, families);
    }

    public Role hears(Family... families) {
        return with(Concern.HEARS, families);
    }

    public Role hearsLast(Family... families) {
        return with(Concern.HEARS_LAST, families);
    }

    /** Of the part that is asked before each step, and before each message, of whatever family. */
    public Role guards() {
        isGuard = true;
        return this;
    }

    public boolean isGuard() {
        return isGuard;
    }

    private Role with(Concern concern, Family... families) {
        concerns.computeIfAbsent(concern, any -> new ArrayList<>()).addAll(List.of(families));
        return this;
    }

    /** Whether this part has that to do with that family. */
    public boolean has(Concern concern, Family family) {
        return concerns.getOrDefault(concern, List.of()).contains(family);
    }

    public boolean isLazy() {
        return isLazy;
    }

    @Override
    public String toString() {
        return name;
    }
}
