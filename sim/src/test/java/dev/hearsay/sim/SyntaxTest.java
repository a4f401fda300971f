package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Random64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How specs are written and read. */
class SyntaxTest {

    @ParameterizedTest
    @CsvSource({
        "10ms, 10000000",
        "1.5s, 1500000000",
        "0.25us, 250",
        "2m, 120000000000",
        "1h, 3600000000000",
        "7ns, 7",
        "0, 0",
        "0s, 0"
    })
    void durationsAreRead(String text, long nanos) {
        assertThat(Durations.parse(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({"10000000, 10ms", "1500000000, 1500ms", "1, 1ns", "0, 0s", "7200000000000, 2h", "60000000000, 1m"})
    void durationsAreWritten(long nanos, String text) {
        assertThat(Durations.text(nanos)).isEqualTo(text);
        assertThat(Durations.parse(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "ms", "-5ms", "1.2.3s", ".5s", "5.s", "10 ms", "10msec", "1e3ms"})
    void whatIsNoDurationIsRefusedInOneSentence(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text
                        + "' is not a duration; write a number and a unit (ns, us, ms, s, m, h), such as 10ms"
                        + " or 1.5s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999h", "99999999999999999999s"})
    void aDurationThatDoesNotFitIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessage("'" + text + "' is too long a time");
    }

    @Test
    void aDurationFinerThanNanosecondsIsRefused() {
        assertThatThrownBy(() -> Durations.parse("0.5ns")).hasMessage("'0.5ns' is not a whole number of nanoseconds");
        assertThat(Durations.parse("0.50us")).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"1%, 0.01", "0.5%, 0.005", "0.3, 0.3", "100%, 1", "0, 0", "7%, 0.07", "0.25%, 0.0025"})
    void fractionsAreRead(String text, double fraction) {
        assertThat(Fractions.parse(text)).isEqualTo(fraction);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "-1%", "abc", "1e-2", "1.2.3", "NaN", "1 %"})
    void whatIsNoFractionIsRefused(String text) {
        assertThatThrownBy(() -> Fractions.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'" + text + "' is not a fraction; write a percentage such as 1% or a fraction such as 0.01");
    }

    @Test
    void moreThanTheWholeIsRefused() {
        assertThatThrownBy(() -> Fractions.parse("101%")).hasMessageContaining("'101%' is more than the whole");
        assertThatThrownBy(() -> Fractions.parse("1.5")).hasMessageContaining("'1.5' is more than the whole");
    }

    @Test
    void everyFractionIsReadAsItWasWritten() {
        assertThat(Fractions.text(0.01)).isEqualTo("1%");
        assertThat(Fractions.text(0.005)).isEqualTo("0.5%");
        assertThat(Fractions.text(0)).isEqualTo("0%");
        Random64 random = new Random64(1);
        for (int i = 0; i < 10_000; i++) {
            double fraction = random.nextDouble() * (i % 2 == 0 ? 1 : 1e-9);
            assertThat(Fractions.parse(Fractions.text(fraction))).isEqualTo(fraction);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10ms", "uniform:5ms-20ms", "exponential:10ms", "lognormal:10ms:0.5", "0s"})
    void latenciesAreReadAsTheyAreWritten(String text) {
        assertThat(Latency.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"uniform:5ms", "uniform:5ms-6ms-7ms", "exponential", "gamma:3ms", "lognormal:10ms", "5", ""})
    void whatIsNoLatencyIsRefused(String text) {
        assertThatThrownBy(() -> Latency.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a ");
    }

    @Test
    void aLatencyThatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> Latency.parse("uniform:20ms-5ms"))
                .hasMessage("uniform: the longest latency, 5ms, is below the shortest, 20ms");
        assertThatThrownBy(() -> Latency.parse("lognormal:5ms:-1")).hasMessageContaining("sigma must be 0 to 5");
    }

    @ParameterizedTest
    @CsvSource({
        "crash, 5%@200ms",
        "crash, 5%@200ms+1s",
        "crash, '3,17@200ms+1s:no-disk'",
        "crash, 5%@200ms+1s:torn-write",
        "crash, 5%@200ms+1s:lost-tail",
        "crash, 's0@200ms+1s:old-page'",
        "leave, 2@1s+2s",
        "pause, 5%@100ms+500ms",
        "slow, 5%@0s:50ms",
        "slow, 5%@0s+1s:50ms",
        "partition, 50%@100ms+2s",
        "cut, 10%@100ms",
        "skew, 20%@0s:1h",
        "stranger, 100%@0s+10s:50ms"
    })
    void faultsAreReadAsTheyAreWritten(String option, String text) {
        Fault fault = Fault.parse(option, text);
        assertThat(fault).hasToString(text);
        assertThat(fault.option()).isEqualTo(option);
    }

    @ParameterizedTest
    @CsvSource({
        "crash, 5%, does not say when",
        "crash, 5%@1s:disk, write VICTIMS@TIME[+DOWN][:no-disk|torn-write|lost-tail|old-page]",
        "crash, 5%@1s:, write VICTIMS@TIME[+DOWN][:no-disk|torn-write|lost-tail|old-page]",
        "pause, 5%@1s, a pause needs an end",
        "pause, 5%@1s+1s:x, write VICTIMS@TIME+FOR",
        "slow, 5%@1s, does not say by how much",
        "skew, 5%@1s+2s:3s, write VICTIMS@TIME:BY",
        "stranger, 5%@1s, does not say by how much",
        "partition, 0%@1s, a fault needs a share of the nodes above 0",
        "cut, some@1s, names no nodes",
        "cut, -1@1s, nodes are numbered from 0",
        "cut, 5%@soon, is not a duration"
    })
    void whatIsNoFaultIsRefused(String option, String text, String message) {
        assertThatThrownBy(() -> Fault.parse(option, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void everyCommandIsReadAsItWasWritten() {
        for (int randomSeed = 0; randomSeed < 500; randomSeed++) {
            SimulationSpec spec = RandomStudy.of(randomSeed);
            assertThat(SimulationSpecBuilder.parse(spec.command())).isEqualTo(spec);
        }
        assertThat(SimulationSpec.builder().build().command())
                .isEqualTo("gossip simulate --nodes 1000 --topology random:8 --spread flood --latency 10ms --loss 0%"
                        + " --anti-entropy 1s --random-seed 1 --runs 1");
    }

    @ParameterizedTest
    @CsvSource({
        "nodes, 0, 'nodes must be 1 to 10000000, not 0'",
        "nodes, many, '--nodes must be a whole number, not ''many'''",
        "nodes, 5000000000, '--nodes: 5000000000 is out of range'",
        "runs, 0, 'runs must be 1 to 1000000, not 0'",
        "rumors, 0, 'rumors must be 1 to 1000000, not 0'",
        "relays, 101, 'relays must be 1 to 100, not 101'",
        "publisher, 1000, 'there is no node 1000; they are numbered 0 to 999'",
        "crash, 1000@1s, '--crash 1000@1s: there is no node 1000; they are numbered 0 to 999'",
        "retain, 0, 'a node must keep at least 1 rumor, not 0'",
        "paths, maybe, '--paths is on or off, not ''maybe'''",
        "disk-failure, 5%, 'a disk that fails must take some time; set disk, too'",
        "colour, red, 'there is no option --colour'"
    })
    void whatCannotBeSimulatedIsRefused(String option, String value, String message) {
        assertThatThrownBy(() -> SimulationSpec.builder().set(option, value).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aFaultAfterHealingIsRefused() {
        assertThatThrownBy(() -> SimulationSpec.builder()
                        .set("heal", "1s")
                        .set("cut", "5%@2s")
                        .build())
                .hasMessage("--cut 5%@2s strikes after everything is healed");
    }
}
