package dev.hearsay.cli.launch;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.live.keys.PrivateFiles;
import dev.hearsay.live.network.NetworkDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Lets one command at a time change a network. The system gives it back when the command ends, however it ends. */
public final class NetworkLock implements AutoCloseable {

    private final FileChannel channel;

    private NetworkLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a network.
     *
     * @throws Failure if another command has it, or the directory cannot be written
     */
    public static NetworkLock take(NetworkDirectory directory) {
        Path file = directory.path().resolve("lock");
        FileChannel channel = null;
        try {
            directory.create();
            channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new NetworkLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            close(channel);
            throw Failure.failed(
                    sentence(e, file),
                    "Networks are kept under $XDG_STATE_HOME/hearsay (~/.local/state/hearsay); point XDG_STATE_HOME elsewhere.",
                    e);
        }
        throw new Failure(
                ExitCode.TAKEN,
                "busy",
                "Another command is starting, stopping or changing the network '" + directory.name() + "' right now.",
                "Try again in a moment.");
    }

    private static String sentence(IOException e, Path file) {
        String message = String.valueOf(e.getMessage());
        return message.contains(" ") ? message + "." : file + " cannot be written: permission denied.";
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // There is something worse to say already.
            return;
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
