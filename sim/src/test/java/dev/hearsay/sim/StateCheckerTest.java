package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Entry;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import org.junit.jupiter.api.Test;

/** The promises of the hybrid clock, broken one by one. */
class StateCheckerTest {

    private final StateChecker stateChecker = new StateChecker(Simulation.of(SimulationSpec.builder()
                    .set("nodes", 3)
                    .set("topology", "full")
                    .build())
            .hosts());

    private static Entry entry(String key, long micros, int writer) {
        return new Entry(key, null, new Stamp(micros, 0, new NodeId("sim", writer)));
    }

    private void stateChecker(int node, String key, long micros) {
        stateChecker.saved(node, new StateProtocol.Wrote(entry(key, micros, node), null));
    }

    private void learns(int node, String key, long micros, int writer) {
        stateChecker.saved(node, new StateProtocol.Learnt(entry(key, micros, writer)));
    }

    @Test
    void aWriteIsLaterThanAllThatItsWriterHadSeen() {
        stateChecker(0, "a", 5);
        learns(0, "b", 9, 1);
        assertThatThrownBy(() -> stateChecker(0, "c", 9)).hasMessageContaining("sim:0 has written at 9.0 by sim:0");
        assertThatCode(() -> stateChecker(0, "c", 10)).doesNotThrowAnyException();
        assertThatThrownBy(() -> stateChecker(0, "d", 10)).isInstanceOf(BrokenInvariant.class);
    }

    @Test
    void nobodyGoesBack() {
        learns(0, "a", 5, 1);
        learns(1, "a", 4, 1);
        assertThatThrownBy(() -> learns(0, "a", 4, 1)).hasMessageContaining("sim:0 goes back to a of 4.0");
        stateChecker.forgets(0);
        learns(0, "a", 4, 1);
    }

    @Test
    void noTwoWritesHaveOneStamp() {
        stateChecker.accepted(new StateProtocol.Wrote(entry("a", 5, 0), null));
        stateChecker.accepted(new StateProtocol.Wrote(entry("b", 5, 1), null));
        assertThatThrownBy(() -> stateChecker.accepted(new StateProtocol.Wrote(entry("b", 5, 0), null)))
                .hasMessageContaining("b and a were both written at 5.0 by sim:0");
    }

    @Test
    void coverageIsTheShareOfNodesThatHaveWhatWasWrittenLast() {
        SimulationSpecBuilder study = SimulationSpec.builder()
                .set("nodes", 20)
                .set("topology", "random:4")
                .set("publish", "entries")
                .set("rumors", 10)
                .set("heal", "5s");
        assertThat(Simulation.of(study.build()).run().value(Measure.COVERAGE)).isEqualTo(1);
        Simulation cutOff = Simulation.of(study.set("loss", "100%").build());
        cutOff.advanceTo(3_000_000_000L);
        assertThat(cutOff.measures().value(Measure.COVERAGE)).isBetween(0.01, 0.3);
    }
}
