package dev.hearsay.live.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class HostLogTest {

    @TempDir
    Path directory;

    @AfterEach
    void restore() throws Exception {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new ContextInitializer(context).autoConfig();
    }

    @Test
    void writesWhatNodesTellButNotTheWayOfEveryMessage() throws Exception {
        Path file = directory.resolve("log").resolve("host-0.log");
        HostLog.toFile(file);
        EventLogger log = new EventLogger(new NodeId("127.0.0.1", 7001));
        log.write(new Lifecycle.Started(List.of(), 3));
        log.write(new RumorProtocol.Published(new RumorId(1, 2, 3, 4), 1, 5));
        LoggerFactory.getLogger("somebody.else").info("noise");
        LoggerFactory.getLogger(HostLog.class).error("a failure", new IllegalStateException("of ours"));
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.getFirst())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  127\\.0\\.0\\.1:7001 started with"
                        + " 0 neighbours, remembers 3 messages");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1))
                .matches(
                        ".*Z ERROR a failure: IllegalStateException \\(of ours\\) at dev\\.hearsay\\.live\\.host\\.HostLogTest"
                                + "\\..*\\(HostLogTest\\.java:\\d+\\)");
        assertThat(lines).noneMatch(line -> line.contains("published") || line.contains("noise"));
    }

    @Test
    void whatStrangersCauseAgainAndAgainTakesFewLines() throws Exception {
        Path file = directory.resolve("log").resolve("host-0.log");
        HostLog.toFile(file);
        EventLogger log = new EventLogger(new NodeId("127.0.0.1", 7001));
        for (int i = 1; i <= 3000; i++) {
            NodeId forged = new NodeId("127.0.0.1", i);
            log.write(new LinkProtocol.LinkUp(forged, LinkProtocol.LinkReason.DRAWN));
            log.write(new HeartbeatProtocol.Reappeared(forged));
            log.write(new LinkProtocol.LinkDown(forged, LinkProtocol.LinkLoss.LEFT));
        }
        assertThat(Files.readAllLines(file)).hasSizeBetween(300, 330);
    }

    @Test
    void whatATerminalWouldObeyIsSeenAndOneThatWasMovedIsBegunAnew() throws Exception {
        Path file = directory.resolve("host-0.log");
        HostLog.toFile(file);
        LoggerFactory.getLogger(HostLog.class).warn("they said {}", "\u0000\u001b[2J\u009b1m\nERROR false");
        Files.move(file, directory.resolve("kept.log"));
        LoggerFactory.getLogger(HostLog.class).warn("more");
        assertThat(Files.readAllLines(directory.resolve("kept.log")))
                .singleElement()
                .asString()
                .endsWith("WARN  they said \\u{0}\\u{1b}[2J\\u{9b}1m\\nERROR false");
        assertThat(Files.readAllLines(file)).singleElement().asString().endsWith("WARN  more");
    }
}
