package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HelpTest extends GossipRun {

    private static final Path DOCUMENT = Path.of("..", "docs", "commands.md");

    @Test
    void listsEveryCommandInItsGroup() {
        String help = gossip.line("--help").ok().out();
        for (Commands.Group group : Commands.GROUPS) {
            assertThat(help).contains(group.title() + ":");
            group.names().forEach(name -> assertThat(help).containsPattern("(?m)^  " + name + " +\\S"));
        }
        Commands.HIDDEN.forEach(name -> assertThat(help).doesNotContainPattern("(?m)^  " + name + " "));
        assertThat(gossip.run().ok().out()).isEqualTo(help);
        assertThat(gossip.line("help start-network").ok().out())
                .isEqualTo(gossip.line("start-network --help").out());
    }

    @Test
    void showsExamplesFirstAndExitCodesLast() {
        for (Commands.Group group : Commands.GROUPS) {
            for (String name : group.names()) {
                String help = gossip.line(name + " --help").ok().out();
                assertThat(help).as(name).contains("Examples:", "Usage: gossip " + name, "Exit codes:");
                assertThat(help.indexOf("Examples:")).isLessThan(help.indexOf("Usage:"));
                assertThat(help.indexOf("Options:")).isLessThan(help.indexOf("Exit codes:"));
                assertThat(gossip.line(name + " -h").ok().out()).isEqualTo(help);
            }
        }
    }

    /** The document is the help, written down. After a change: {@code mvn -pl cli test -Dtest=HelpTest -Dhearsay.write=true}. */
    @Test
    void isWrittenDown() throws IOException {
        StringBuilder document =
                new StringBuilder("# Commands\n\nThis is what `gossip --help` and `gossip COMMAND --help` say.\n");
        append(document, "gossip", "--help");
        for (Commands.Group group : Commands.GROUPS) {
            for (String name : group.names()) {
                append(document, "gossip " + name, name + " --help");
            }
        }
        if (Boolean.getBoolean("hearsay.write")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(DOCUMENT).content().isEqualTo(document.toString());
    }

    private void append(StringBuilder document, String title, String line) {
        document.append("\n## ").append(title).append("\n\n```text\n");
        document.append(gossip.line(line).ok().out()).append("```\n");
    }

    @Test
    void completesCommandsAndOptions() {
        String script = gossip.line("completion bash").ok().out();
        assertThat(script).contains("start-network", "--num-nodes", "complete -F", "bashcompinit");
        assertThat(script).doesNotContain("train", " host ");
        assertThat(gossip.line("completion fish").fails(2).err()).contains("bash", "zsh");
    }

    @Test
    void saysWhichVersionItIs() {
        assertThat(gossip.line("version").ok().out()).startsWith("gossip ").contains("Java ");
        assertThat(gossip.line("--version").ok().out()).startsWith("gossip ");
    }
}
