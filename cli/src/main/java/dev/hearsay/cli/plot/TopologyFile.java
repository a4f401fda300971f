package dev.hearsay.cli.plot;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.live.keys.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** A file that shows a topology, in the format that its name ends with. */
public final class TopologyFile {

    /** What a name may end with. */
    public static final String FORMATS = ".svg, .png, .dot or .graphml";

    private final Path file;
    private final String ending;

    private TopologyFile(Path file, String ending) {
        this.file = file;
        this.ending = ending;
    }

    /**
     * A file to be written.
     *
     * @throws Failure if its name ends with none of {@link #FORMATS}, or another file is there
     */
    public static TopologyFile named(String name) {
        TopologyFile picture = at(name);
        if (Files.isRegularFile(picture.file)) {
            throw Failure.usage(name + " is there already.", "Remove it, or choose another file: --plot=FILE");
        }
        return picture;
    }

    /** The picture of a topology for those who gave no name: it takes the place of an earlier one of the same. */
    public static TopologyFile of(String spec, int nodes) {
        return at("topology-" + spec.replace(':', '-') + "-" + nodes + ".svg");
    }

    private static TopologyFile at(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "svg", "png", "dot", "graphml" -> new TopologyFile(Path.of(name), ending);
            default ->
                throw Failure.usage(
                        "'" + name + "' does not say what to draw.", "Let the name end with " + FORMATS + ".");
        };
    }

    /**
     * Writes it.
     *
     * @return where it is
     */
    public Path write(Topology topology) {
        try {
            // It shows where the nodes of a network are.
            PrivateFiles.touch(file);
            switch (ending) {
                case "svg" -> {
                    SvgCanvas canvas = new SvgCanvas(Picture.WIDTH, Picture.HEIGHT, Picture.title(topology));
                    Picture.draw(topology, canvas);
                    Files.writeString(file, canvas.finish());
                }
                case "png" -> writePng(topology);
                case "dot" -> {
                    try (Writer out = Files.newBufferedWriter(file)) {
                        new GraphExport(topology).dot(out);
                    }
                }
                default -> {
                    try (Writer out = Files.newBufferedWriter(file)) {
                        new GraphExport(topology).graphml(out);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            throw Failure.failed("There is no folder for " + file + ".", "Make it, or choose another file.", e);
        } catch (AccessDeniedException e) {
            throw Failure.failed("You may not write " + file + ".", "Choose another file: --plot=FILE", e);
        } catch (IOException e) {
            throw Failure.failed(
                    file + " cannot be written: " + e.getMessage() + ".", "Choose another file: --plot=FILE", e);
        }
        return file;
    }

    private void writePng(Topology topology) throws IOException {
        System.setProperty("java.awt.headless", "true");
        try (OutputStream out = Files.newOutputStream(file)) {
            PngCanvas canvas = new PngCanvas(Picture.WIDTH, Picture.HEIGHT);
            Picture.draw(topology, canvas);
            canvas.write(out);
        } catch (LinkageError | InternalError | RuntimeException e) {
            // Java2D leans on the system's font libraries, which small servers lack.
            Files.deleteIfExists(file);
            throw Failure.failed(
                    "This system has not what it takes to draw a PNG (fonts, most often).",
                    "Take SVG instead: --plot=" + file.toString().replaceFirst("\\.[^.]*$", ".svg"),
                    e);
        }
    }
}
