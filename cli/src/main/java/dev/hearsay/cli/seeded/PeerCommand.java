package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.profile.Places;
import dev.hearsay.live.profile.SeedConfig;
import dev.hearsay.wire.Utf8;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "peer", description = "Run one peer in the foreground, and broadcast each line that is typed.")
@Manual(
        examples = {
            "gossip peer --host 127.0.0.1 --port 7000 --config config.txt",
            "gossip peer 127.0.0.1 7000 config.txt",
            "gossip peer --port 7001 --profile classic # with ./config.txt; exit ends the input, Ctrl-C the peer"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN})
public final class PeerCommand extends GossipCommand {

    /** What terminals give in the place of bytes that are no text. */
    private static final String UNREADABLE = "\uFFFD";

    @Mixin
    private NodeOptions nodeOptions;

    @Mixin
    private SeededOptions seededOptions;

    @Mixin
    private PeerOptions peerOptions;

    @Mixin
    private ServingOptions servingOptions;

    public PeerCommand(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        NodeId address = nodeOptions.address();
        SeededDirectory files = seededOptions.files();
        SeedConfig config = SeedConfigs.read(nodeOptions.config().orElse(files.config()));
        if (Places.find(address, config.seeds().keySet()).isPresent()) {
            throw Failure.usage(
                    "The configuration names " + address + " as a seed.", "A peer needs an address of its own.");
        }
        LogScreen screen = new LogScreen(console());
        var seeding = new HostOptions.Seeding(config, seededOptions.settings(peerOptions, null), files, screen, false);
        // Nobody has numbered it; its port tells it from the others here.
        LoneNode.seeded(NodeName.of(address.port()), address, seeding, servingOptions, servingOptions.token(console()))
                .run(node -> converse(node, screen));
        return ExitCode.DONE;
    }

    private void converse(HostedNode node, LogScreen screen) throws InterruptedException {
        say("Type a message and Enter to broadcast it; exit ends the input.");
        if (console().isInteractive()) {
            TerminalLines.read(screen, line -> publish(node, line));
        } else {
            readAll(node);
        }
        say("The input has ended; the peer goes on until Ctrl-C.");
    }

    private void readAll(HostedNode node) throws InterruptedException {
        try {
            // A character for each byte, so that bytes which are no text are seen and not replaced.
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(console().in(), StandardCharsets.ISO_8859_1));
            String line = lines.readLine();
            while (line != null && publishBytes(node, line)) {
                line = lines.readLine();
            }
        } catch (IOException e) {
            say("The input cannot be read: " + e.getMessage() + ".");
        }
    }

    private boolean publishBytes(HostedNode node, String line) throws InterruptedException {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return publish(node, Utf8.isValid(bytes) ? new String(bytes, StandardCharsets.UTF_8) : UNREADABLE);
    }

    /** Broadcasts a line. Returns false if it is the one that ends the input. */
    private boolean publish(HostedNode node, String line) throws InterruptedException {
        String text = line.strip();
        if (text.equals("exit")) {
            return false;
        }
        if (text.contains(UNREADABLE)) {
            say("Not sent: the line is not valid UTF-8.");
            return true;
        }
        try {
            node.publish(text.getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            say("Not sent: " + cause.getMessage() + ".");
        }
        return true;
    }

    private void say(String sentence) {
        console().err().println(sentence);
        console().err().flush();
    }
}
