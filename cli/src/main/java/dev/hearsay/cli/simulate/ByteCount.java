package dev.hearsay.cli.simulate;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.sim.Measure;
import dev.hearsay.sim.Observer;
import dev.hearsay.sim.RunMeasures;
import dev.hearsay.wire.MessageJson;
import org.jspecify.annotations.Nullable;

/** How many bytes leave the nodes of a run, each message as the JSON object that it is between real nodes. */
final class ByteCount implements Observer {

    private final MessageJson json = new MessageJson();
    private long traffic;
    private long control;

    /** What is passed on goes to one neighbour after the other. */
    private @Nullable Message latest;

    private int latestBytes;

    @Override
    @SuppressWarnings("ReferenceEquality") // whatever else is equal is only counted again
    public void sent(long atNanos, int from, int to, Message message) {
        if (message != latest) {
            latest = message;
            latestBytes = json.write(message).length;
        }
        if (message instanceof RumorProtocol.Gossip || message instanceof AntiEntropyProtocol.Repair) {
            traffic += latestBytes;
        } else {
            control += latestBytes;
        }
    }

    RunMeasures addTo(RunMeasures measures, int nodes) {
        return measures.with(Measure.TRAFFIC_BYTES, (double) traffic / nodes)
                .with(Measure.CONTROL_BYTES, (double) control / nodes);
    }
}
