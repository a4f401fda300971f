package dev.hearsay.sim;

import dev.hearsay.core.Random64;
import dev.hearsay.sim.RuntimeEvent.Relents;
import dev.hearsay.sim.RuntimeEvent.Strikes;
import dev.hearsay.sim.queue.EventQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes wrong, and when it is over. */
final class FaultSchedule {

    private static final long NANOS_PER_MICRO = 1000;

    private final Random64 random;
    private final EventQueue queue;
    private final Hosts hosts;
    private final NodeRuntime stage;
    private final Network network;
    private final Observer observer;
    private final @Nullable MembershipChecker membershipChecker;
    private final @Nullable Stranger stranger;
    private final List<ActiveFault> lasting = new ArrayList<>();
    private int toCome;

    FaultSchedule(
            Random64 random,
            EventQueue queue,
            Hosts hosts,
            NodeRuntime stage,
            Network network,
            Observer observer,
            @Nullable MembershipChecker membershipChecker,
            @Nullable Stranger stranger) {
        this.random = random;
        this.queue = queue;
        this.hosts = hosts;
        this.stage = stage;
        this.network = network;
        this.observer = observer;
        this.membershipChecker = membershipChecker;
        this.stranger = stranger;
    }

    void schedule(List<Fault> faults) {
        toCome = faults.size();
        faults.forEach(fault -> queue.add(fault.atNanos(), -1, NodeRuntime.NOBODY, new Strikes(fault)));
    }

    /** Whether every fault has struck, and those that end have ended. */
    boolean isOver() {
        return toCome == 0 && lasting.stream().allMatch(struck -> struck.fault().forNanos() == 0);
    }

    /** What was scheduled comes. */
    void strikeAsPlanned(Fault fault) {
        toCome--;
        strike(fault);
    }

    ActiveFault strike(Fault fault) {
        int[] victims = fault.victims().among(hosts.running(), hosts.count(), random);
        int[] lives = Arrays.stream(victims).map(hosts::life).toArray();
        observer.struck(queue.atNanos(), fault, victims);
        switch (fault) {
            case Fault.Crash crash -> each(victims, victim -> stage.crash(victim, crash.loss()));
            case Fault.Leave leave -> each(victims, stage::leave);
            case Fault.Pause pause -> each(victims, victim -> hosts.pause(victim, true));
            case Fault.Slow slow -> each(victims, victim -> network.slowDown(victim, slow.byNanos()));
            case Fault.Partition partition -> network.build(partition, victims);
            case Fault.Cut cut -> network.build(cut, victims);
            case Fault.Stranger talk -> {}
            case Fault.Skew skew -> {
                long most = Math.max(1, skew.byNanos() / NANOS_PER_MICRO);
                each(victims, victim -> hosts.skew(victim, random.nextLong(2 * most + 1) - most));
            }
        }
        ActiveFault struck = new ActiveFault(fault, victims, lives);
        if (!(fault instanceof Fault.Skew)) {
            lasting.add(struck);
        }
        speak(struck);
        if (fault.forNanos() > 0) {
            queue.add(queue.atNanos() + fault.forNanos(), -1, NodeRuntime.NOBODY, new Relents(struck));
        }
        refresh();
        return struck;
    }

    /** Brings back whoever is still down from this, and not back already or down again. */
    private void restart(ActiveFault struck) {
        for (int i = 0; i < struck.victims().length; i++) {
            int victim = struck.victims()[i];
            if (!hosts.isUp(victim) && hosts.life(victim) == struck.lives()[i] + 1) {
                stage.restart(victim);
            }
        }
    }

    /** To be called whenever somebody may have come into reach, or be out of it. */
    void refresh() {
        if (membershipChecker != null) {
            membershipChecker.refresh(queue.atNanos(), network);
        }
    }

    private interface Action {
        void to(int victim);
    }

    private static void each(int[] victims, Action deed) {
        for (int victim : victims) {
            deed.to(victim);
        }
    }

    void relent(ActiveFault struck) {
        if (!lasting.removeIf(other -> other == struck)) {
            return;
        }
        observer.relented(queue.atNanos(), struck.fault(), struck.victims());
        switch (struck.fault()) {
            case Fault.Crash _, Fault.Leave _ -> restart(struck);
            case Fault.Pause pause -> {
                for (int i = 0; i < struck.victims().length; i++) {
                    int victim = struck.victims()[i];
                    if (hosts.isPaused(victim) && hosts.life(victim) == struck.lives()[i]) {
                        stage.resume(victim);
                    }
                }
            }
            case Fault.Slow slow -> each(struck.victims(), victim -> network.slowDown(victim, -slow.byNanos()));
            case Fault.Partition partition -> network.tearDown(partition);
            case Fault.Cut cut -> network.tearDown(cut);
            case Fault.Skew skew -> {}
            case Fault.Stranger talk -> {}
        }
        refresh();
    }

    /** The stranger says something to those whom this has hit, and goes on until it is over. */
    void speak(ActiveFault struck) {
        if (stranger != null && struck.fault() instanceof Fault.Stranger talk && lasting.contains(struck)) {
            stranger.speak(struck, talk.everyNanos());
        }
    }

    /** Ends everything that can end; who crashed for good stays down. */
    void heal() {
        for (ActiveFault struck : List.copyOf(lasting)) {
            boolean isDown = struck.fault() instanceof Fault.Crash || struck.fault() instanceof Fault.Leave;
            if (!isDown || struck.fault().forNanos() > 0) {
                relent(struck);
            }
        }
        network.heal();
        stage.heal();
    }
}
