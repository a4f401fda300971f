package dev.hearsay.live.replay;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.node.SeedSpec;
import dev.hearsay.live.node.MachineSpec;
import dev.hearsay.live.recording.RecordingException;
import dev.hearsay.live.recording.RecordingSource;
import dev.hearsay.wire.RecordingLine;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Steps every life of a recording again, and compares what it tells and sends with what it told and sent then. */
public final class Verification {

    /** Whether a life is what it was. */
    public enum Outcome {
        SAME,
        DIFFERS,
        /** As far as it is in the recording it does not differ; but something is not in it. */
        NOT_COMPLETE
    }

    /**
     * What has become of one life.
     *
     * @param node such as 3 or s1
     * @param life the number of this life in its process, from 1
     * @param digest of all that it told and sent then
     * @param detail where and how it differs, or what is missing; empty if neither
     */
    public record Life(
            String node,
            NodeId address,
            int life,
            long inputs,
            long events,
            String digest,
            Outcome outcome,
            String detail) {}

    private static final int PROGRESS_LINES = 10_000;

    private final Map<Integer, RecordingLine.Settings> settings = new HashMap<>();
    private final Map<NodeId, LifeReplay> current = new HashMap<>();
    private final SortedMap<Integer, Life> over = new TreeMap<>();
    private int begun;

    private Verification() {}

    /**
     * Verifies a recording.
     *
     * @param onProgress hears now and then how many lines are done
     * @throws RecordingException if it cannot be read, or has no inputs
     */
    public static List<Life> of(Path file, LongConsumer onProgress) throws RecordingException {
        Verification verification = new Verification();
        try (RecordingSource source = RecordingSource.open(file)) {
            for (RecordingLine line = source.next(); line != null; line = source.next()) {
                verification.take(line, source);
                if (source.lines() % PROGRESS_LINES == 0) {
                    onProgress.accept(source.lines());
                }
            }
            if (verification.begun == 0) {
                throw source.refuse("has no inputs, so there is nothing to step again; watch it: gossip replay");
            }
            // Only lives that nothing has followed can have gone on behind the end of a file that is cut off.
            verification.current.values().forEach(life -> verification.finish(life, source.isCutShort()));
            return List.copyOf(verification.over.values());
        }
    }

    private void take(RecordingLine line, RecordingSource source) throws RecordingException {
        switch (line) {
            case RecordingLine.Header header -> {}
            case RecordingLine.Settings some -> settings.put(some.number(), some);
            case RecordingLine.UnknownSettings unknown ->
                throw source.refuse("was recorded by another version of this program: " + unknown.why()
                        + "; it can be watched: gossip replay");
            case RecordingLine.Began began -> begin(began, source);
            case RecordingLine.Remembered(NodeId node, var fact) ->
                life(node, source).remember(fact);
            case RecordingLine.Step step -> life(step.node(), source).step(step);
            case RecordingLine.Told told -> {
                LifeReplay life = current.get(told.line().node());
                if (life != null) {
                    life.told(source.text());
                }
            }
            case RecordingLine.Missing missing -> miss(missing);
            case RecordingLine.End end -> {}
        }
    }

    private void begin(RecordingLine.Began began, RecordingSource source) throws RecordingException {
        RecordingLine.Settings its = settings.get(began.settings());
        if (its == null) {
            throw source.refuse("is damaged: line " + source.lines() + " refers to settings that are not there");
        }
        NodeSpec node = its.node();
        SeedSpec seed = its.seed();
        begin(
                began.node(),
                seed == null
                        ? new LifeReplay(
                                begun,
                                began,
                                new MachineSpec.Gossiping(required(node), its.members(), began.neighbours()),
                                secret(node))
                        : new LifeReplay(
                                begun,
                                began,
                                new MachineSpec.Deciding(seed),
                                seed.admission().secret()));
    }

    /** A life of a node ends where its next one begins; of what is over nothing is kept but what has become of it. */
    private void begin(NodeId node, LifeReplay life) {
        begun++;
        LifeReplay former = current.put(node, life);
        if (former != null) {
            finish(former, false);
        }
    }

    private void finish(LifeReplay life, boolean isCutShort) {
        over.put(life.place(), life.over(isCutShort));
    }

    private static NodeSpec required(@Nullable NodeSpec node) {
        if (node == null) {
            throw new IllegalStateException("settings are those of nodes or of seeds");
        }
        return node;
    }

    private static String secret(@Nullable NodeSpec node) {
        return node != null && node.membership() instanceof NodeSpec.Membership.Seeded seeded
                ? seeded.registration().secret()
                : "";
    }

    private void miss(RecordingLine.Missing missing) {
        LifeReplay life = current.get(missing.node());
        if (life == null || life.life() != missing.life()) {
            begin(missing.node(), new LifeReplay(begun, missing));
        } else {
            life.miss(missing.entries());
        }
    }

    private LifeReplay life(NodeId node, RecordingSource source) throws RecordingException {
        LifeReplay life = current.get(node);
        if (life == null) {
            throw source.refuse(
                    "is damaged: line " + source.lines() + " is about " + node + ", which has not begun before it");
        }
        return life;
    }
}
