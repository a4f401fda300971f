package dev.hearsay.sim;

/**
 * Something that goes wrong, at a time of the simulation. On the command line a fault is an option named after its kind,
 * with the value {@code VICTIMS@TIME[+FOR][:DETAIL]}, for example {@code --crash 5%@200ms+1s:no-disk}.
 */
public sealed interface Fault {

    Victims victims();

    /** When it strikes, in nanoseconds of the simulation. */
    long atNanos();

    /** How long it lasts, in nanoseconds; 0 for good. */
    long forNanos();

    /** The name of the option that asks for it, without dashes. */
    String option();

    /**
     * Nodes stop at once, in the middle of whatever they do. After a time they start again, remembering what they saved, as far as their disks have kept it.
     */
    record Crash(Victims victims, long atNanos, long forNanos, DiskLoss loss) implements Fault {
        public Crash {
            check(atNanos, forNanos, false);
        }

        @Override
        public String option() {
            return "crash";
        }

        @Override
        public String toString() {
            return text(this) + (loss == DiskLoss.NONE ? "" : ":" + loss);
        }
    }

    /** Nodes say goodbye to their neighbours and stop in good order. After a time they start again, from their disk. */
    record Leave(Victims victims, long atNanos, long forNanos) implements Fault {
        public Leave {
            check(atNanos, forNanos, false);
        }

        @Override
        public String option() {
            return "leave";
        }

        @Override
        public String toString() {
            return text(this);
        }
    }

    /** Nodes stand still for a time and then find all that has come in meanwhile, their own late timers included. */
    record Pause(Victims victims, long atNanos, long forNanos) implements Fault {
        public Pause {
            check(atNanos, forNanos, true);
        }

        @Override
        public String option() {
            return "pause";
        }

        @Override
        public String toString() {
            return text(this);
        }
    }

    /** Nodes take each input later by this much. */
    record Slow(Victims victims, long atNanos, long forNanos, long byNanos) implements Fault {
        public Slow {
            check(atNanos, forNanos, false);
            if (byNanos < 1) {
                throw new IllegalArgumentException("a slow node must be slow by some time");
            }
        }

        @Override
        public String option() {
            return "slow";
        }

        @Override
        public String toString() {
            return text(this) + ":" + Durations.text(byNanos);
        }
    }

    /** Nothing passes between the victims and the others. */
    record Partition(Victims victims, long atNanos, long forNanos) implements Fault {
        public Partition {
            check(atNanos, forNanos, false);
        }

        @Override
        public String option() {
            return "partition";
        }

        @Override
        public String toString() {
            return text(this);
        }
    }

    /** Nothing passes from the victims to the others, while they go on hearing the others: a one-way cut. */
    record Cut(Victims victims, long atNanos, long forNanos) implements Fault {
        public Cut {
            check(atNanos, forNanos, false);
        }

        @Override
        public String option() {
            return "cut";
        }

        @Override
        public String toString() {
            return text(this);
        }
    }

    /** The wall clocks of the victims jump, each by a time of its own up to this much, forward or back. */
    record Skew(Victims victims, long atNanos, long byNanos) implements Fault {
        public Skew {
            check(atNanos, 0, false);
            if (byNanos < 1) {
                throw new IllegalArgumentException("a skewed clock must be off by some time");
            }
        }

        @Override
        public long forNanos() {
            return 0;
        }

        @Override
        public String option() {
            return "skew";
        }

        @Override
        public String toString() {
            return text(this) + ":" + Durations.text(byNanos);
        }
    }

    /**
     * Somebody who is no node says anything that is well-formed to the victims, in anybody's name, at random times that are so far apart in the mean.
     */
    record Stranger(Victims victims, long atNanos, long forNanos, long everyNanos) implements Fault {
        public Stranger {
            check(atNanos, forNanos, false);
            if (everyNanos < 1) {
                throw new IllegalArgumentException("a stranger must take some time from one word to the next");
            }
        }

        @Override
        public String option() {
            return "stranger";
        }

        @Override
        public String toString() {
            return text(this) + ":" + Durations.text(everyNanos);
        }
    }

