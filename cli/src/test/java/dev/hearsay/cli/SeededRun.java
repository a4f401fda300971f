package dev.hearsay.cli;

import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;

/** A folder and free ports for networks of real peers and seeds on loopback, and what people would look at. */
abstract class SeededRun extends GossipRun {

    Path run;
    int seedPort;
    int peerPort;

    @BeforeEach
    void begin() throws IOException {
        run = Files.createDirectory(home.resolve("run"));
        seedPort = Gossip.freeBasePort(4) + 1;
        peerPort = Gossip.freeBasePort(10) + 1;
    }

    String ports() {
        return " --dir " + run + " --seed-base-port " + seedPort + " --base-port " + peerPort;
    }

    /** The address of the peer of that number. */
    String peer(int number) {
        return "127.0.0.1:" + (peerPort + number - 1);
    }

    List<String> greps(String file, String pattern) {
        try (var lines = Files.lines(run.resolve(file))) {
            Predicate<String> matches = Pattern.compile(pattern).asPredicate();
            return lines.filter(matches).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The states of all peers, by name, as all seeds that answer agree on them; empty while they do not, or are too few. */
    Map<String, String> agreed() {
        var result = gossip.line("members -o json");
        try {
            return result.exitCode() == 0 && result.json().flag("agree") ? states(result.json()) : Map.of();
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, String> states(JsonObject members) throws WireException {
        Map<String, String> states = new TreeMap<>();
        for (JsonObject member : members.objects("members")) {
            states.put(member.text("node"), member.text("state") + " " + member.whole("incarnation"));
        }
        return states;
    }

    /** Waits until all seeds that answer agree on this: {@code 1=member 1}. */
    void awaitAgreed(String... states) {
        Map<String, String> expected = new TreeMap<>();
        for (String state : states) {
            int equals = state.indexOf('=');
            expected.put(state.substring(0, equals), state.substring(equals + 1));
        }
        List<Map<String, String>> last = new ArrayList<>();
        try {
            Gossip.await("the seeds to agree on " + expected, () -> {
                last.add(agreed());
                return expected.equals(last.getLast());
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the last answer was " + last.getLast(), e);
        }
    }
}
