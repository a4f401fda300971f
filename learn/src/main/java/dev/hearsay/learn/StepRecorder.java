package dev.hearsay.learn;

import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.sim.Fault;
import dev.hearsay.sim.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What one step has brought about. */
final class StepRecorder implements Observer {

    record Told(int node, Event event) {}

    record Lost(int from, int to, Message message, Loss why) {}

    final List<Told> told = new ArrayList<>();
    final List<Lost> lost = new ArrayList<>();

    /** Whoever was touched, by number. */
    final TreeSet<Integer> touched = new TreeSet<>();

    void clear() {
        told.clear();
        lost.clear();
        touched.clear();
    }

    @Override
    public void told(long atNanos, int node, Event event) {
        told.add(new Told(node, event));
        touched.add(node);
    }

    @Override
    public void lost(long atNanos, int from, int to, Message message, Loss why) {
        lost.add(new Lost(from, to, message, why));
    }

    @Override
    public void struck(long atNanos, Fault fault, int[] victims) {
        touch(victims);
    }

    @Override
    public void relented(long atNanos, Fault fault, int[] victims) {
        touch(victims);
    }

    private void touch(int[] victims) {
        for (int victim : victims) {
            touched.add(victim);
        }
    }
}
