package dev.hearsay.live.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.live.memory.MemoryBudget;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final MemoryBudget.Account ROOM = new MemoryBudget.Account(1 << 20);

    private static byte[] bytes(int length) {
        return new byte[length];
    }

    @Test
    void dropsTheOldestBeyondItsCount() {
        Outbox outbox = new Outbox(2, 1000, ROOM);
        byte[] second = bytes(2);
        byte[] third = bytes(3);
        assertThat(outbox.add(bytes(1))).isZero();
        assertThat(outbox.add(second)).isZero();
        assertThat(outbox.add(third)).isEqualTo(1);
        assertThat(outbox.take(1000)).containsExactly(second, third);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void dropsTheOldestBeyondItsBytesButKeepsALargeOneAlone() {
        Outbox outbox = new Outbox(100, 10, ROOM);
        outbox.add(bytes(4));
        outbox.add(bytes(4));
        assertThat(outbox.add(bytes(4))).isEqualTo(1);
        assertThat(outbox.add(bytes(50))).isEqualTo(2);
        assertThat(outbox.size()).isEqualTo(1);
        assertThat(outbox.take(1)).hasSize(1);
    }

    @Test
    void takesAsMuchAsFits() {
        Outbox outbox = new Outbox(100, 1000, ROOM);
        for (int i = 0; i < 5; i++) {
            outbox.add(bytes(4));
        }
        assertThat(outbox.take(9)).hasSize(2);
        assertThat(outbox.take(1)).hasSize(1);
        assertThat(outbox.take(1000)).hasSize(2);
        assertThat(outbox.take(1000)).isEmpty();
    }

    @Test
    void putsBackInFrontInOrder() {
        Outbox outbox = new Outbox(3, 1000, ROOM);
        byte[] first = bytes(1);
        byte[] second = bytes(2);
        byte[] third = bytes(3);
        outbox.add(first);
        outbox.add(second);
        List<byte[]> taken = outbox.take(1000);
        outbox.add(third);
        assertThat(outbox.putBack(taken)).isZero();
        outbox.add(bytes(4));
        assertThat(outbox.take(1000)).hasSize(3).startsWith(second, third);
        assertThat(outbox.clear()).isZero();
    }

    @Test
    void whatIsUrgentGoesFirstAndIsBoundedByItself() {
        Outbox outbox = new Outbox(2, 1000, ROOM);
        byte[] urgent = bytes(1);
        outbox.add(bytes(2));
        outbox.add(bytes(3));
        assertThat(outbox.addUrgent(urgent)).isZero();
        assertThat(outbox.size()).isEqualTo(3);
        assertThat(outbox.take(1000)).hasSize(3).startsWith(urgent);
        int dropped = 0;
        for (int i = 0; i < 100; i++) {
            dropped += outbox.addUrgent(bytes(1));
        }
        assertThat(dropped).isEqualTo(100 - outbox.size());
        assertThat(outbox.size()).isLessThan(50);
        assertThat(outbox.clear()).isEqualTo(100 - dropped);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void whenAllOutboxesTogetherHoldTooMuchEachKeepsItsNewestMessage() {
        MemoryBudget.Account account = new MemoryBudget.Account(10);
        Outbox one = new Outbox(100, 1000, account);
        Outbox other = new Outbox(100, 1000, account);
        assertThat(one.add(new byte[4])).isZero();
        assertThat(one.add(new byte[4])).isZero();
        assertThat(other.add(new byte[4])).isZero();
        assertThat(one.add(new byte[4])).isEqualTo(2);
        assertThat(account.used()).isEqualTo(8);
        List<byte[]> batch = other.take(100);
        assertThat(account.used()).as("a batch counts until it is done with").isEqualTo(8);
        other.putBack(batch);
        other.take(100);
        other.done();
        one.clear();
        assertThat(account.used()).isZero();
    }
}
