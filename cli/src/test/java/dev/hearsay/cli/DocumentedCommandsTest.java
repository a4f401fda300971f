package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.cli.base.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Every command that a document tells people to type is one that the program understands. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..");

    /** A command as a line of an example: after variables, another command, or none; up to what the shell makes of it. */
    private static final Pattern TYPED = Pattern.compile(
            "(?:^|[;&|(] ?)\\s*(?:\\$ )?((?:[A-Z_]+=\\S+ )*)(?:\\./)?gossip ((?:'[^']*'|\"[^\"]*\"|[^|<>&;#)]|(?<=\\S)#)*)");

    /** A command within a sentence; what stands for something else is in capitals. */
    private static final Pattern SAID = Pattern.compile("`()(?:\\./)?gossip ([^`]+)`");

    private static final Pattern WORD = Pattern.compile("(?:'([^']*)'|\"([^\"]*)\"|(\\S))+");
    private static final Pattern PLACEHOLDER = Pattern.compile(".*([A-Z]{2}|\\b[A-Z]\\b|[…<>\\[\\]|]).*");

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "deploy", "bench")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
            }
        }
        return documents;
    }

    @Test
    void everyCommandInADocumentIsUnderstood() throws IOException {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Path document : documents()) {
            boolean isExample = false;
            for (String line : Files.readAllLines(document)) {
                if (line.strip().startsWith("```")) {
                    isExample = !isExample;
                    continue;
                }
                for (Matcher found = (isExample ? TYPED : SAID).matcher(line); found.find(); count++) {
                    String mistake = mistake(words(found.group(1)), words(found.group(2)), isExample);
                    if (!mistake.isEmpty()) {
                        wrong.add(document + ": gossip " + found.group(2).strip() + ": " + mistake);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThan(200);
    }

    @Test
    void whatIsNoCommandIsFound() {
        assertThat(mistake("start-network --nowhere", true)).contains("--nowhere");
        assertThat(mistake("begin-network", true)).contains("begin-network");
        assertThat(mistake("send-message", true)).contains("NODE");
        assertThat(mistake("start-peers --nowhere P", false)).contains("--nowhere");
        assertThat(mistake("start-peers P PORT --dir=DIR", false)).isEmpty();
        assertThat(mistake("send-message 1 'two words' --relays=3", true)).isEmpty();
    }

    private static String mistake(String typed, boolean isTyped) {
        return mistake(List.of(), words(typed), isTyped);
    }

    private static List<String> words(String typed) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(typed); word.find(); ) {
            words.add(word.group().replaceAll("['\"]", ""));
        }
        return words;
    }

    /** What is wrong with a command, or nothing; where something stands for something else, its options only are looked at. */
    private static String mistake(List<String> variables, List<String> words, boolean isTyped) {
        String first = words.getFirst();
        if (first.startsWith("-") || first.equals("help")) {
            return "";
        }
        if (!Commands.exists(first)) {
            return PLACEHOLDER.matcher(first).matches() ? "" : "there is no " + first;
        }
        Map<String, String> environment = variables.stream()
                .collect(Collectors.toMap(v -> v.replaceAll("=.*", ""), v -> v.replaceAll("^\\w+=", "")));
        CommandLine parser = Main.commandLine(console(environment), first);
        if (isTyped
                || words.stream().noneMatch(word -> PLACEHOLDER.matcher(word).matches())) {
            try {
                parser.parseArgs(words.toArray(String[]::new));
            } catch (ParameterException e) {
                return isTyped || e instanceof CommandLine.UnmatchedArgumentException ? e.getMessage() : "";
            }
            return "";
        }
        CommandLine command = parser.getSubcommands().get(first);
        return words.stream()
                .filter(word -> word.startsWith("--"))
                .map(word -> word.replaceAll("[=\\[].*", ""))
                .filter(option -> !known(command, option))
                .findFirst()
                .orElse("");
    }

    private static Console console(Map<String, String> environment) {
        return new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(new ByteArrayOutputStream()),
                environment,
                false,
                false,
                false);
    }

    private static boolean known(CommandLine command, String option) {
        return command.getCommandSpec().findOption(option) != null
                || command.getSubcommands().values().stream().anyMatch(below -> known(below, option));
    }
}
