package dev.hearsay.live.replay;

import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Timer;
import dev.hearsay.live.node.MachineSpec;
import dev.hearsay.live.recording.StepDigest;
import dev.hearsay.wire.RecordingLine;
import dev.hearsay.wire.TraceJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One life, lived again. */
final class LifeReplay {

    private static final int SHOWN_LENGTH = 300;

    private final int place;
    private final String name;
    private final NodeId node;
    private final int life;
    private final @Nullable MachineSpec spec;
    private final RecordedContext context;
    private final StepDigest digest;

    /** Recordings of earlier versions have this one; it is another where payloads are large. */
    private final StepDigest wholeDigest;

    private final List<Fact> remembered = new ArrayList<>();
    private final int rememberedCount;
    private final List<String> toldThen = new ArrayList<>();
    private final List<String> toldNow = new ArrayList<>();
    private @Nullable Machine machine;
    private RecordingLine.@Nullable Step open;
    private String failedNow = "";
    private String lastDigest = "";
    private long inputs;
    private long events;
    private Verification.Outcome outcome = Verification.Outcome.SAME;
    private String detail = "";

    /** One whose beginning is known. */
    LifeReplay(int place, RecordingLine.Began began, MachineSpec spec, String joinSecret) {
        this.place = place;
        this.name = began.name();
        this.node = began.node();
        this.life = began.life();
        this.spec = spec;
        this.rememberedCount = began.remembered();
        this.context = new RecordedContext(began.randomSeed(), began.key());
        this.digest = new StepDigest(joinSecret);
        this.wholeDigest = new StepDigest(joinSecret, true);
    }

    /** One of which only the end is there. */
    LifeReplay(int place, RecordingLine.Missing missing) {
        this.place = place;
        this.name = missing.name();
        this.node = missing.node();
        this.life = missing.life();
        this.spec = null;
        this.rememberedCount = 0;
        this.context = new RecordedContext(0, null);
        this.digest = new StepDigest("");
        this.wholeDigest = digest;
        end(Verification.Outcome.NOT_COMPLETE, "its beginning is not in the recording");
    }

    /** Which of the lives of the recording it is, in the order in which they begin there. */
    int place() {
        return place;
    }

    int life() {
        return life;
    }

    void remember(Fact fact) {
        if (machine == null && outcome == Verification.Outcome.SAME) {
            remembered.add(fact);
        }
    }

    /** Steps, and waits for what was told then. */
    void step(RecordingLine.Step step) {
        close();
        inputs++;
        lastDigest = step.digest();
        if (outcome != Verification.Outcome.SAME || spec == null) {
            return;
        }
        if (machine == null && remembered.size() != rememberedCount) {
            end(Verification.Outcome.NOT_COMPLETE, "some of what it remembered is not in the recording");
            return;
        }
        open = step;
        toldThen.clear();
        toldNow.clear();
        failedNow = "";
        context.answer(step.answers());
        try {
            if (machine == null) {
                machine = spec.machine(node, context, List.copyOf(remembered));
                remembered.clear();
            }
            machine.step(step.nanos(), step.input(), new Watching(step.atMicros()));
        } catch (RecordedContext.Astray e) {
            differs("it " + e.getMessage() + " now, and did not then");
            return;
        } catch (RuntimeException e) {
            failedNow = String.valueOf(e);
        }
        if (step.told() == 0) {
            close();
        }
    }

    /** Takes an event of this node. */
    void told(String line) {
        events++;
        RecordingLine.Step step = open;
        if (step != null) {
            toldThen.add(line);
            if (toldThen.size() == step.told()) {
                close();
            }
        }
    }

    /** Something of it is missing from here on. */
    void miss(long entries) {
        close();
        if (outcome == Verification.Outcome.SAME) {
            end(
                    Verification.Outcome.NOT_COMPLETE,
                    "after input " + inputs + " what is about " + entries + " entries long is not in the recording");
        }
    }

    /** Compares the last step, if that was not done yet. */
    private void close() {
        RecordingLine.Step step = open;
        open = null;
        if (step == null || outcome != Verification.Outcome.SAME) {
            return;
        }
        if (toldThen.size() < step.told()) {
            end(Verification.Outcome.NOT_COMPLETE, "signals of input " + inputs + " are not in the recording");
            return;
        }
        List<String> sentNow = digest.takeSent();
        boolean isSame = step.digest().equals(digest.endStep());
        wholeDigest.takeSent();
        isSame |= step.digest().equals(wholeDigest.endStep());
        if (step.hasFailed() == failedNow.isEmpty()) {
            differs(step.hasFailed() ? "it failed then, and does not now" : "it fails now: " + failedNow);
        } else if (!toldThen.equals(toldNow)) {
            differs(difference("told", toldThen, toldNow));
        } else if (!step.sent().equals(sentNow)) {
            differs(difference("sent", step.sent(), sentNow));
        } else if (!context.unasked().isEmpty()) {
            differs("it " + context.unasked() + " then, and does not now");
        } else if (!isSame) {
            differs("what it sent has another content: " + String.join(", ", sentNow));
        }
    }

    private static String difference(String verb, List<String> then, List<String> now) {
        int i = 0;
        while (i < then.size() && i < now.size() && then.get(i).equals(now.get(i))) {
            i++;
        }
        return verb + " then: " + (i < then.size() ? brief(then.get(i)) : "nothing more") + "; now: "
                + (i < now.size() ? brief(now.get(i)) : "nothing more");
    }

    private static String brief(String text) {
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
    }

    private void differs(String how) {
        end(Verification.Outcome.DIFFERS, "at input " + inputs + ": " + how);
    }

    private void end(Verification.Outcome how, String why) {
        outcome = how;
        detail = why;
        open = null;
        machine = null;
        remembered.clear();
    }

    /**
     * What has become of it.
     *
     * @param isCutShort whether more of it may have been recorded than can be read
     */
    Verification.Life over(boolean isCutShort) {
        close();
        if (isCutShort && outcome == Verification.Outcome.SAME) {
            end(Verification.Outcome.NOT_COMPLETE, "the recording is cut off after input " + inputs);
        }
        return new Verification.Life(name, node, life, inputs, events, lastDigest, outcome, detail);
    }

    /** Sees what the node wants now. */
    private final class Watching implements Effects {
        private final long atMicros;

        Watching(long atMicros) {
            this.atMicros = atMicros;
        }

        @Override
        public void send(NodeId to, Message message) {
            digest.sent(to, message);
            wholeDigest.sent(to, message);
        }

        @Override
        public void after(long delayNanos, Timer timer) {
            // When a timer fires is an input.
        }

        @Override
        public void save(Fact fact) {
            // What was remembered of it is how the next life begins.
        }

        @Override
        public void tell(Event event) {
            String line = TraceJson.write(atMicros, node, event);
            digest.told(line);
            wholeDigest.told(line);
            toldNow.add(line);
        }
    }
}
