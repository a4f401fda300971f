package dev.hearsay.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Entry;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.live.host.Delivery;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.live.network.NodeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class VersionCountTest {

    private final List<String> lines = new ArrayList<>();
    private final VersionCount count =
            new VersionCount(line -> lines.add(line.event() + " " + line.version() + " " + line.count()));

    /** A node that says nothing by itself. */
    private record Silent(NodeName name, NodeId address) implements HostedNode {

        static Silent of(int number) {
            return new Silent(NodeName.of(number), new NodeId("127.0.0.1", 8000 + number));
        }

        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public CompletionStage<RumorId> publish(byte[] payload, int relays) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Stamp> put(String key, byte[] value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Stamp> delete(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Optional<Entry>> get(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onDelivered(Consumer<Delivery> listener) {}

        @Override
        public void onEvent(EventListener listener) {}

        @Override
        public void stop() {}

        @Override
        public void kill() {}

        @Override
        public void start() {}

        @Override
        public void close() {}
    }

    @Test
    void aVersionFromBeforeAnybodyListenedIsCommittedToo() {
        Silent one = Silent.of(1);
        Silent two = Silent.of(2);
        count.include(one);
        count.include(two);
        count.catchUp(one.address(), Ranges.of(7, 7), new Ranges(), 1);
        assertThat(lines).containsExactly("received 7 1");
        count.catchUp(two.address(), Ranges.of(7, 7, 9, 9), Ranges.of(7, 7), 2);
        assertThat(lines).containsExactly("received 7 1", "received 7 2", "committed 7 2", "received 9 1");
        count.catchUp(one.address(), Ranges.of(7, 7), Ranges.of(7, 7), 3);
        assertThat(lines).endsWith("known 7 2");
        assertThat(count.isMember(one.address())).isTrue();
        assertThat(count.isMember(new NodeId("127.0.0.1", 9000))).isFalse();
    }
}
