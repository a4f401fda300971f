package dev.hearsay.learn;

import dev.hearsay.core.node.Seed;
import dev.hearsay.sim.Intervention;
import dev.hearsay.sim.InvariantViolation;
import dev.hearsay.sim.Stepper;
import dev.hearsay.wire.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network of real nodes, one event at a time, with each step as JSON: see docs/learn.md. A lesson is made from a text and says at any time the text that
 * makes it again, interventions included; so going back, forks, undo and links are a matter of making another.
 */
public final class Lesson {

    private static final int EVENTS_MAX = 200_000;

    private final LessonText text;
    private final Stepper stepper;
    private final StepRecorder recorder = new StepRecorder();
    private final List<NodeSnapshot> snapshots = new ArrayList<>();
    private final StepJson json;
    private final Deque<PlacedIntervention> toDo;
    private final List<PlacedIntervention> done = new ArrayList<>();
    private final Set<Topic> begun = EnumSet.noneOf(Topic.class);
    private @Nullable Topic phase;
    private int steps;
    private boolean isOver;

    private Lesson(LessonText text) {
        this.text = text;
        this.stepper = Stepper.of(text.spec(), recorder);
        for (int number = 0; number < stepper.all(); number++) {
            NodeSnapshot snapshot = new NodeSnapshot(stepper, number);
            snapshot.look();
            snapshots.add(snapshot);
        }
        this.json = new StepJson(stepper, snapshots, recorder);
        this.toDo = new ArrayDeque<>(text.interventions());
    }

    /**
     * A lesson at its beginning.
     *
     * @param text such as {@code seeds=3&peers=8&random-seed=42&do=120:kill:4}; what is not said is at its default
     * @throws IllegalArgumentException with a sentence for people
     */
    public static Lesson of(String text) {
        return new Lesson(LessonText.parse(text));
    }

    /**
     * Goes on to the next event in which something happens, or does what the text asks for at this place.
     *
     * @return the step, as JSON; null if the lesson is over
     */
    public @Nullable String next() {
        while (!isOver) {
            PlacedIntervention placed = toDo.peek();
            if (placed != null && placed.after() <= events()) {
                toDo.remove();
                return perform(placed);
            }
            if (events() >= EVENTS_MAX) {
                isOver = true;
                return json.remark("end", "a lesson has at most " + EVENTS_MAX + " events", steps++, this);
            }
            recorder.clear();
            long numberBefore = stepper.nextNumber();
            boolean wasDone = stepper.isDone();
            Stepper.Event event;
            try {
                event = stepper.next();
            } catch (InvariantViolation e) {
                isOver = true;
                return json.remark("end", String.valueOf(e.getMessage()), steps++, this);
            }
            if (event == null) {
                isOver = true;
            } else if (event.kind() != Stepper.Kind.CHECKS) {
                return step(event, numberBefore);
            } else if (!wasDone && stepper.isDone()) {
                return json.remark("settled", "all that was to happen has happened, and all agree", steps++, this);
            }
        }
        return null;
    }

    private String step(Stepper.Event event, long numberBefore) {
        if (event.node() >= 0) {
            recorder.touched.add(event.node());
        }
        Topic about = about(event);
        note();
        return json.step(event, about, numberBefore, steps++, this);
    }

    /** What was told changes what is seen, and may begin a phase. */
    private void note() {
        for (StepRecorder.Told told : recorder.told) {
            snapshots.get(told.node()).told(told.event());
            Topic beginning = Topic.begunBy(told.event());
            if (beginning != null && begun.add(beginning)) {
                phase = beginning;
            }
        }
    }

    private @Nullable Topic about(Stepper.Event event) {
        return switch (event.kind()) {
            case STARTS -> isSeed(event.node()) ? Topic.SEEDS : Topic.REGISTRATION;
            case DELIVERS -> aboutMessage(event);
            case FIRES -> event.timer() == null ? null : Topic.of(event.timer());
            case FAULT -> Topic.DETECTION;
            case PUBLISHES -> Topic.DISSEMINATION;
            case SAVED, CHECKS -> null;
        };
    }

    private @Nullable Topic aboutMessage(Stepper.Event event) {
        if (event.message() == null) {
            return null;
        }
        int from = event.from();
        boolean isToSeed = isSeed(event.node());
        boolean isFromSeed = from >= 0 && isSeed(from);
        int seed = isToSeed ? event.node() : from;
        int peer = isToSeed ? from : event.node();
        boolean isMember = (isToSeed || isFromSeed)
                && peer >= 0
                && stepper.machine(seed) instanceof Seed holder
                && holder.peerList().registration(stepper.name(peer)) != null;
        return Topic.of(event.message(), isToSeed || isFromSeed, isMember);
    }

    private boolean isSeed(int number) {
        return number >= text.spec().nodes();
    }

    /** What cannot be done any more is told by the step, and left out. */
    private String perform(PlacedIntervention placed) {
        try {
            return carryOut(placed);
        } catch (IllegalArgumentException e) {
            return json.refusal(placed, String.valueOf(e.getMessage()), steps++, this);
        }
    }

    /**
     * Does something now, before the next event.
     *
     * @param intervention such as {@code kill:4}
     * @return the step, as JSON
     * @throws IllegalArgumentException with a sentence for people, if it cannot be done; then nothing has happened
     */
    public String intervene(String intervention) {
        if (isOver) {
            throw new IllegalArgumentException("the lesson is over");
        }
        String step = carryOut(
                PlacedIntervention.of(events(), intervention, text.spec().nodes()));
        // Of two ways into the future this is another one than the text had.
        toDo.clear();
        return step;
    }

    private String carryOut(PlacedIntervention placed) {
        recorder.clear();
        long numberBefore = stepper.nextNumber();
        stepper.intervene(placed.intervention());
        done.add(placed);
        if (placed.intervention() instanceof Intervention.Pause(int node)) {
            recorder.touched.add(node);
        } else if (placed.intervention() instanceof Intervention.Resume(int node)) {
            recorder.touched.add(node);
        }
        note();
        return json.intervention(placed, numberBefore, steps++, this);
    }

    /** The text that makes this lesson again, with all that was done so far and all that is still to be done. */
    public String text() {
        List<PlacedIntervention> all = new ArrayList<>(done);
        all.addAll(toDo);
        return text.with(all);
    }

    /** All events to come that are a node's own, as JSON: what is on its way, and which timers are set. */
    public String ahead() {
        return json.ahead();
    }

    /** What there is to be seen of all nodes now, as JSON. */
    public String nodes() {
        return Json.line(out -> {
            out.writeStartArray();
            for (NodeSnapshot snapshot : snapshots) {
                json.writeSnapshot(snapshot, out);
            }
            out.writeEndArray();
        });
    }

    /** How many events were handled, those in which nothing happens included. */
    public long events() {
        return stepper.progress().events();
    }

    /** Whether all that the lesson set out to show has happened; there may be more steps all the same. */
    public boolean isDone() {
        return toDo.isEmpty() && stepper.isDone();
    }

    /** In which of the six phases the network is, {@code seeds} to {@code removal}: the one that began last. */
    public String phase() {
        return phase == null ? Topic.SEEDS.toString() : phase.toString();
    }

    /** A number that stands for all that has happened so far, in hexadecimal digits. */
    public String digest() {
        return Long.toHexString(stepper.digest());
    }
}
