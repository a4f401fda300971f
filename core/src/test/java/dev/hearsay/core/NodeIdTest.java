package dev.hearsay.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:7001", "node-1.example.org:1", "my_host:65535", "[::1]:7001", "[fe80::1%eth0]:7001"})
    void readsWhatAHostCanBeCalled(String text) {
        assertThat(NodeId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2Jhost:7001",
                "two\nlines:7001",
                "tab\there:7001",
                "a b:7001",
                "\u202ehost:7001",
                "<b>:7001",
                "a'b:7001",
                "h\u00f6st:7001"
            })
    void refusesHostsThatWouldDoSomethingToATerminalOrALog(String text) {
        assertThatThrownBy(() -> NodeId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesHostsThatAreTooLongWithoutQuotingThem() {
        assertThat(NodeId.parse("a".repeat(253) + ":1").port()).isEqualTo(1);
        assertThatThrownBy(() -> NodeId.parse("a".repeat(1_000_000) + ":1"))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void whatWasStoredBeforeHostsWereCheckedIsStillRead() {
        assertThat(NodeId.parseStored("10.0.0.1:7001")).isEqualTo(new NodeId("10.0.0.1", 7001));
        assertThat(NodeId.parseStored("\u001b2J:7001")).isEqualTo(new NodeId("_2J", 7001));
        assertThat(NodeId.parseStored("h".repeat(1_000) + ":7001").port()).isEqualTo(7001);
        assertThatThrownBy(() -> NodeId.parseStored("nothing")).hasMessageContaining("is not an address");
    }
}
