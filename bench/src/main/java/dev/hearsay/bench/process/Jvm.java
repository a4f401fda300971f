package dev.hearsay.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVMs like this one. */
public final class Jvm {

    private Jvm() {}

    /** The command that runs a class of this program in a JVM of its own. */
    public static List<String> command(List<String> flags, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.add("-Dlogback.configurationFile=logback-bench.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
