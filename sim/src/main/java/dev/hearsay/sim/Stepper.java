package dev.hearsay.sim;

import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Timer;
import dev.hearsay.sim.queue.HeapQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Simulation} for those who look at every event: it goes on one event at a time, shows what is to come, and lets its caller
 * {@linkplain #intervene intervene} in between. Left alone it does what {@code advance} does, event by event. Slower, and for small networks.
 */
public final class Stepper {

    /** What an event is about. */
    public enum Kind {
        /** A seed or a node begins its life. */
        STARTS,
        /** A message arrives. */
        DELIVERS,
        /** A timer of the node is due. */
        FIRES,
        /** A fault strikes, or is over. */
        FAULT,
        /** Somebody publishes what the study asks for, if there is a node to publish it. */
        PUBLISHES,
        /** What the node has saved is durable. */
        SAVED,
        /** The simulator looks whether all agree; nothing happens to anybody. */
        CHECKS
    }

    /**
     * An event, to come or at hand.
     *
     * @param number tells events of one run apart; -1 for a start
     * @param node whom it concerns, by number; -1 if that is nobody in particular
     * @param from the sender, or in whose name it is forged, by number; -1 if it is no message
     * @param message the message that arrives; null if none does
     * @param timer the timer that is due; null if none is
     * @param fault the fault that strikes or is over; null if it is about none
     */
    public record Event(
            long number,
            long atNanos,
            Kind kind,
            int node,
            int from,
            @Nullable Message message,
            @Nullable Timer timer,
            @Nullable Fault fault) {}

    private final SimulationSpec spec;
    private final HeapQueue queue = new HeapQueue();
    private final Simulation simulation;
    private final Interventions interventions;

    private Stepper(SimulationSpec spec, Observer observer) {
        this.spec = spec;
        this.simulation = Simulation.meddled(spec, queue, observer);
        this.interventions = new Interventions(simulation, queue);
    }

    /**
     * The run of the spec's random seed, at its beginning.
     *
     * @throws IllegalArgumentException with a sentence for people, if there is no such overlay of so many nodes
     */
    public static Stepper of(SimulationSpec spec, Observer observer) {
        return new Stepper(spec, observer);
    }

    /**
     * Handles the next event.
     *
     * @return it; null if there is none within the time limit
     * @throws InvariantViolation if an invariant was broken
     */
    public @Nullable Event next() {
        int starting = simulation.starting();
        try {
            if (!simulation.step()) {
                return null;
            }
        } catch (RuntimeException e) {
            throw new InvariantViolation(spec, queue.atNanos(), String.valueOf(e.getMessage()), e);
        }
        return starting >= 0
                ? new Event(-1, queue.atNanos(), Kind.STARTS, starting, -1, null, null, null)
                : event(queue.current());
    }

    /**
     * Does this now, before the next event.
     *
     * @throws IllegalArgumentException with a sentence for people, if it cannot be done; then nothing has happened
     */
    public void intervene(Intervention intervention) {
        if (simulation.starting() >= 0) {
            throw new IllegalArgumentException("not all nodes have started yet");
        }
        interventions.carryOut(intervention);
    }

    /** All events to come, in their order. */
    public List<Event> ahead() {
        return queue.ahead().stream().map(this::event).toList();
    }

    /** The number of the next event that is added: what has it or a higher one came after this moment. */
    public long nextNumber() {
        return queue.added();
    }

    private Event event(HeapQueue.Event event) {
        Object what = event.what();
        Message message = null;
        int from = -1;
        if (what instanceof Message sent) {
            message = sent;
            from = event.from();
        } else if (what instanceof RuntimeEvent.Forged forged) {
            message = forged.message();
            from = number(forged.from());
        }
        Fault fault = switch (what) {
            case RuntimeEvent.Strikes(Fault strikes) -> strikes;
            case RuntimeEvent.Relents(ActiveFault struck) -> struck.fault();
            default -> null;
        };
        return new Event(
                event.number(),
                event.atNanos(),
                kind(what),
                event.node(),
                from,
                message,
                what instanceof Timer timer ? timer : null,
                fault);
    }

    private static Kind kind(Object what) {
        return switch (what) {
            case Message message -> Kind.DELIVERS;
            case Timer timer -> Kind.FIRES;
            case RuntimeEvent happening ->
                switch (happening) {
                    case RuntimeEvent.Strikes _, RuntimeEvent.Relents _, RuntimeEvent.Heals _, RuntimeEvent.Speaks _ ->
                        Kind.FAULT;
                    case RuntimeEvent.Publishes publishes -> Kind.PUBLISHES;
                    case RuntimeEvent.Synced _, RuntimeEvent.WrittenBehind _ -> Kind.SAVED;
                    case RuntimeEvent.Forged forged -> Kind.DELIVERS;
                    case RuntimeEvent.Halts _, RuntimeEvent.Inspects _ -> Kind.CHECKS;
                };
            default -> throw new IllegalStateException("no event is about " + what);
        };
    }

    /** How many nodes and seeds there are; the seeds have the last numbers. */
    public int all() {
        return simulation.hosts().all();
    }

    public NodeId name(int number) {
        return simulation.hosts().id(number);
    }

    /** The number of a node or seed of this network; -1 if it is none. */
    public int number(NodeId name) {
        return simulation.hosts().number(name);
    }

    /** What runs there, to look at; null if it is down. */
    public @Nullable Machine machine(int number) {
        return simulation.hosts().isUp(number) ? simulation.hosts().machine(number) : null;
    }

    public boolean isPaused(int number) {
        return simulation.hosts().isPaused(number);
    }

    /** Whether all that the study is about has happened; there may be more events all the same. */
    public boolean isDone() {
        return simulation.isDone();
    }

    public Simulation.Progress progress() {
        return simulation.progress();
    }

    /** A number that stands for everything that has happened so far, in its order. */
    public long digest() {
        return simulation.digest();
    }
}
