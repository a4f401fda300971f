package dev.hearsay.bench.dashboard;

import dev.hearsay.bench.report.Target;
import dev.hearsay.bench.report.Target.Direction;

/** What is measured while a dashboard is open, and what it should be; only the cost and the events have been promised, the others are what people do not notice. */
enum Figure {
    FRAMES_MEDIAN("frames per second under load, median", Direction.AT_LEAST, 30, ""),
    FRAMES_LOWEST("frames in the lowest second", Direction.AT_LEAST, 15, ""),
    IDLE_CPU("processor time of the browser when idle, of one core", Direction.AT_MOST, 5, "%"),
    LOADED_CPU("processor time of the browser under load, of one core", Direction.AT_MOST, 100, "%"),
    IDLE_BYTES("stream when idle", Direction.AT_MOST, 1_000, "B/s"),
    LOADED_BYTES("stream under load", Direction.AT_MOST, 1_000_000, "B/s"),
    PIXEL_MEDIAN("from a node's signal to the picture, median", Direction.AT_MOST, 150, "ms"),
    PIXEL_P95("from a node's signal to the picture, 95 %", Direction.AT_MOST, 300, "ms"),
    KEPT("events that the dashboard keeps", Direction.AT_LEAST, 100_000, ""),
    LOST("events that should be among them and are not", Direction.AT_MOST, 0, "");

    private final String what;
    private final Direction direction;
    private final double limit;
    private final String unit;

    Figure(String what, Direction direction, double limit, String unit) {
        this.what = what;
        this.direction = direction;
        this.limit = limit;
        this.unit = unit;
    }

    String what() {
        return what;
    }

    Target target(double value) {
        return new Target(what, value, direction, limit, unit);
    }
}
