package dev.hearsay.cli.base;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that a command writes: it becomes what its name says only when it is whole, and takes the place of another only if that is wanted.
 *
 * @param option how the command line names it
 * @param isForced whether it may take the place of another
 */
public record NewFile(Path path, String option, boolean isForced) {

    /** Writes all of it. */
    @FunctionalInterface
    public interface Content<T> {
        /**
         * Writes it there.
         *
         * @throws IOException if that cannot be written; what else is wrong is a {@link Failure}
         */
        T writeTo(Path path) throws IOException;
    }

    /**
     * Demands that it can be there, and that no other is. Pipes and devices are no files that anybody could lose.
     *
     * @param example what a file in a folder could be called
     */
    public NewFile demand(String example) {
        if (Files.isDirectory(path)) {
            throw Failure.usage(path + " is a folder.", "Name a file in it: " + option + " " + path.resolve(example));
        }
        if (Files.isRegularFile(path) && !isForced) {
            throw isThere();
        }
        return this;
    }

    private Failure isThere() {
        return Failure.usage(
                path + " is there already.", "Overwrite it with --force, or choose another: " + option + " FILE");
    }

    /**
     * Writes it beside its place, and puts it there.
     *
     * @return what the writing returns
     */
    public <T> T write(Content<T> content) {
        // Of the same kind by its name.
        Path part = path.resolveSibling("." + ProcessHandle.current().pid() + "-" + path.getFileName());
        try {
            T written = content.writeTo(part);
            move(part);
            return written;
        } catch (IOException e) {
            throw Failure.failed(path + " cannot be written: " + Sentences.of(e), "", e);
        } finally {
            delete(part);
        }
    }

    private void move(Path part) throws IOException {
        if (isForced) {
            Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try {
            Files.move(part, path);
        } catch (FileAlreadyExistsException e) {
            // It was not there when the writing began.
            throw isThere();
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // What could not be deleted lies there, hidden; the file itself was not touched.
        }
    }
}
