package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.ReportingCommand;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.live.recording.RecordingException;
import dev.hearsay.live.replay.Verification;
import dev.hearsay.live.replay.Verification.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gossip verify-replay}: lets the nodes of a recording live again, and sees whether they do the same. */
@Command(
        name = "verify-replay",
        description = "Run every node of a recording again, and compare what it tells and sends with what it did then.")
@Manual(
        examples = {"gossip verify-replay run.jsonl.gz", "gossip verify-replay run.jsonl.gz -o json"},
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE})
public final class VerifyReplay extends ReportingCommand {

    /** All of it. */
    record Document(String file, List<Life> lives, int same, int different, int notComplete) {}

    /**
     * One life of a node.
     *
     * @param life the number of this life in its process, from 1
     * @param digest of all that it told and sent then
     * @param outcome same, differs, or not complete
     * @param detail where it differs, or what is missing
     */
    record Life(
            String node,
            String address,
            int life,
            long inputs,
            long signals,
            String digest,
            String outcome,
            String detail) {}

    @Parameters(paramLabel = "FILE", description = "A recording with inputs, as gossip record and --record write it.")
    private Path file;

    public VerifyReplay(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        List<Verification.Life> verified;
        try (Progress progress = progress()) {
            verified = Verification.of(file, lines -> progress.animate("Verifying … " + lines + " lines"));
        } catch (RecordingException e) {
            throw Failure.failed(Sentences.of(e), "", e);
        }
        List<Life> lives = verified.stream()
                .map(life -> new Life(
                        life.node(),
                        life.address().toString(),
                        life.life(),
                        life.inputs(),
                        life.events(),
                        life.digest(),
                        life.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        life.detail()))
                .toList();
        int same = count(verified, Outcome.SAME);
        int different = count(verified, Outcome.DIFFERS);
        var document = new Document(file.toString(), lives, same, different, lives.size() - same - different);
        print(new Report<>(document, Life.class, lives, () -> text(document)));
        // Where nothing could be verified, nothing is right.
        return different == 0 && same > 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static int count(List<Verification.Life> lives, Outcome outcome) {
        return (int) lives.stream().filter(life -> life.outcome() == outcome).count();
    }

    private static String text(Document document) {
        TextTable table =
                new TextTable().columns("NODE", "ADDRESS", "LIFE>", "INPUTS>", "SIGNALS>", "DIGEST", "OUTCOME");
        StringBuilder details = new StringBuilder();
        for (Life life : document.lives()) {
            table.line(
                    life.node(),
                    life.address(),
                    life.life(),
                    life.inputs(),
                    life.signals(),
                    life.digest(),
                    life.outcome());
            if (!life.detail().isEmpty()) {
                String between = life.outcome().equals("differs") ? " " : ": ";
                details.append(life.node() + ", life " + life.life() + ", " + life.outcome() + between + life.detail());
                details.append(".\n");
            }
        }
        String sum = document.same() + " of " + document.lives().size() + " lives told and sent the same again"
                + (document.different() == 0 ? "" : ", " + document.different() + " did not")
                + (document.notComplete() == 0 ? "" : ", " + document.notComplete() + " are not complete")
                + ".\n";
        return table + (details.isEmpty() ? "" : "\n" + details) + "\n" + sum;
    }
}
