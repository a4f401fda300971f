package dev.hearsay.sim;

import dev.hearsay.core.Random64;

/** Studies drawn at random, of everything that can go wrong at once. */
final class RandomStudy {

    private static final long LAST_FAULT_MILLIS = 6_000;

    private final Random64 random;
    private final Random64 disks;
    private final int nodesMin;
    private final int nodesMax;
    private final SimulationSpecBuilder builder = SimulationSpec.builder();
    private boolean hasStranger;

    private RandomStudy(long randomSeed, int nodesMin, int nodesMax) {
        this.nodesMin = nodesMin;
        this.nodesMax = nodesMax;
        random = new Random64(randomSeed).split(1_000_000);
        disks = new Random64(randomSeed).split(1_000_001);
        builder.set("random-seed", randomSeed);
    }

    /** A small network with every kind of fault in it, that is healed after some seconds. */
    static SimulationSpec of(long randomSeed) {
        return new RandomStudy(randomSeed, 1, 24).draw();
    }

    /** The same with some more nodes. */
    static SimulationSpec large(long randomSeed) {
        return new RandomStudy(randomSeed, 30, 150).draw();
    }

    /** A small network with every kind of fault in it, in which something else than messages is published. */
    static SimulationSpec publishing(String what, long randomSeed) {
        RandomStudy study = new RandomStudy(randomSeed, 1, 24);
        study.builder.set("publish", what);
        return study.draw();
    }

    /** A small network with every kind of fault in it, and a stranger who talks to everybody; publishing goes on after it falls silent. */
    static SimulationSpec withStranger(String what, long randomSeed) {
        RandomStudy study = new RandomStudy(randomSeed, 2, 12);
        study.builder.set("publish", what);
        study.hasStranger = true;
        return study.draw();
    }

    private SimulationSpec draw() {
        int nodes = between(nodesMin, nodesMax);
        builder.set("nodes", nodes);
        builder.set("topology", topology(nodes));
        builder.set("spread", random.nextInt(2) == 0 ? "flood" : "push:" + between(1, 4));
        builder.set("relays", between(1, 3));
        builder.set("rumors", between(1, 12));
        builder.set("every", between(0, 700) + "ms");
        builder.set("latency", latency());
        builder.set("loss", between(0, 30) + "%");
        builder.set("duplicate", between(0, 10) + "%");
        builder.set("reorder", between(0, 20) + "%");
        builder.set("heartbeats", random.nextInt(5) == 0 ? "off" : "1s");
        builder.set("paths", random.nextInt(2) == 0 ? "on" : "off");
        if (random.nextInt(3) > 0) {
            builder.set("disk", between(1, 40) + "ms");
            builder.set("disk-failure", random.nextInt(2) == 0 ? "0%" : between(1, 30) + "%");
        }
        for (int i = between(0, 5); i > 0; i--) {
            addFault();
        }
        if (hasStranger) {
            builder.set("rumors", between(4, 10));
            builder.set("every", between(1_000, 3_000) + "ms");
            builder.set("stranger", "100%@" + between(0, 2_000) + "ms:" + between(10, 300) + "ms");
        }
        builder.set("heal", "10s");
        builder.set("within", "5m");
        return builder.build();
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private String topology(int nodes) {
        if (nodes < 3) {
            return "circular";
        }
        return switch (random.nextInt(7)) {
            case 0 -> "circular";
            case 1 -> "full";
            case 2 -> "grid";
            case 3 -> "powerlaw:1:" + between(1, Math.min(4, nodes - 1));
            case 4 -> nodes > 4 ? "small-world:4:0." + between(0, 9) : "powerlaw:0.5";
            case 5 -> "scale-free:" + between(1, Math.min(3, nodes - 1));
            default -> "random:" + between(1, Math.min(6, nodes - 1));
        };
    }

    private String latency() {
        return switch (random.nextInt(4)) {
            case 0 -> between(0, 100) + "ms";
            case 1 -> "uniform:1ms-" + between(1, 200) + "ms";
            case 2 -> "exponential:" + between(1, 60) + "ms";
            default -> "lognormal:" + between(1, 60) + "ms:0.7";
        };
    }

    /** Half of the disks are as they said they were. */
    private String diskLoss() {
        return switch (disks.nextInt(6)) {
            case 0 -> ":torn-write";
            case 1 -> ":lost-tail";
            case 2 -> ":old-page";
            default -> "";
        };
    }

    private void addFault() {
        String victims = between(5, 60) + "%";
        long at = random.nextLong(LAST_FAULT_MILLIS);
        String times = victims + "@" + at + "ms";
        String lasting = times + "+" + between(50, 8_000) + "ms";
        switch (random.nextInt(10)) {
            case 0 -> builder.set("crash", between(5, 30) + "%@" + at + "ms");
            case 1, 2 -> builder.set("crash", lasting + diskLoss());
            case 3 -> builder.set("crash", lasting + ":no-disk");
            case 8 -> builder.set("leave", random.nextInt(2) == 0 ? times : lasting);
            case 4 -> builder.set("pause", lasting);
            case 5 -> builder.set("partition", lasting);
            case 6 -> builder.set("cut", lasting);
            case 7 -> builder.set("slow", lasting + ":" + between(10, 3_000) + "ms");
            default -> {
                // Half of them are within what nodes believe of each other.
                int seconds = between(1, 100_000);
                builder.set("skew", times + ":" + (seconds % 2 == 0 ? seconds : 1 + seconds % 100) + "s");
            }
        }
    }
}
