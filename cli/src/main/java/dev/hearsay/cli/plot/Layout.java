package dev.hearsay.cli.plot;

import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.OverlaySpec;
import java.util.Arrays;

/**
 * Where the nodes of a graph stand, in a frame that is fitted to the picture later.
 *
 * @param x to the right
 * @param y down
 * @param isRing whether all stand on one circle around the origin
 * @param isFree whether a node may be moved a little
 */
@SuppressWarnings("ArrayRecordComponent") // made here, read by the picture, compared by nobody
record Layout(double[] x, double[] y, boolean isRing, boolean isFree) {

    /** The place that the construction gives a node, where it gives one; elsewhere distance shows distance. */
    static Layout of(OverlaySpec spec, Graph graph, long randomSeed) {
        int n = graph.nodes();
        return switch (spec) {
            case OverlaySpec.Circular(), OverlaySpec.Full() -> ring(n);
            case OverlaySpec.SmallWorld ignored -> ring(n);
            case OverlaySpec.Grid() -> grid(n);
            case OverlaySpec.RandomRegular _, OverlaySpec.PowerLaw _ -> spread(graph, randomSeed);
            case OverlaySpec.ScaleFree ignored -> spread(graph, randomSeed);
            case OverlaySpec.Given ignored -> spread(graph, randomSeed);
        };
    }

    private static Layout ring(int n) {
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * i / n;
            x[i] = Math.sin(angle);
            y[i] = -Math.cos(angle);
        }
        return new Layout(x, y, true, false);
    }

    private static Layout grid(int n) {
        int columns = (int) Math.ceil(Math.sqrt(n));
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            int row = i / columns;
            x[i] = i % columns;
            y[i] = row;
        }
        return new Layout(x, y, false, false);
    }

    private static Layout spread(Graph graph, long randomSeed) {
        if (graph.nodes() < 4) {
            return ring(graph.nodes());
        }
        double[][] places = Stress.places(graph, new Random64(randomSeed));
        level(places[0], places[1]);
        return new Layout(places[0], places[1], false, true);
    }

    /** Turns the cloud so that its longest extent lies level: pictures are wider than high. */
    private static void level(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] -= meanX;
            y[i] -= meanY;
            xx += x[i] * x[i];
            xy += x[i] * y[i];
            yy += y[i] * y[i];
        }
        double angle = 0.5 * Math.atan2(2 * xy, xx - yy);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int i = 0; i < x.length; i++) {
            double turned = cos * x[i] + sin * y[i];
            y[i] = -sin * x[i] + cos * y[i];
            x[i] = turned;
        }
    }
}
