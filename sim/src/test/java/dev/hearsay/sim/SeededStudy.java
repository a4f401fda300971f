package dev.hearsay.sim;

import dev.hearsay.core.Random64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Studies of networks with seeds, drawn at random, of everything that can go wrong at once, and is healed after a while. */
final class SeededStudy {

    private static final long LAST_FAULT_MILLIS = 40_000;

    private final Random64 random;
    private final Random64 disks;
    private final SimulationSpecBuilder builder = SimulationSpec.builder();
    private final int seeds;
    private final int peers;

    private SeededStudy(long randomSeed) {
        random = new Random64(randomSeed).split(2_000_000);
        disks = new Random64(randomSeed).split(2_000_001);
        builder.set("random-seed", randomSeed);
        seeds = between(1, 6);
        peers = between(2, 9);
        builder.set("seeds", seeds);
        builder.set("nodes", peers);
    }

    static SimulationSpec of(long randomSeed) {
        return new SeededStudy(randomSeed).draw();
    }

    /** The same with a stranger, who talks to everybody. */
    static SimulationSpec withStranger(long randomSeed) {
        SeededStudy study = new SeededStudy(randomSeed);
        String all = study.everybody().collect(Collectors.joining(","));
        study.builder.set("stranger", all + "@" + study.between(0, 5_000) + "ms:" + study.between(30, 1_000) + "ms");
        return study.draw();
    }

    private Stream<String> everybody() {
        return Stream.concat(
                IntStream.range(0, peers).mapToObj(Integer::toString),
                IntStream.range(0, seeds).mapToObj(seed -> "s" + seed));
    }

    private SimulationSpec draw() {
        builder.set("rumors", between(1, 6));
        builder.set("every", between(0, 5_000) + "ms");
        builder.set("latency", random.nextInt(2) == 0 ? "uniform:1ms-60ms" : "exponential:20ms");
        builder.set("loss", between(0, 20) + "%");
        builder.set("duplicate", between(0, 10) + "%");
        builder.set("reorder", between(0, 20) + "%");
        if (random.nextInt(3) > 0) {
            builder.set("disk", between(1, 40) + "ms");
            builder.set("disk-failure", random.nextInt(2) == 0 ? "0%" : between(1, 20) + "%");
        }
        if (random.nextInt(3) == 0) {
            builder.set("topology", "powerlaw:1:" + between(2, 3));
        }
        for (int i = between(0, 6); i > 0; i--) {
            addFault();
        }
        builder.set("heal", "50s");
        builder.set("within", "10m");
        builder.set("until", "15m");
        return builder.build();
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** Any of the peers and seeds together, but not nobody. */
    private String victims() {
        List<String> all = everybody().toList();
        double share = random.nextDouble();
        String drawn = all.stream().filter(one -> random.nextDouble() < share).collect(Collectors.joining(","));
        return drawn.isEmpty() ? all.get(random.nextInt(all.size())) : drawn;
    }

    /** Of a peer: seeds that forget what they have signed are no longer bound by it. */
    private String diskLoss() {
        return switch (disks.nextInt(3)) {
            case 0 -> ":lost-tail";
            case 1 -> ":old-page";
            default -> ":no-disk";
        };
    }

    private void addFault() {
        long at = random.nextLong(LAST_FAULT_MILLIS);
        String times = "@" + at + "ms";
        String lasting = times + "+" + between(50, 30_000) + "ms";
        switch (random.nextInt(12)) {
            case 0 -> builder.set("crash", between(0, peers - 1) + times);
            case 1, 2 -> builder.set("crash", victims() + lasting + (disks.nextInt(2) == 0 ? "" : ":torn-write"));
            case 3 -> builder.set("crash", between(0, peers - 1) + lasting + diskLoss());
            case 4 -> builder.set("leave", between(0, peers - 1) + (random.nextInt(2) == 0 ? times : lasting));
            case 5, 6 -> builder.set("pause", victims() + lasting);
            case 7 -> builder.set("partition", victims() + lasting);
            case 8 -> builder.set("cut", victims() + lasting);
            case 9 -> builder.set("slow", victims() + lasting + ":" + between(10, 3_000) + "ms");
            // One seed for good is a minority of three and more.
            case 10 -> builder.set("crash", seeds < 3 ? victims() + lasting : "s0" + times);
            default -> builder.set("skew", victims() + times + ":" + between(1, 100_000) + "s");
        }
    }
}
