package dev.hearsay.cli.network;

import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.live.network.NetworkFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Whom a node that joins a network later is linked to: as near to the spirit of the topology as adding links allows. */
final class Joining {

    private Joining() {}

    /**
     * The neighbours of a new node.
     *
     * @param present the nodes that are there, by number
     * @param number that of the new one
     */
    static List<Integer> neighbours(
            OverlaySpec topology, List<NetworkFile.Entry> present, int number, Random64 random) {
        int first = present.getFirst().number();
        int last = present.getLast().number();
        List<Integer> chosen = switch (topology) {
            case OverlaySpec.RandomRegular(int degree) -> drawn(present, degree, random, entry -> 1);
            case OverlaySpec.Circular() -> List.of(first, last);
            case OverlaySpec.PowerLaw(double alpha, int picks) ->
                drawn(
                        present,
                        picks > 0 ? picks : present.size() / 2 + 1,
                        random,
                        entry -> 1 / Math.pow(entry.number(), alpha));
            case OverlaySpec.Full() ->
                present.stream().map(NetworkFile.Entry::number).toList();
            case OverlaySpec.Grid() -> gridNeighbours(present, number);
            case OverlaySpec.SmallWorld(int degree, double rewired) -> smallWorld(present, degree, rewired, random);
            case OverlaySpec.ScaleFree(int links) ->
                drawn(present, links, random, entry -> entry.neighbours().size());
            case OverlaySpec.Given given -> throw new IllegalStateException("only simulations have " + given);
        };
        return chosen.stream().distinct().sorted().toList();
    }

    /** Nodes drawn without replacement, each with its weight (Efraimidis, Spirakis 2006). */
    private static List<Integer> drawn(
            List<NetworkFile.Entry> present, int count, Random64 random, ToDoubleFunction<NetworkFile.Entry> weight) {
        record Key(int node, double value) {}
        return present.stream()
                .map(entry -> new Key(entry.number(), Math.log(1 - random.nextDouble()) / weight.applyAsDouble(entry)))
                .sorted(Comparator.comparingDouble(Key::value).reversed())
                .limit(count)
                .map(Key::node)
                .toList();
    }

    /** The one to the left and the one above, in rows as long as they were when the grid was made, or about so. */
    private static List<Integer> gridNeighbours(List<NetworkFile.Entry> present, int number) {
        int columns = (int) Math.ceil(Math.sqrt(present.size()));
        List<Integer> near = new ArrayList<>();
        for (NetworkFile.Entry entry : present) {
            boolean isLeft = entry.number() == number - 1 && (number - 1) % columns != 0;
            if (isLeft || entry.number() == number - columns) {
                near.add(entry.number());
            }
        }
        return near.isEmpty() ? List.of(present.getLast().number()) : near;
    }

    /** Half of the links to each side of the place between the last and the first node, some of them led elsewhere. */
    private static List<Integer> smallWorld(
            List<NetworkFile.Entry> present, int degree, double rewired, Random64 random) {
        List<Integer> near = new ArrayList<>();
        for (int i = 0; i < Math.min(degree, present.size()); i++) {
            int place = i % 2 == 0 ? i / 2 : present.size() - 1 - i / 2;
            boolean isRewired = random.nextDouble() < rewired;
            near.add(present.get(isRewired ? random.nextInt(present.size()) : place)
                    .number());
        }
        return near;
    }
}
