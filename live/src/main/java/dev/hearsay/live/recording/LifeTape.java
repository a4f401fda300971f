package dev.hearsay.live.recording;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Timer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One life of a node as it happens: entries in a row, each a reference to what is there anyway and a number. A step is its input, the moment, and what came of it.
 * Written by the node's thread alone; read by any, up to the last step that is over.
 */
public final class LifeTape {

    /** Entries that are numbers only, or nothing but themselves. */
    enum Mark {
        /** The wall clock at the step that has just begun. */
        MOMENT,
        /** What the wall clock showed to the node. */
        WALL,
        /** The step ended with an exception. */
        FAILED
    }

    /** Told not by the node but by its driver, between steps. */
    record Outside(Signal signal) {}

    private static final int PIECE_ENTRIES = 512;

    /** Some entries in a row; once there is a later piece, it does not change. */
    static final class Piece {
        final long first;
        final @Nullable Object[] things = new Object[PIECE_ENTRIES];
        final long[] numbers = new long[PIECE_ENTRIES];
        long bytes;
        int inputs;

        Piece(long first) {
            this.first = first;
        }
    }

    /**
     * What is on the tape.
     *
     * @param beginning what it remembered only if nothing is missing
     * @param first the number of the first entry that is there
     * @param end one more than that of the last
     */
    record Content(Beginning beginning, List<Piece> pieces, long first, long end) {
        @Nullable
        Object thing(long entry) {
            Piece piece = piece(entry);
            return piece.things[(int) (entry - piece.first)];
        }

        long number(long entry) {
            Piece piece = piece(entry);
            return piece.numbers[(int) (entry - piece.first)];
        }

        /** Pieces may be shorter than they could be, so the one is searched for. */
        private Piece piece(long entry) {
            int low = 0;
            int high = pieces.size() - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (pieces.get(middle).first <= entry) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return pieces.get(low);
        }
    }

    private final Recorder recorder;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>(2);
    private Beginning beginning;
    private Piece piece = new Piece(0);
    private long next;
    private volatile long end;
    private boolean isStepping;
    private final ArrayDeque<Late> late = new ArrayDeque<>(0);
    private @Nullable Effects outer;
    private final Effects taping = new Taping();

    LifeTape(Recorder recorder, Beginning beginning) {
        this.recorder = recorder;
        this.beginning = beginning;
        pieces.add(piece);
    }

    // --- On the node's thread ----------------------------------------------------------------------------------------

    /** What the node is given of the outside, with every answer taped. */
    public Context context(Context outside) {
        return new TapedContext(outside);
    }

    /**
     * Lets the node step, and tapes it.
     *
     * @param atMicros the wall clock, since 1970
     * @param effects carry out what the node wants
     */
    public void step(Machine machine, long nowNanos, long atMicros, Input input, Effects effects) {
        if (piece.bytes > recorder.pieceBytes()) {
            turn();
        }
        put(input, nowNanos);
        piece.inputs++;
        piece.bytes += Sizes.of(input);
        put(Mark.MOMENT, atMicros);
        outer = effects;
        isStepping = true;
        try {
            machine.step(nowNanos, input, taping);
        } catch (RuntimeException e) {
            put(Mark.FAILED, 0);
            throw e;
        } finally {
            isStepping = false;
            while (!late.isEmpty()) {
                Late told = late.removeFirst();
                put(new Outside(told.signal), told.atMicros);
            }
            end = next;
        }
    }

    /** Tapes what the driver tells by itself; after the step if it tells that while the node steps, as when a queue is full. */
    public void outside(long atMicros, Signal signal) {
        if (isStepping) {
            late.addLast(new Late(atMicros, signal));
        } else {
            put(new Outside(signal), atMicros);
            end = next;
        }
    }

    private record Late(long atMicros, Signal signal) {}

    /** The life is over; its tape is among the first that make room. */
    public void end() {
        recorder.ended(this);
    }

    private void put(Object thing, long number) {
        int slot = (int) (next - piece.first);
        if (slot == PIECE_ENTRIES) {
            turn();
            slot = 0;
        }
        piece.things[slot] = thing;
        piece.numbers[slot] = number;
        next++;
    }

    private void turn() {
        Piece full = piece;
        piece = new Piece(next);
        synchronized (this) {
            pieces.addLast(piece);
        }
        recorder.filled(this, next - full.first, full.bytes);
    }

    private final class Taping implements Effects {
        @Override
        public void send(NodeId to, Message message) {
            put(to, 0);
            put(message, 0);
            outer().send(to, message);
        }

        @Override
        public void after(long delayNanos, Timer timer) {
            outer().after(delayNanos, timer);
        }

        @Override
        public void save(Fact fact) {
            outer().save(fact);
        }

        @Override
        public void tell(Signal signal) {
            put(signal, 0);
            outer().tell(signal);
        }

        private Effects outer() {
            Effects current = outer;
            if (current == null) {
                throw new IllegalStateException("a node wants something before its first step");
            }
            return current;
        }
    }

    private final class TapedContext implements Context, Signatures {
        private final Context outside;

        TapedContext(Context outside) {
            this.outside = outside;
        }

        @Override
        public Random64 random() {
            return outside.random();
        }

        @Override
        public Sha256 sha256() {
            return outside.sha256();
        }

        @Override
        public Signatures signatures() {
            return this;
        }

        @Override
        public long wallMicros() {
            long micros = outside.wallMicros();
            put(Mark.WALL, micros);
            return micros;
        }

        @Override
        public PublicKey publicKey() {
            return outside.signatures().publicKey();
        }

        @Override
        public Signature sign(byte[] content) {
            Signature signature = outside.signatures().sign(content);
            put(signature, 0);
            return signature;
        }

        @Override
        public boolean isValid(PublicKey signer, byte[] content, Signature signature) {
            boolean isValid = outside.signatures().isValid(signer, content, signature);
            put(isValid, 0);
            return isValid;
        }
    }

    // --- On any thread -----------------------------------------------------------------------------------------------

    /** What is on the tape at this moment. */
    synchronized Content content() {
        return new Content(beginning, List.copyOf(pieces), pieces.getFirst().first, end);
    }

    /** How much of the life is there. */
    Kept kept() {
        Content content = content();
        long inputs = 0;
        for (Piece some : content.pieces) {
            inputs += some.inputs;
        }
        long entry = content.first;
        while (entry < content.end && !(content.thing(entry) instanceof Input)) {
            entry++;
        }
        boolean isWhole = content.first == 0;
        if (entry == content.end) {
            return new Kept(0, 0, 1, isWhole ? 1 : 0, 0, 0, 0);
        }
        long sinceMicros = content.number(entry + 1);
        return new Kept(0, 0, 1, isWhole ? 1 : 0, inputs, sinceMicros, isWhole ? 0 : sinceMicros);
    }

    NodeId node() {
        return beginning.address();
    }

    /** Drops the oldest piece; null if none is left but the one that is being written. */
    synchronized @Nullable Dropped dropOldest() {
        if (pieces.size() == 1) {
            return null;
        }
        Piece oldest = pieces.removeFirst();
        long bytes = oldest.bytes;
        if (oldest.first == 0) {
            bytes += Sizes.of(beginning.remembered());
            beginning = beginning.forgotten();
        }
        return new Dropped(pieces.getFirst().first - oldest.first, bytes);
    }

    /** What was gained by dropping. */
    record Dropped(long entries, long bytes) {}
}
