package dev.hearsay.live.node;

import java.util.ArrayDeque;

/** Lets what a node does by itself happen, or makes it wait while the node is paused. Used on the node's loop, but that any thread may ask whether it is paused. */
final class PauseGate {

    private final ArrayDeque<Runnable> late = new ArrayDeque<>(0);
    private volatile boolean isPaused;

    boolean isPaused() {
        return isPaused;
    }

    /** Does it now, or when the pause is over. What can wait is bounded: a paused node sets no timer and saves nothing. */
    void take(Runnable turn) {
        if (isPaused) {
            late.addLast(turn);
        } else {
            turn.run();
        }
    }

    void pause() {
        isPaused = true;
    }

    /** Does what has waited, in the order in which it would have happened. */
    void resume() {
        isPaused = false;
        while (!late.isEmpty()) {
            late.removeFirst().run();
        }
    }
}
