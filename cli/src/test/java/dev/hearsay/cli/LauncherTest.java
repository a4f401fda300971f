package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code gossip}, with a stand-in for Maven and for the JDK: when it builds, and when it does not. */
class LauncherTest {

    private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    Path home;

    private Path checkout;
    private final List<Process> running = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        checkout = Files.createDirectory(home.resolve("a"));
        Files.copy(CHECKOUT.resolve("gossip"), checkout.resolve("gossip"));
        Files.createDirectories(checkout.resolve("build"));
        Files.copy(CHECKOUT.resolve("build/find-jdk.sh"), checkout.resolve("build/find-jdk.sh"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Path source = checkout.resolve("cli/src/main/java/Main.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class Main {}");
        Files.writeString(checkout.resolve("cli/pom.xml"), "<project/>");
        Path jdk = home.resolve("jdk");
        script(jdk.resolve("bin/java"), "for word; do last=$word; done; echo \"ran $last ${LC_ALL:-}\"");
        script(jdk.resolve("bin/javac"), "exit 0");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
        // Counts its calls; waits where a test wants that.
        script(
                home.resolve("bin/mvn"),
                "echo build >>'" + home + "/builds'",
                "while [ -e '" + home + "/slow' ]; do sleep 0.05; done",
                "mkdir -p cli/target/launcher/hearsay/lib",
                "echo jar >cli/target/launcher/hearsay/lib/hearsay-cli.jar");
    }

    @AfterEach
    void end() {
        running.stream().flatMap(Process::descendants).forEach(ProcessHandle::destroyForcibly);
        running.forEach(Process::destroyForcibly);
    }

    private static void script(Path path, String... lines) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        assertThat(path.toFile().setExecutable(true)).isTrue();
    }

    private Process start(Path where, String locale) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", where.resolve("gossip").toString(), "word");
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("LANG", locale);
        builder.redirectErrorStream(true);
        Process process = builder.start();
        running.add(process);
        return process;
    }

    private static String end(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("ran word");
        return said;
    }

    private int builds() throws IOException {
        return Files.exists(home.resolve("builds"))
                ? Files.readAllLines(home.resolve("builds")).size()
                : 0;
    }

    @Test
    void buildsOnFirstUseAndWhenASourceHasAnotherContent() throws Exception {
        assertThat(end(start(checkout, "C.UTF-8"))).contains("first use");
        end(start(checkout, "C.UTF-8"));
        assertThat(builds()).isEqualTo(1);
        Path source = checkout.resolve("cli/src/main/java/Main.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        end(start(checkout, "C.UTF-8"));
        assertThat(builds()).as("it is newer, and the same").isEqualTo(1);
        Files.writeString(source, "class Main2{}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(4)));
        assertThat(end(start(checkout, "C.UTF-8"))).contains("sources have changed");
        assertThat(builds()).isEqualTo(2);
        Files.delete(source);
        end(start(checkout, "C.UTF-8"));
        assertThat(builds()).as("one was taken away").isEqualTo(3);
    }

    @Test
    void aCopyOfABuiltCheckoutIsBuilt() throws Exception {
        end(start(checkout, "C.UTF-8"));
        Path copy = home.resolve("b");
        assertThat(new ProcessBuilder("cp", "-r", checkout.toString(), copy.toString())
                        .start()
                        .waitFor())
                .isZero();
        // Which of its files a copy writes first is not said.
        try (Stream<Path> files = Files.walk(copy.resolve("cli/src"))) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
            }
        }
        assertThat(end(start(copy, "C.UTF-8"))).doesNotContain("Building");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Files.writeString(home.resolve("slow"), "");
        Process first = start(checkout, "C.UTF-8");
        Gossip.await("the build", () -> Files.exists(home.resolve("builds")));
        Process second = start(checkout, "C.UTF-8");
        assertThat(second.inputReader().readLine()).contains("Waiting for another gossip");
        Files.delete(home.resolve("slow"));
        end(first);
        end(second);
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void theLockOfOneThatWasKilledStandsInNobodysWay() throws Exception {
        Files.writeString(home.resolve("slow"), "");
        Process first = start(checkout, "C.UTF-8");
        Gossip.await("the build", () -> Files.exists(home.resolve("builds")));
        List<ProcessHandle> all = first.descendants().toList();
        first.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        // What an earlier version left, with the number of a process that lives, as after a restart of the machine.
        Path old = Files.createDirectories(checkout.resolve("target/launcher.lock"));
        Files.writeString(old.resolve("pid"), ProcessHandle.current().pid() + "\n");
        Files.delete(home.resolve("slow"));
        assertThat(end(start(checkout, "C.UTF-8"))).doesNotContain("Waiting");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void javaReadsWordsAsUtf8WhateverTheLocale() throws Exception {
        for (String locale : List.of("C", "POSIX", "", "xx_YY.UTF-8")) {
            assertThat(end(start(checkout, locale))).as(locale).contains("ran word C.UTF-8");
        }
        assertThat(end(start(checkout, "C.UTF-8"))).contains("ran word \n");
    }

    /** The flags that the script gives, taken by a JVM on a small machine and on a large one. */
    @Test
    void aSimulationTakesAShareOfTheMemoryThereIs() throws Exception {
        String flags = Files.readAllLines(CHECKOUT.resolve("gossip")).stream()
                .filter(line -> line.startsWith("simulation_flags="))
                .findFirst()
                .orElseThrow()
                .replaceFirst("[^']*'([^']*)'", "$1");
        assertThat(maxHeapMegabytes(flags, "-XX:MaxRAM=512m")).isBetween(340L, 380L);
        assertThat(maxHeapMegabytes(flags, "-XX:MaxRAM=4g")).isBetween(2_800L, 2_900L);
        assertThat(maxHeapMegabytes(flags, "-XX:MaxRAM=100g"))
                .as("references stay small")
                .isBetween(28_000L, 32_000L);
        assertThat(maxHeapMegabytes(flags, "-Xmx1g")).as("what the user says").isEqualTo(1_024);
    }

    private static long maxHeapMegabytes(String flags, String machine) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of(machine, "-XX:+PrintFlagsFinal", "-version"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(said.toLowerCase(Locale.ROOT)).doesNotContain("[warning", "warning:");
        assertThat(said).containsPattern("UseCompressedOops +=? true");
        var found = Pattern.compile(" MaxHeapSize += (\\d+)").matcher(said);
        assertThat(found.find()).as(said).isTrue();
        return Long.parseLong(found.group(1)) >> 20;
    }
}
