package dev.hearsay.sim;

import dev.hearsay.core.Command;
import dev.hearsay.core.Random64;
import dev.hearsay.sim.queue.EventQueue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts into the network what a study publishes. */
final class Publisher {

    private static final long RETRY_NANOS = 10_000_000L;
    private static final int DRAWS = 32;
    private static final int KEYS_OF_STATE = 8;
    private static final int KEYS_PER_DELETION = 4;

    private final SimulationSpec spec;
    private final Random64 random;
    private final EventQueue queue;
    private final Hosts hosts;
    private final @Nullable MembershipChecker membershipChecker;
    private final NodeRuntime stage;
    private final FaultSchedule script;
    private int published;

    Publisher(
            SimulationSpec spec,
            Random64 random,
            EventQueue queue,
            Hosts hosts,
            @Nullable MembershipChecker membershipChecker,
            NodeRuntime stage,
            FaultSchedule script) {
        this.spec = spec;
        this.random = random;
        this.queue = queue;
        this.hosts = hosts;
        this.membershipChecker = membershipChecker;
        this.stage = stage;
        this.script = script;
    }

    /** Rumor {@code number} is due. */
    void publish(int number) {
        int node = findPublisher();
        if (node < 0) {
            queue.add(queue.atNanos() + RETRY_NANOS, -1, NodeRuntime.NOBODY, new RuntimeEvent.Publishes(number));
            return;
        }
        stage.publish(node, what(number));
        published++;
        if (published < spec.publishing().rumors()) {
            long next = queue.atNanos() + spec.publishing().everyNanos();
            queue.add(next, -1, NodeRuntime.NOBODY, new RuntimeEvent.Publishes(number + 1));
        }
    }

    private Command what(int number) {
        return switch (spec.publishing().kind()) {
            case MESSAGES -> new Command.Publish(payload(), 0);
            case VERSIONS -> new Command.PublishVersion(number + 1);
            case ENTRIES -> {
                String key = "key" + random.nextInt(KEYS_OF_STATE);
                yield random.nextInt(KEYS_PER_DELETION) == 0
                        ? new Command.Delete(key)
                        : new Command.Put(key, payload());
            }
        };
    }

    private byte[] payload() {
        byte[] payload = new byte[spec.publishing().payloadBytes()];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) random.nextLong();
        }
        return payload;
    }

    /** A running node that has somebody to tell; -1 if there is none, or the one that publishes everything is not. */
    private int findPublisher() {
        int fixed = spec.publishing().publisher();
        if (fixed >= 0) {
            return mayPublish(fixed) ? fixed : -1;
        }
        for (int i = 0; i < DRAWS; i++) {
            int drawn = random.nextInt(spec.nodes());
            if (mayPublish(drawn)) {
                return drawn;
            }
        }
        int[] candidates = Arrays.stream(hosts.running())
                .filter(number -> number < spec.nodes() && mayPublish(number))
                .toArray();
        return candidates.length == 0 ? -1 : candidates[random.nextInt(candidates.length)];
    }

    private boolean mayPublish(int node) {
        return membershipChecker == null ? hosts.isRunning(node) : membershipChecker.isRegistered(node);
    }

    /** Whether all rumors are published that will be: who is down when all faults are over stays down. */
    boolean isDone() {
        if (published == spec.publishing().rumors()) {
            return true;
        }
        int fixed = spec.publishing().publisher();
        return script.isOver() && (fixed >= 0 ? !hosts.isUp(fixed) : hosts.up() == 0);
    }
}
