package dev.hearsay.live.recording;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;
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
public final class NodeJournal {

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
    record Outside(Event event) {}

    /** Some entries in a row; once there is a later piece, it does not change. */
    static final class Piece {
        final long first;
        final @Nullable Object[] things;
        final long[] numbers;
        long bytes;
        int inputs;
        long latestMicros;

        Piece(long first, int entries) {
            this.first = first;
            this.things = new Object[entries];
            this.numbers = new long[entries];
        }
    }

    /**
     * What is in the journal.
     *
     * @param beginning what it remembered only if nothing is missing
     * @param first the number of the first entry that is there
     * @param end one more than that of the last of a step that is over; less than the first if all that is left is of a step that is not
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
    private Piece piece;
    private final long unused;
    private long next;
    private volatile long end;
    private long droppedMicros;
    private boolean isStepping;
    private @Nullable Message counted;
    private final ArrayDeque<Late> late = new ArrayDeque<>(0);
    private @Nullable Effects outer;
    private final Effects journalling = new Journalling();

    /**
     * Of a life that is about to begin.
     *
     * @param first the number of its first entry: 0, or more if something is missing from the beginning
     */
    NodeJournal(Recorder recorder, Beginning beginning, long first) {
        this.recorder = recorder;
        this.beginning = beginning;
        this.next = first;
        this.unused = first;
        this.piece = new Piece(first, recorder.pieceEntries());
        pieces.add(piece);
    }

    // --- On the node's thread ----------------------------------------------------------------------------------------

    /** What the node is given of the outside, with every answer written down. */
    public Context context(Context outside) {
        return new JournalledContext(outside);
    }

    /**
     * Lets the node step, and writes that down.
     *
     * @param atMicros the wall clock, since 1970
     * @param effects carry out what the node wants
     */
    public void step(Machine machine, long nowNanos, long atMicros, Input input, Effects effects) {
        put(input, nowNanos);
        piece.inputs++;
        piece.bytes += Sizes.of(input);
        put(Mark.MOMENT, atMicros);
        piece.latestMicros = Math.max(piece.latestMicros, atMicros);
        outer = effects;
        isStepping = true;
        try {
            machine.step(nowNanos, input, journalling);
        } catch (RuntimeException | StackOverflowError e) {
            put(Mark.FAILED, 0);
            throw e;
        } finally {
            isStepping = false;
            while (!late.isEmpty()) {
                Late told = late.removeFirst();
                putOutside(told.atMicros, told.event);
            }
            over();
        }
    }

    /** Writes down what the driver tells by itself; after the step if it tells that while the node steps, as when a queue is full. */
    public void outside(long atMicros, Event event) {
        if (isStepping) {
            late.addLast(new Late(atMicros, event));
        } else {
            putOutside(atMicros, event);
            over();
        }
    }

    private record Late(long atMicros, Event event) {}

    /** The life is over; its journal is among the first that make room. Of one that never began nothing is left. */
    public void end() {
        if (next == unused) {
            recorder.withdrawn(this);
        } else {
            turn(0);
            recorder.ended(this);
        }
    }

    private void putOutside(long atMicros, Event event) {
        put(new Outside(event), atMicros);
        piece.bytes += Sizes.of(event);
        piece.latestMicros = Math.max(piece.latestMicros, atMicros);
    }

    /** A step is over: it may be read, and what has come together is counted once it is enough. */
    private void over() {
        counted = null;
        end = next;
        if (piece.bytes > recorder.pieceBytes() || next - piece.first >= recorder.pieceEntries()) {
            turn(recorder.pieceEntries());
        }
    }

    private void put(Object thing, long number) {
        int slot = (int) (next - piece.first);
        if (slot == piece.things.length) {
            turn(recorder.pieceEntries());
            slot = 0;
        }
        piece.things[slot] = thing;
        piece.numbers[slot] = number;
        next++;
    }

    private void turn(int entries) {
        Piece full = piece;
        piece = new Piece(next, entries);
        // A piece counts all that it refers to, for those before it may go.
        counted = null;
        synchronized (this) {
            pieces.addLast(piece);
        }
        recorder.filled(this, next - full.first, full.bytes);
    }

    private final class Journalling implements Effects {
        @Override
        public void send(NodeId to, Message message) {
            put(to, 0);
            put(message, 0);
            // What goes to many is one object.
            if (counted != message) {
                counted = message;
                piece.bytes += Sizes.of(message);
            }
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
        public void tell(Event event) {
            put(event, 0);
            piece.bytes += Sizes.of(event);
            outer().tell(event);
        }

        private Effects outer() {
            Effects current = outer;
            if (current == null) {
                throw new IllegalStateException("a node wants something before its first step");
            }
            return current;
        }
    }

    private final class JournalledContext implements Context, Signatures {
        private final Context outside;

        JournalledContext(Context outside) {
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

    /** What is in the journal at this moment. */
    synchronized Content content() {
        return new Content(beginning, List.copyOf(pieces), pieces.getFirst().first, end);
    }

    /** How much of the life is there. */
    Kept kept() {
        Content content;
        long goneMicros;
        synchronized (this) {
            content = content();
            goneMicros = droppedMicros;
        }
        long inputs = 0;
        for (Piece some : content.pieces) {
            inputs += some.inputs;
        }
        long entry = content.first;
        while (entry < content.end && !(content.thing(entry) instanceof Input)) {
            entry++;
        }
        boolean isWhole = content.first == 0;
        if (entry >= content.end) {
            return new Kept(0, 0, 1, isWhole ? 1 : 0, 0, 0, isWhole ? 0 : goneMicros + 1, 0, 0);
        }
        long sinceMicros = content.number(entry + 1);
        return new Kept(0, 0, 1, isWhole ? 1 : 0, inputs, sinceMicros, isWhole ? 0 : sinceMicros, 0, 0);
    }

    NodeId node() {
        return beginning.address();
    }

    /** How much it remembered at its beginning, as far as that is kept. */
    synchronized long rememberedBytes() {
        return Sizes.of(beginning.remembered());
    }

    /** Whether nothing is left but the piece that is being written; a life that is over writes nothing into that. */
    synchronized boolean isSpent() {
        return pieces.size() == 1;
    }

    /** The moment of the last that was dropped, since 1970; 0 if nothing was. */
    synchronized long droppedMicros() {
        return droppedMicros;
    }

    /** Drops the oldest piece; null if none is left but the one that is being written. */
    synchronized @Nullable Dropped dropOldest() {
        if (isSpent()) {
            return null;
        }
        Piece oldest = pieces.removeFirst();
        long bytes = oldest.bytes;
        if (oldest.first == 0) {
            bytes += rememberedBytes();
            beginning = beginning.forgotten();
        }
        droppedMicros = Math.max(droppedMicros, oldest.latestMicros);
        return new Dropped(pieces.getFirst().first - oldest.first, bytes);
    }

    /** What was gained by dropping. */
    record Dropped(long entries, long bytes) {}
}
