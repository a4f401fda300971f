package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.live.files.TextFile;
import dev.hearsay.live.profile.SeedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads {@code config.txt} for commands. */
public final class SeedConfigs {

    private SeedConfigs() {}

    /**
     * The seeds in a file.
     *
     * @throws Failure with every bad line, if there are any
     */
    public static SeedConfig read(Path file) {
        try {
            return SeedConfig.read(file);
        } catch (SeedConfig.BadConfigException e) {
            throw Failure.usage(Sentences.of(e), "A line is host:port, and perhaps the public key of that seed.");
        } catch (TextFile.NotTextException e) {
            throw Failure.usage(Sentences.of(e), "A line is host:port, and perhaps the public key of that seed.");
        } catch (NoSuchFileException e) {
            throw Failure.usage(
                    "There is no file " + file + ".",
                    "It should name the seeds, one per line, for example 127.0.0.1:6000");
        } catch (IOException e) {
            boolean isFolder = Files.isDirectory(file);
            throw Failure.usage(
                    file + (isFolder ? " is a folder." : " cannot be read as text."),
                    "It should be a file that names the seeds, one per line, for example 127.0.0.1:6000");
        }
    }
}
