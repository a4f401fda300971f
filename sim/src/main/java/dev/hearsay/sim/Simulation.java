package dev.hearsay.sim;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.Overlay;
import dev.hearsay.core.overlay.Overlays;
import dev.hearsay.sim.queue.CalendarQueue;
import dev.hearsay.sim.queue.EventQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link SimulationSpec}: real nodes, a simulated network. It has no thread, clock or randomness of its own;
 * its caller lets it {@linkplain #advance go on} for so many events, looks at its {@linkplain #progress progress}, and
 * takes the {@linkplain #measures measures} when it is over. Runs are independent of each other and may be spread over
 * threads.
 */
public final class Simulation {

    /** Independent sources of randomness, by what they decide. */
    private static final int OVERLAY = 0;

    private static final int NETWORK = 1;
    private static final int FAULTS = 2;
    private static final int PUBLISHING = 3;
    private static final int NODES = 4;
    private static final int DISKS = 5;
    private static final int MEASURING = 6;
    private static final int KEYS = 7;
    private static final int STRANGER = 8;

    private static final long INSPECTION_NANOS = 100_000_000L;
    private static final int TOUCHED_AHEAD = 16;
    private static final int EVENTS_PER_REPORT = 1 << 16;

    /**
     * How far a run has come.
     *
     * @param events handled so far
     * @param simulatedNanos how far its time has come
     * @param coverage the fraction of live nodes that has the rumors published so far; 0 before the first
     */
    public record Progress(long events, long simulatedNanos, double coverage) {}

    private final SimulationSpec spec;
    private final EventQueue queue;
    private final Overlay overlay;
    private final Hosts hosts;
    private final DeliveryChecker deliveryChecker;
    private final @Nullable Keyring keyring;
    private final CommitChecker commitChecker;
    private final StateChecker stateChecker;
    private final @Nullable MembershipChecker membershipChecker;
    private final NodeRuntime stage;
    private final FaultSchedule script;
    private final Network network;
    private final ConvergenceChecker convergenceChecker;
    private final TraceDigest digest = new TraceDigest();
    private final Publisher publisher;
    private long events;
    private int booted;
    private boolean isOver;

    /** Whether the time has come at which a caller wants to look on. */
    private boolean isHalted;

    /** Whether at the last look all Peer Lists were the same, and true. */
    private boolean isSettled;

    @SuppressWarnings("UnusedVariable") // written so that the reads are made
    private int touched;

    private Simulation(SimulationSpec spec, EventQueue queue, Observer observer, boolean isMeddledWith) {
        this.spec = spec;
        this.queue = queue;
        Random64 random = new Random64(spec.randomSeed());
        boolean hasSeeds = spec.seeds() > 0;
        this.overlay = hasSeeds
                ? new Overlay(spec.topology(), Graph.empty(spec.nodes()), 0)
                : Overlays.build(spec.topology(), spec.nodes(), random.split(OVERLAY));
        this.keyring = hasSeeds ? new Keyring(random.split(KEYS)) : null;
        this.hosts = new Hosts(spec, overlay, keyring, random.split(NODES), queue::atNanos);
        this.membershipChecker = keyring == null ? null : new MembershipChecker(spec, hosts, keyring);
        this.commitChecker = new CommitChecker(hosts);
        this.stateChecker = new StateChecker(hosts);
        this.deliveryChecker = new DeliveryChecker(spec, hosts, random.split(MEASURING));
        this.network = new Network(spec, random.split(NETWORK), queue, observer);
        Stranger stranger = spec.hasStranger()
                ? new Stranger(
                        random.split(STRANGER), queue, hosts, keyring, deliveryChecker, commitChecker, stateChecker)
                : null;
        this.stage = new NodeRuntime(
                spec,
                queue,
                hosts,
                network,
                deliveryChecker,
                commitChecker,
                stateChecker,
                membershipChecker,
                stranger,
                observer,
                digest,
                random.split(DISKS),
                isMeddledWith);
        this.script = new FaultSchedule(
                random.split(FAULTS), queue, hosts, stage, network, observer, membershipChecker, stranger);
        this.publisher = new Publisher(spec, random.split(PUBLISHING), queue, hosts, membershipChecker, stage, script);
        this.convergenceChecker =
                new ConvergenceChecker(spec, hosts, deliveryChecker, commitChecker, stateChecker, membershipChecker);
    }

    /**
     * The run of the spec's random seed; of a study of several, the first.
     *
     * @throws IllegalArgumentException with a sentence for people, if there is no such overlay of so many nodes
     */
    public static Simulation of(SimulationSpec spec) {
        return of(spec, Observer.NONE);
    }

    /** The same, with somebody looking on. */
    public static Simulation of(SimulationSpec spec, Observer observer) {
        return of(spec, queueFor(spec), observer);
    }

    static Simulation of(SimulationSpec spec, EventQueue queue, Observer observer) {
        return new Simulation(spec, queue, observer, false);
    }

    /** A run in which somebody may intervene at any time, so that every node has a disk. */
    static Simulation meddled(SimulationSpec spec, EventQueue queue, Observer observer) {
        return new Simulation(spec, queue, observer, true);
    }

    static EventQueue queueFor(SimulationSpec spec) {
        return new CalendarQueue((long) spec.network().latency().meanNanos());
    }

    /**
     * Runs to the end.
     *
     * @throws InvariantViolation if an invariant was broken, or if all was healed and did not converge in time
     */
    public RunMeasures run(Consumer<Progress> onProgress) {
        while (advance(EVENTS_PER_REPORT)) {
            onProgress.accept(progress());
        }
        return measures();
    }

    /** Runs to the end without a word. */
    public RunMeasures run() {
        return run(progress -> {});
    }

    /**
     * Handles so many events, or fewer if the run ends.
     *
     * @return whether there is more to come
     * @throws InvariantViolation if an invariant was broken, or if all was healed and did not converge in time
     */
    public boolean advance(int eventsMax) {
        try {
            for (int i = 0; i < eventsMax && !isOver; i++) {
                handleNext();
            }
        } catch (RuntimeException e) {
            isOver = true;
            throw new InvariantViolation(spec.run(0), queue.atNanos(), String.valueOf(e.getMessage()), e);
        }
        return !isOver;
    }

    private void handleNext() {
        if (booted < hosts.all()) {
            bootNext();
        } else if (hasNothingLeft()
                || !queue.next()
                || queue.atNanos() > spec.ending().untilNanos()) {
            isOver = true;
        } else {
            if ((events++ & (TOUCHED_AHEAD - 1)) == 0) {
                touchAhead();
            }
            handle();
        }
    }

    /** Seeds first, then the nodes. */
    private void bootNext() {
        int number = bootedAs(booted);
        if (hosts.isConfigured(number)) {
            stage.boot(number);
        }
        booted++;
        events++;
        if (booted == hosts.all()) {
            schedule();
        }
    }

    private int bootedAs(int place) {
        return place < spec.seeds() ? spec.nodes() + place : place - spec.seeds();
    }

    /** Lets the processor fetch the nodes of the next events side by side; at a million nodes that halves the time. */
    private void touchAhead() {
        int sum = 0;
        for (int i = 0; i < TOUCHED_AHEAD; i++) {
            sum += hosts.touch(queue.upcoming(i));
        }
        touched = sum;
    }

    private void schedule() {
        script.schedule(spec.faults());
        queue.add(spec.publishing().firstNanos(), -1, NodeRuntime.NOBODY, new RuntimeEvent.Publishes(0));
        if (membershipChecker != null && spec.ending().healNanos() == 0) {
            queue.add(INSPECTION_NANOS, -1, NodeRuntime.NOBODY, new RuntimeEvent.Inspects());
        }
        if (spec.ending().healNanos() > 0) {
            queue.add(spec.ending().healNanos(), -1, NodeRuntime.NOBODY, new RuntimeEvent.Heals());
        }
    }

    /** Whether nothing that is measured can change any more. A run that is to heal is over when it has converged. */
    private boolean hasNothingLeft() {
        return deliveryChecker.isSilent()
                && publisher.isDone()
                && spec.ending().healNanos() == 0
                && (deliveryChecker.isEverywhere() || spec.protocol().antiEntropyNanos() == 0)
                && script.isOver()
                && (membershipChecker == null || isSettled)
                && commitChecker.isSettled();
    }

    private void handle() {
        Object what = queue.what();
        int node = queue.node();
        int from = queue.from();
        digest.add(queue.atNanos(), node, from, what);
        if (from != NodeRuntime.NOBODY) {
            stage.arrive(node, from, what);
            return;
        }
        switch ((RuntimeEvent) what) {
            case RuntimeEvent.Strikes(Fault fault) -> {
                script.strikeAsPlanned(fault);
                isSettled = false;
            }
            case RuntimeEvent.Relents(ActiveFault struck) -> {
                script.relent(struck);
                isSettled = false;
            }
            case RuntimeEvent.Speaks(ActiveFault struck) -> script.speak(struck);
            case RuntimeEvent.Publishes(int number) -> publisher.publish(number);
            case RuntimeEvent.Synced synced -> stage.synced(node, synced);
            case RuntimeEvent.WrittenBehind written -> stage.writtenBehind(node, written);
            case RuntimeEvent.Forged forged -> stage.forged(node, forged);
            case RuntimeEvent.Halts halts -> isHalted = true;
            case RuntimeEvent.Heals heals -> {
                script.heal();
                queue.add(queue.atNanos(), -1, NodeRuntime.NOBODY, new RuntimeEvent.Inspects());
            }
            case RuntimeEvent.Inspects inspects -> inspect();
        }
    }

    private void inspect() {
        boolean isDemanded = spec.ending().healNanos() > 0;
        String fault = !publisher.isDone() ? "not all is published yet" : convergenceChecker.findFault();
        isSettled = fault == null;
        if (!isDemanded) {
            queue.add(queue.atNanos() + INSPECTION_NANOS, -1, NodeRuntime.NOBODY, new RuntimeEvent.Inspects());
        } else if (fault == null) {
            isOver = true;
        } else if (queue.atNanos() >= spec.ending().healNanos() + spec.ending().withinNanos()) {
            throw new BrokenInvariant(
                    fault + ", " + Durations.text(spec.ending().withinNanos()) + " after all was healed");
        } else {
            queue.add(queue.atNanos() + INSPECTION_NANOS, -1, NodeRuntime.NOBODY, new RuntimeEvent.Inspects());
        }
    }

    public SimulationSpec spec() {
        return spec;
    }

    /** The overlay that the nodes start with. */
    public Overlay overlay() {
        return overlay;
    }

    public Progress progress() {
        return new Progress(
                events, queue.atNanos(), stateChecker.isEmpty() ? deliveryChecker.coverage() : stateChecker.coverage());
    }

    /** A number that stands for everything that has happened so far, in its order. */
    public long digest() {
        return digest.value();
    }

    /** What has come of it. To be asked when the run is over. */
    public RunMeasures measures() {
        return RunMeasures.of(
                spec, hosts, deliveryChecker, commitChecker, stateChecker, membershipChecker, events, queue.atNanos());
    }

    /** Rumor after rumor, in the order of time. */
    public void eachDelivery(Deliveries deliveries) {
        deliveryChecker.eachDelivery(deliveries);
    }

    /** How many nodes are up. */
    public int live() {
        return hosts.up();
    }

    // --- For those who go step by step ---------------------------------------------------------------------------

    /** The seed or node that starts next, by number; -1 if all have started. */
    int starting() {
        return booted == hosts.all() ? -1 : bootedAs(booted);
    }

    /** Handles one event, whether or not there is anything left that is measured; false if there is none within the time limit. */
    boolean step() {
        if (booted < hosts.all()) {
            bootNext();
            return true;
        }
        if (!queue.next() || queue.atNanos() > spec.ending().untilNanos()) {
            return false;
        }
        events++;
        handle();
        return true;
    }

    /** Whether {@link #advance} would say that there is nothing more to come. */
    boolean isDone() {
        return isOver || (booted == hosts.all() && hasNothingLeft());
    }

    /** Somebody has done this, which is part of what happens. */
    void note(int node, Object what) {
        digest.add(queue.atNanos(), node, NodeRuntime.NOBODY, what);
        isSettled = false;
    }

    Network network() {
        return network;
    }

    @Nullable
    MembershipChecker membershipChecker() {
        return membershipChecker;
    }

    // --- For tests: looking on and striking at any time ----------------------------------------------------------

    /** Goes on up to this time, whether or not there is anything left that is measured. */
    void advanceTo(long nanos) {
        try {
            while (booted < hosts.all()) {
                bootNext();
            }
            queue.add(nanos, -1, NodeRuntime.NOBODY, new RuntimeEvent.Halts());
            isHalted = false;
            while (!isHalted && queue.next()) {
                events++;
                handle();
            }
        } catch (RuntimeException e) {
            throw new InvariantViolation(spec.run(0), queue.atNanos(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Somebody says something in this name; it arrives at once. */
    void forge(NodeId from, NodeId to, Message message) {
        queue.add(queue.atNanos(), hosts.number(to), NodeRuntime.NOBODY, new RuntimeEvent.Forged(from, message));
    }

    NodeRuntime stage() {
        return stage;
    }

    FaultSchedule script() {
        return script;
    }

    @Nullable
    Keyring keyring() {
        return keyring;
    }

    /** What every node is at the moment. */
    Hosts hosts() {
        return hosts;
    }

    @Nullable
    String findFault() {
        return convergenceChecker.findFault();
    }
}
