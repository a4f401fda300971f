package dev.hearsay.learn.compiler;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.teavm.backend.javascript.JSModuleType;
import org.teavm.diagnostics.DefaultProblemTextConsumer;
import org.teavm.diagnostics.Problem;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMToolException;
import org.teavm.vm.TeaVMOptimizationLevel;

/**
 * Compiles what {@code dev.hearsay.learn.Engine} reaches on the class path of this JVM to one ES module. Takes ten seconds or more, so the result is kept,
 * and used again while no class and no library has changed.
 */
public final class EngineCompiler {

    private static final String ENTRY = "dev.hearsay.learn.Engine";
    private static final String SCRIPT = "engine.js";
    private static final String FINGERPRINT = "fingerprint";

    private final List<Path> classPath;
    private final Path kept;

    private EngineCompiler(List<Path> classPath, Path kept) {
        this.classPath = classPath;
        this.kept = kept;
    }

    /** The arguments: the file to write, and a folder in which results are kept. */
    public static void main(String[] arguments) throws IOException, TeaVMToolException, NoSuchAlgorithmException {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
        Path output = Path.of(arguments[0]);
        EngineCompiler compiler = new EngineCompiler(classPath, Path.of(arguments[1]));
        compiler.refresh();
        Files.createDirectories(output.getParent());
        Files.copy(compiler.kept.resolve(SCRIPT), output, StandardCopyOption.REPLACE_EXISTING);
    }

    private void refresh() throws IOException, TeaVMToolException, NoSuchAlgorithmException {
        String fingerprint = fingerprint();
        Path known = kept.resolve(FINGERPRINT);
        if (Files.exists(known) && Files.readString(known).equals(fingerprint)) {
            return;
        }
        Files.deleteIfExists(known);
        Files.createDirectories(kept);
        compile();
        // Last, so that a build that was interrupted counts for nothing.
        Files.writeString(known, fingerprint);
    }

    /** Our classes by content; libraries, whose versions are pinned, by name and size. */
    private String fingerprint() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path entry : classPath) {
            for (Path file : inputs(entry)) {
                boolean isOurs = file.toString().endsWith(".class");
                digest.update((file.getFileName() + ":" + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
                if (isOurs) {
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The classes of a folder, but those of another run's output; or the one jar. */
    private static List<Path> inputs(Path entry) throws IOException {
        if (!Files.isDirectory(entry)) {
            return List.of(entry);
        }
        try (Stream<Path> files = Files.walk(entry)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
    }

    private void compile() throws TeaVMToolException {
        TeaVMTool tool = new TeaVMTool();
        tool.setClassLoader(EngineCompiler.class.getClassLoader());
        tool.setClassPath(new ArrayList<>(classPath.stream().map(Path::toFile).toList()));
        tool.setMainClass(ENTRY);
        tool.setTargetType(TeaVMTargetType.JAVASCRIPT);
        tool.setJsModuleType(JSModuleType.ES2015);
        tool.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
        tool.setObfuscated(true);
        // Casts and indices fail as on the JVM: what differs there would be another engine.
        tool.setStrict(true);
        tool.setTargetDirectory(kept.toFile());
        tool.setTargetFileName(SCRIPT);
        tool.generate();
        List<Problem> problems = tool.getProblemProvider().getSevereProblems();
        if (!problems.isEmpty()) {
            throw new TeaVMToolException("the engine does not compile to JavaScript:"
                    + String.join(
                            "", problems.stream().map(EngineCompiler::text).toList()));
        }
    }

    private static String text(Problem problem) {
        DefaultProblemTextConsumer text = new DefaultProblemTextConsumer();
        problem.render(text);
        String place = problem.getLocation() == null
                ? ""
                : " in " + problem.getLocation().getMethod() + ", "
                        + problem.getLocation().getSourceLocation();
        return "\n  " + text.getText() + place;
    }
}
