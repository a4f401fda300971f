package dev.hearsay.sim;

import dev.hearsay.core.Declaration;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces fields of messages, one by one as it is shown them: a chosen one, all, or none. It remembers the values that it is shown, and draws from these
 * and from the extremes as much as at random.
 */
final class FieldFuzzer {

    private static final int ALL = -1;
    private static final int SOME = -2;
    private static final int NONE = Integer.MAX_VALUE;
    private static final int REMEMBERED = 64;
    private static final int COPIES_MAX = 12;
    private static final long[] EXTREMES = {0, 1, -1, 2, Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, 1L << 32};
    private static final int[] SMALL_EXTREMES = {
        0, 1, -1, 2, Integer.MAX_VALUE, Integer.MAX_VALUE - 1, Integer.MIN_VALUE
    };
    private static final String[] WORDS = {"", "key0", "key1", "key2", "a\n\u001b[2J", "=1+1", "x".repeat(300)};

    private final Random64 random;
    private final List<NodeId> names;
    private final @Nullable Signatures own;
    private final List<Object> seen = new ArrayList<>();
    private int replaced = NONE;
    private int shown;

    /**
     * One that has seen nothing yet.
     *
     * @param names everybody's address, and some of nobody
     * @param own the keys of whoever says this; null where nobody signs
     */
    FieldFuzzer(Random64 random, List<NodeId> names, @Nullable Signatures own) {
        this.random = random;
        this.names = names;
        this.own = own;
    }

    /** The same with no field replaced, with one, with some, or with all. */
    <T> T vary(T old, UnaryOperator<T> rewrite) {
        shown = 0;
        replaced = NONE;
        T same = rewrite.apply(old);
        int mode = random.nextInt(4);
        if (mode == 0 || shown == 0) {
            return same;
        }
        replaced = mode == 1 ? ALL : mode == 2 ? SOME : random.nextInt(shown);
        shown = 0;
        try {
            return rewrite.apply(old);
        } catch (IllegalArgumentException e) {
            return same; // There is no such message, so nobody can say it.
        }
    }

    /** Whether it is the turn of the field that is shown now. */
    boolean isReplaced() {
        return replaced == ALL || (replaced == SOME && random.nextInt(3) == 0) || shown++ == replaced;
    }

    private <T> T remembered(T value) {
        if (replaced == NONE) {
            if (seen.size() < REMEMBERED) {
                seen.add(value);
            } else {
                seen.set(random.nextInt(REMEMBERED), value);
            }
        }
        return value;
    }

    /** One of the kind that was seen; the old one if none was. */
    private <T> T again(Class<T> kind, T old) {
        if (seen.isEmpty()) {
            return old;
        }
        int from = random.nextInt(seen.size());
        for (int i = 0; i < seen.size(); i++) {
            Object value = seen.get((from + i) % seen.size());
            if (kind.isInstance(value)) {
                return kind.cast(value);
            }
        }
        return old;
    }

    boolean coin() {
        return random.nextInt(2) == 0;
    }

    boolean flag(boolean old) {
        return isReplaced() ? (replaced == ALL ? coin() : !old) : old;
    }

    long number(long old) {
        remembered(old);
        if (!isReplaced()) {
            return old;
        }
        return switch (random.nextInt(5)) {
            case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
            case 1 -> old + (coin() ? 1 : -1);
            case 2 -> again(Long.class, old);
            case 3 -> old + random.nextInt(100);
            default -> random.nextLong() >>> random.nextInt(Long.SIZE);
        };
    }

    int small(int old) {
        if (!isReplaced()) {
            return old;
        }
        return switch (random.nextInt(3)) {
            case 0 -> SMALL_EXTREMES[random.nextInt(SMALL_EXTREMES.length)];
            case 1 -> old + 1;
            default -> random.nextInt(200);
        };
    }

    NodeId node(NodeId old) {
        return isReplaced() ? names.get(random.nextInt(names.size())) : old;
    }

    String text(String old) {
        remembered(old);
        if (!isReplaced()) {
            return old;
        }
        return coin() ? WORDS[random.nextInt(WORDS.length)] : again(String.class, old);
    }

    byte[] bytes(byte[] old) {
        if (!isReplaced()) {
            return old;
        }
        byte[] drawn = new byte[random.nextInt(80)];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (byte) random.nextLong();
        }
        return drawn;
    }

    PublicKey key(PublicKey old) {
        remembered(old);
        if (!isReplaced()) {
            return old;
        }
        return own != null && coin() ? own.publicKey() : again(PublicKey.class, old);
    }

    /** Its own of this content, somebody's of something else, nobody's, or none. */
    @Nullable
    Signature signature(@Nullable Signature old, byte[] content) {
        if (old != null) {
            remembered(old);
        }
        if (!isReplaced()) {
            return old;
        }
        Signature nobodys = Signature.of(new byte[Signature.BYTES]);
        return switch (random.nextInt(5)) {
            case 0 -> null;
            case 1, 2 -> own == null ? nobodys : own.sign(content);
            case 3 -> again(Signature.class, nobodys);
            default -> nobodys;
        };
    }

    /** Signed with its own key. */
    Declaration declared(Statement registration, long number, List<NodeId> neighbours, Signature otherwise) {
        return own == null
                ? new Declaration(registration, number, neighbours, otherwise)
                : Declaration.of(own, registration, number, neighbours);
    }

    Ranges ranges(Ranges old) {
        if (!isReplaced()) {
            return old;
        }
        Ranges ranges = random.nextInt(3) == 0 ? new Ranges() : old.copy();
        for (int i = random.nextInt(4); i > 0; i--) {
            long first = drawnFrom(old);
            long last = coin() ? first : drawnFrom(old);
            ranges.add(Math.min(first, last), Math.max(first, last));
        }
        return ranges;
    }

    private long drawnFrom(Ranges old) {
        return switch (random.nextInt(5)) {
            case 0 -> 1;
            case 1 -> Long.MAX_VALUE - random.nextInt(2);
            case 2 -> Math.max(1, old.max() + (old.max() < Long.MAX_VALUE ? 1 : 0));
            case 3 -> 1 + random.nextInt(20);
            default -> 1 + (random.nextLong() >>> (1 + random.nextInt(Long.SIZE - 1)));
        };
    }

    /** Each element by itself; and the list: without some, with some twice, or many times. */
    <T> List<T> list(List<T> old, UnaryOperator<T> rewrite) {
        boolean isOther = isReplaced();
        List<T> elements = new ArrayList<>();
        for (T element : old) {
            T rewritten = rewrite.apply(element);
            int copies = isOther ? Math.max(0, random.nextInt(COPIES_MAX) - COPIES_MAX / 3) : 1;
            elements.add(rewritten);
            for (int i = 1; i < copies; i++) {
                elements.add(rewrite.apply(element));
            }
            if (copies == 0) {
                elements.removeLast();
            }
        }
        return elements;
    }

    /** As a list of names, to which some are added. */
    List<NodeId> nodes(List<NodeId> old) {
        boolean isOther = isReplaced();
        List<NodeId> nodes = new ArrayList<>();
        for (NodeId node : old) {
            if (!isOther || coin()) {
                nodes.add(node(node));
            }
        }
        for (int i = isOther ? random.nextInt(COPIES_MAX) : 0; i > 0; i--) {
            nodes.add(names.get(random.nextInt(names.size())));
        }
        return nodes;
    }
}
