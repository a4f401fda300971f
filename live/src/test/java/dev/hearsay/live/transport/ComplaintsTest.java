package dev.hearsay.live.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComplaintsTest {

    @Test
    void tellsAFewOfEachSecondAndCountsTheRest() {
        RecordingReceiver receiver = new RecordingReceiver();
        Complaints complaints = new Complaints(receiver);
        for (int i = 1; i <= 100; i++) {
            complaints.tell("reason " + i);
        }
        assertThat(receiver.refused).containsExactly("reason 1", "reason 2", "reason 3");
        complaints.endSecond();
        assertThat(receiver.refused.stream()).last().isEqualTo("97 more complaints in one second");
        complaints.endSecond();
        complaints.tell("reason 101");
        assertThat(receiver.refused).hasSize(5).last().isEqualTo("reason 101");
    }
}
