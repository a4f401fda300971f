package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.files.TextFile;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.profile.SeedConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What can be chosen about every peer and seed. */
public final class SeededOptions {

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            converter = ProfileConverter.class,
            defaultValue = "consensus",
            description = {
                "consensus (default): peers register with every seed, logs in outputfile.txt and logs/;"
                        + " or classic: with a random quorum of them, logs in peer_*.log, seed_*.log and output.txt."
            })
    private Profile profile;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "",
            description = "Where config.txt, the logs and gossip-data/ are (default: the working directory).")
    private Path directory;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "The first line of FILE is a secret that a peer needs to be registered (default: none).")
    private @Nullable Path secretFile;

    /** Reads the name of a profile. */
    static final class ProfileConverter implements ITypeConverter<Profile> {
        @Override
        public Profile convert(String text) {
            try {
                return Profile.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Where the files lie. */
    public SeededDirectory files() {
        return new SeededDirectory(directory.toAbsolutePath().normalize());
    }

    /**
     * All that was chosen.
     *
     * @param peers what was chosen about peers; null where there are none
     * @param seeds what was chosen about seeds; null where there are none
     * @throws Failure if it cannot be
     */
    public SeededSettings settings(@Nullable PeerOptions peers, @Nullable SeedOptions seeds) {
        SeededSettings settings = SeededSettings.of(profile);
        if (peers != null) {
            settings = peers.applyTo(settings);
        }
        if (seeds != null) {
            settings = seeds.applyTo(settings);
        }
        settings = settings.withSecret(secret());
        try {
            // Neither depends on which seeds there are.
            SeedConfig any = SeedConfig.of(new NodeId("127.0.0.1", 1));
            settings.peers(any);
            settings.seeds(any);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(Sentences.of(e), "");
        }
        return settings;
    }

    private String secret() {
        if (secretFile == null) {
            return "";
        }
        try {
            String secret = TextFile.firstLine(secretFile);
            if (secret.isEmpty()) {
                throw Failure.usage("The first line of " + secretFile + " is empty; it should be the secret.", "");
            }
            return secret;
        } catch (TextFile.NotTextException e) {
            throw Failure.usage(Sentences.of(e), "Its first line should be the secret.");
        } catch (IOException e) {
            throw Failure.usage(
                    "The secret in " + secretFile + " cannot be read.", "Its first line should be the secret.");
        }
    }
}
