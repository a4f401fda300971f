package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.ReportingCommand;
import dev.hearsay.cli.output.Report;
import dev.hearsay.live.keys.Ed25519;
import dev.hearsay.live.keys.KeyFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "keygen", description = "Make a key for a seed or a peer, and print its public half.")
@Manual(
        examples = {
            "gossip keygen gossip-data/seed_127.0.0.1_6000/key # where that seed looks for its key",
            "gossip keygen -o json"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN})
public final class Keygen extends ReportingCommand {

    /** What was made. */
    record Made(String file, String publicKey) {}

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "key",
            description = "Where the key goes, readable by you alone (default: ${DEFAULT-VALUE}).")
    private Path file;

    public Keygen(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        Ed25519 keys = Ed25519.generate();
        try {
            KeyFile.write(file, keys);
        } catch (FileAlreadyExistsException e) {
            throw new Failure(
                    ExitCode.TAKEN,
                    "key-exists",
                    "There is something at " + file + " already, and a key that is overwritten is lost.",
                    "Choose another file.",
                    e);
        } catch (IOException e) {
            throw Failure.failed("The key cannot be written to " + file + ".", "", e);
        }
        var made = new Made(file.toString(), keys.publicKey().toString());
        print(Report.of(Made.class, made, () -> made.publicKey() + "\n"));
        return ExitCode.DONE;
    }
}
