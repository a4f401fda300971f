package dev.hearsay.core.node;

import dev.hearsay.core.Family;
import dev.hearsay.core.Role;
import dev.hearsay.core.Role.Concern;
import java.util.List;

/**
 * Which parts make up a machine, and the one table made from what they say: who takes what, who remembers it, and who hears what in which order. All machines of a
 * kind share one; a machine itself holds its parts only, each in the slot that it has here.
 */
final class Composition {

    /** No slot: a family is refused. */
    static final int NOBODY = -1;

    private final String name;
    private final List<Role> roles;
    private final List<Family> refused;
    private final boolean isGuarded;
    private final byte[] takers;
    private final byte[][] followers;
    private final byte[][] rememberers;
    private final byte[][] takersBack;
    private final byte[][] listeners;

    /**
     * Makes the table.
     *
     * @param name as it is called in a sentence
     * @param roles of the parts, in the order in which they are started and hear
     * @param refused the families that no part takes
     * @throws IllegalStateException unless one part, and only one, takes each family that is not refused
     */
    Composition(String name, List<Role> roles, List<Family> refused) {
        this.name = name;
        this.roles = roles;
        this.refused = refused;
        this.isGuarded = roles.stream().anyMatch(Role::isGuard);
        Family[] families = Family.values();
        takers = new byte[families.length];
        followers = new byte[families.length][];
        rememberers = new byte[families.length][];
        takersBack = new byte[families.length][];
        listeners = new byte[families.length][];
        for (Family family : families) {
            int i = index(family);
            byte[] taking = slots(family, Concern.TAKES);
            int wanted = family.isTaken() && !refused.contains(family) ? 1 : 0;
            if (taking.length != wanted) {
                throw new IllegalStateException(name + ": " + taking.length + " parts take " + family);
            }
            takers[i] = wanted == 1 ? taking[0] : NOBODY;
            followers[i] = reversed(slots(family, Concern.FOLLOWS));
            rememberers[i] = slots(family, Concern.REMEMBERS);
            takersBack[i] = slots(family, Concern.TAKES_BACK);
            listeners[i] = slots(family, Concern.HEARS, Concern.HEARS_LAST);
        }
    }

    @SuppressWarnings("EnumOrdinal") // a map would be looked into several times for every message of every node
    private static int index(Family family) {
        return family.ordinal();
    }

    private byte[] slots(Family family, Concern... concerns) {
        byte[] slots = new byte[roles.size()];
        int count = 0;
        for (Concern concern : concerns) {
            for (int slot = 0; slot < roles.size(); slot++) {
                if (roles.get(slot).has(concern, family)) {
                    slots[count++] = (byte) slot;
                }
            }
        }
        return first(slots, count);
    }

    private static byte[] first(byte[] slots, int count) {
        byte[] first = new byte[count];
        System.arraycopy(slots, 0, first, 0, count);
        return first;
    }

    private static byte[] reversed(byte[] slots) {
        byte[] reversed = new byte[slots.length];
        for (int i = 0; i < slots.length; i++) {
            reversed[i] = slots[slots.length - 1 - i];
        }
        return reversed;
    }

    List<Role> roles() {
        return roles;
    }

    List<Family> refused() {
        return refused;
    }

    /** Whether the membership is asked before each step and each message. */
    boolean isGuarded() {
        return isGuarded;
    }

    /** Where a part of that role is. */
    int slot(Role role) {
        return roles.indexOf(role);
    }

    /** Whether the part in that slot is made on first use. */
    boolean isLazy(int slot) {
        return roles.get(slot).isLazy();
    }

    /** Whose the messages, timers and commands of a family are; {@link #NOBODY}'s if it is refused. */
    int taker(Family family) {
        return takers[index(family)];
    }

    /** Who acts on them too when that part has, the last of the list first. */
    byte[] followers(Family family) {
        return followers[index(family)];
    }

    byte[] rememberers(Family family) {
        return rememberers[index(family)];
    }

    byte[] takersBack(Family family) {
        return takersBack[index(family)];
    }

    /** Who hears its events, in this order. */
    byte[] listeners(Family family) {
        return listeners[index(family)];
    }

    @Override
    public String toString() {
        return name;
    }
}
