package dev.hearsay.cli;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Manual;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How a help text is laid out: what it is, examples to copy, the options, and what it may end with. */
final class HelpPage {

    private static final int EXAMPLE_COLUMNS = 46;
    private static final String EXAMPLES = "examples";
    private static final String EXIT_CODES = "exitCodes";
    private static final String COMMANDS = "commands";

    private HelpPage() {}

    static void install(CommandLine line) {
        List<String> sections = new ArrayList<>(List.of(
                UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                EXAMPLES,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                COMMANDS,
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                EXIT_CODES));
        line.setHelpSectionKeys(sections);
        line.getHelpSectionMap().put(EXAMPLES, HelpPage::examples);
        line.getHelpSectionMap().put(COMMANDS, HelpPage::commands);
        line.getHelpSectionMap().put(EXIT_CODES, HelpPage::exitCodes);
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        usage.synopsisHeading("%nUsage: ");
        usage.optionListHeading("%nOptions:%n");
        usage.parameterListHeading("%nArguments:%n");
        usage.sortOptions(false);
        usage.abbreviateSynopsis(true);
        usage.synopsisSubcommandLabel("COMMAND");
        for (Map.Entry<String, CommandLine> subcommand : line.getSubcommands().entrySet()) {
            install(subcommand.getValue());
        }
    }

    private static @Nullable Manual manual(Help help) {
        Object command = help.commandSpec().userObject();
        return command == null ? null : command.getClass().getAnnotation(Manual.class);
    }

    private static String examples(Help help) {
        Manual manual = manual(help);
        if (manual == null) {
            return "";
        }
        List<String[]> lines = new ArrayList<>();
        int widest = 0;
        for (String example : manual.examples()) {
            String[] parts = example.split(" # ", 2);
            // A comment of its own column, unless one long example would push it off the screen.
            widest = Math.max(widest, parts[0].length() > EXAMPLE_COLUMNS ? 0 : parts[0].length());
            lines.add(parts);
        }
        StringBuilder text = new StringBuilder("\nExamples:\n");
        for (String[] parts : lines) {
            text.append("  ").append(parts[0]);
            if (parts.length > 1) {
                text.repeat(' ', Math.max(0, widest - parts[0].length()))
                        .append("  # ")
                        .append(parts[1]);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String exitCodes(Help help) {
        Manual manual = manual(help);
        if (manual == null) {
            return "";
        }
        StringBuilder text = new StringBuilder("\nExit codes:\n");
        for (int exitCode : manual.exitCodes()) {
            String number = Integer.toString(exitCode);
            text.append("  ").append(number).repeat(' ', 5 - number.length());
            text.append(ExitCode.meaning(exitCode)).append('\n');
        }
        return text.toString();
    }

    private static String commands(Help help) {
        if (help.commandSpec().parent() != null || help.subcommands().isEmpty()) {
            return "";
        }
        int widest = Commands.GROUPS.stream()
                .flatMap(group -> group.names().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Commands.Group group : Commands.GROUPS) {
            text.append('\n').append(group.title()).append(":\n");
            for (String name : group.names()) {
                Help subcommand = help.subcommands().get(name);
                if (subcommand != null) {
                    text.append("  ").append(name).repeat(' ', widest - name.length() + 3);
                    text.append(subcommand.commandSpec().usageMessage().description()[0]);
                    text.append('\n');
                }
            }
        }
        return text.toString();
    }
}
