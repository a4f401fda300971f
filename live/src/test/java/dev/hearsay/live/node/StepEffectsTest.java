package dev.hearsay.live.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Timer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepEffectsTest {

    private static final NodeId OTHER = new NodeId("127.0.0.1", 2);

    private final List<Object> done = new ArrayList<>();

    private final Effects execution = new Effects() {
        @Override
        public void send(NodeId to, Message message) {
            done.add(message);
            if (message instanceof LinkProtocol.Leave) {
                throw new IllegalStateException("a message that cannot be sent");
            }
        }

        @Override
        public void after(long delayNanos, Timer timer) {
            done.add(timer);
        }

        @Override
        public void save(Fact fact) {
            done.add(fact);
        }

        @Override
        public void tell(Event event) {
            done.add(event);
        }
    };

    @Test
    void whatCannotBeCarriedOutIsNotTriedAgainWithTheNextStep() {
        StepEffects wanted = new StepEffects();
        wanted.send(OTHER, new HeartbeatProtocol.Ping(1));
        wanted.send(OTHER, new LinkProtocol.Leave());
        assertThatThrownBy(() -> wanted.carryOut(execution)).hasMessage("a message that cannot be sent");
        done.clear();
        wanted.send(OTHER, new HeartbeatProtocol.Ping(2));
        wanted.carryOut(execution);
        assertThat(done).containsExactly(new HeartbeatProtocol.Ping(2));
    }
}