    private static void check(long atNanos, long forNanos, boolean mustEnd) {
        if (atNanos < 0 || forNanos < 0) {
            throw new IllegalArgumentException("the times of a fault must not be negative");
        }
        if (mustEnd && forNanos == 0) {
            throw new IllegalArgumentException("a pause needs an end; for good it would be a crash");
        }
    }

    private static String text(Fault fault) {
        return fault.victims() + "@" + Durations.text(fault.atNanos())
                + (fault.forNanos() == 0 ? "" : "+" + Durations.text(fault.forNanos()));
    }

    /**
     * Reads a fault.
     *
     * @param option its kind: {@code crash}, {@code leave}, {@code pause}, {@code slow}, {@code partition}, {@code cut},
     *     {@code skew} or {@code stranger}
     * @throws IllegalArgumentException with a sentence for people
     */
    static Fault parse(String option, String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("'" + text + "' does not say when; " + syntax(option));
        }
        Victims victims = Victims.parse(text.substring(0, at));
        int colon = text.indexOf(':', at);
        String detail = colon < 0 ? "" : text.substring(colon + 1);
        String times = text.substring(at + 1, colon < 0 ? text.length() : colon);
        int plus = times.indexOf('+');
        long atNanos = Durations.parse(plus < 0 ? times : times.substring(0, plus));
        long forNanos = plus < 0 ? 0 : Durations.parse(times.substring(plus + 1));
        if (detail.isEmpty() != colon < 0) {
            throw new IllegalArgumentException("'" + text + "': " + syntax(option));
        }
        return switch (option) {
            case "crash" -> {
                DiskLoss loss = DiskLoss.find(detail);
                if (loss == null) {
                    throw new IllegalArgumentException("'" + text + "': " + syntax(option));
                }
                yield new Crash(victims, atNanos, forNanos, loss);
            }
            case "leave" -> plain(option, text, detail, new Leave(victims, atNanos, forNanos));
            case "pause" -> plain(option, text, detail, new Pause(victims, atNanos, forNanos));
            case "partition" -> plain(option, text, detail, new Partition(victims, atNanos, forNanos));
            case "cut" -> plain(option, text, detail, new Cut(victims, atNanos, forNanos));
            case "slow" -> new Slow(victims, atNanos, forNanos, detailed(option, text, detail));
            case "skew" -> {
                if (forNanos > 0) {
                    throw new IllegalArgumentException("'" + text + "': " + syntax(option));
                }
                yield new Skew(victims, atNanos, detailed(option, text, detail));
            }
            case "stranger" -> new Stranger(victims, atNanos, forNanos, detailed(option, text, detail));
            default -> throw new IllegalArgumentException("'" + option + "' is not a kind of fault");
        };
    }

    private static Fault plain(String option, String text, String detail, Fault fault) {
        if (!detail.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "': " + syntax(option));
        }
        return fault;
    }

    private static long detailed(String option, String text, String detail) {
        if (detail.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' does not say by how much; " + syntax(option));
        }
        return Durations.parse(detail);
    }

    /** How a kind of fault is written, as a clause for help texts and errors. */
    static String syntax(String option) {
        return switch (option) {
            case "crash" -> "write VICTIMS@TIME[+DOWN][:no-disk|torn-write|lost-tail|old-page], such as 5%@200ms+1s";
            case "leave" -> "write VICTIMS@TIME[+DOWN], such as 5%@200ms+1s";
            case "pause" -> "write VICTIMS@TIME+FOR, such as 5%@200ms+1s";
            case "slow" -> "write VICTIMS@TIME[+FOR]:BY, such as 5%@0s:50ms";
            case "partition" -> "write VICTIMS@TIME[+FOR], such as 50%@100ms+2s";
            case "cut" -> "write VICTIMS@TIME[+FOR], such as 10%@100ms+2s";
            case "skew" -> "write VICTIMS@TIME:BY, such as 20%@0s:1h";
            case "stranger" -> "write VICTIMS@TIME[+FOR]:EVERY, such as 100%@0s+10s:50ms";
            default -> throw new IllegalArgumentException("'" + option + "' is not a kind of fault");
        };
    }
}
