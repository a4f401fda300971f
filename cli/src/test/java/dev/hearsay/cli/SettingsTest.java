package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where the values of options come from, and which words are what they seem. */
class SettingsTest extends GossipRun {

    private Path seeds;
    private Path settings;

    @BeforeEach
    void begin() throws IOException {
        // A peer at the address of a seed is refused by that address, which shows what was understood.
        seeds = Files.writeString(home.resolve("config.txt"), "127.0.0.1:7000\n127.0.0.1:7001\n");
        settings = home.resolve("config/hearsay/config.properties");
        Files.createDirectories(settings.getParent());
    }

    @Test
    void aWordWinsOverTheEnvironment() {
        gossip.with("GOSSIP_PEER__PORT", "7001");
        assertThat(gossip.line("peer 127.0.0.1 7000 " + seeds).fails(2).err()).contains("names 127.0.0.1:7000 as");
        assertThat(gossip.line("peer --config " + seeds).fails(2).err()).contains("names 127.0.0.1:7001 as");
        assertThat(gossip.line("peer --port 7001 127.0.0.1 7000 " + seeds)
                        .fails(2)
                        .err())
                .contains("--port is given twice");
    }

    @Test
    void whatAPlatformInjectsIsNotOurs() {
        // For a service named gossip, gossip-base or gossip-seed.
        gossip.with("START_PORT", "tcp://10.0.0.5:8000")
                .with("GOSSIP_PORT", "tcp://10.0.0.5:7000")
                .with("GOSSIP_BASE_PORT", "tcp://10.0.0.6:7000")
                .with("GOSSIP_SEED_PORT", "tcp://10.0.0.7:7000")
                .with("GOSSIP_SERVICE_PORT", "7000")
                .with("GOSSIP_PORT_7000_TCP", "tcp://10.0.0.5:7000");
        assertThat(gossip.line("peer 127.0.0.1 7000 " + seeds).fails(2).err()).contains("names 127.0.0.1:7000 as");
        assertThat(gossip.line("start-network -n 0").fails(2).err()).contains("at least 1 node, not 0");
        assertThat(gossip.line("seed 127.0.0.1 7005 " + seeds).fails(2).err()).contains("is not in");
        assertThat(gossip.line("versions --count 0").fails(2).err()).contains("--count must be at least 1");
    }

    @Test
    void aVariableHasOneMeaning() {
        gossip.with("GOSSIP_NODES", "20");
        assertThat(gossip.line("simulate --publish 0").fails(2).err())
                .contains("The variable GOSSIP_NODES is no setting", "GOSSIP_SIMULATE__NODES=20");
        gossip.with("GOSSIP_NODES", "").with("GOSSIP_SIMULATE__NODES", "0");
        assertThat(gossip.line("simulate").fails(2).err()).contains("not 0");
        gossip.with("GOSSIP_PORT", "8081");
        assertThat(gossip.line("dashboard").fails(2).err()).contains("GOSSIP_DASHBOARD__PORT=8081");
    }

    @Test
    void whatIsRefusedOfAGroupOfOptionsIsASentenceToo() {
        gossip.with("GOSSIP_NODES", "20");
        String refused = gossip.line("simulate --seeds 3").fails(2).err();
        assertThat(refused)
                .startsWith("gossip: The variable GOSSIP_NODES is no setting")
                .doesNotContain("\tat ");
        gossip.with("GOSSIP_NODES", "").with("GOSSIP_PATHS", "1");
        assertThat(gossip.line("simulate --publish 0").fails(2).err())
                .startsWith("gossip: The variable GOSSIP_PATHS is no setting")
                .doesNotContain("\tat ");
        assertThat(gossip.line("simulate --nodes 20 --paths on -o json").ok().out())
                .as("a word wins")
                .contains("coverage");
    }

    @Test
    void anOptionThatIsSetForAllCommandsHasOneMeaning() {
        Map<String, Map<String, String>> meanings = new TreeMap<>();
        for (String command : Commands.GROUPS.stream()
                .flatMap(group -> group.names().stream())
                .toList()) {
            CommandSpec spec = CommandSpec.forAnnotatedObject(Commands.create(command, Console.ofProcess()));
            for (OptionSpec option : spec.options()) {
                String name = option.longestName().replaceFirst("^-+", "");
                if (Settings.isShared(command, name)) {
                    String kind = option.arity().max() == 0 ? "a switch" : option.paramLabel();
                    meanings.computeIfAbsent(name, n -> new TreeMap<>()).put(kind, command);
                }
            }
        }
        assertThat(meanings).containsKeys("base-port", "output");
        assertThat(meanings)
                .allSatisfy((name, kinds) -> assertThat(kinds).as(name).hasSize(1));
    }

    @Test
    void whatMeansSomethingElseForOneCommandIsNotMeantForIt() {
        gossip.with("GOSSIP_OUTPUT", "json");
        assertThat(gossip.line("record --network nobody").fails(3).err()).contains("\"code\"");
        assertThat(home.resolve("json")).doesNotExist();
        gossip.with("GOSSIP_PATHS", "1");
        assertThat(gossip.line("simulate --nodes 5").fails(2).err()).contains("GOSSIP_SIMULATE__PATHS=1");
        gossip.with("GOSSIP_PATHS", "").with("GOSSIP_WITHIN", "1s");
        assertThat(gossip.line("check-network").fails(2).err()).contains("GOSSIP_CHECK_NETWORK__WITHIN=1s");
    }

    @Test
    void aWordForANetworkWithoutSeedsWinsOverVariablesForOneWithSeeds() {
        gossip.with("GOSSIP_SEEDS", "3").with("GOSSIP_PEERS", "0");
        assertThat(gossip.line("start-network circular -n 0").fails(2).err()).contains("at least 1 node, not 0");
        assertThat(gossip.line("start-network -n 0").fails(2).err()).contains("at least 1 node, not 0");
        assertThat(gossip.line("start-network --seeds 3 circular").fails(2).err())
                .contains("no topology can be given");
    }

    @Test
    void settingsAreReadWhateverEditorWroteThem() throws IOException {
        String text = "\uFEFF# mine\r\nnum-nodes = 0  \r\npeer.port = 7001\r\n";
        for (var charset : new java.nio.charset.Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE}) {
            Files.write(settings, text.getBytes(charset));
            assertThat(gossip.line("start-network").fails(2).err()).contains("at least 1 node, not 0");
            assertThat(gossip.line("peer --config " + seeds).fails(2).err()).contains("names 127.0.0.1:7001 as");
        }
    }

    @Test
    void aKeyThatNobodyKnowsIsNamed() throws IOException {
        for (String key : new String[] {"base-prot", "peer.base-port", "nobody.port"}) {
            Files.writeString(settings, key + " = 7000\n");
            assertThat(gossip.line("start-network").fails(2).err())
                    .contains("'" + key + "' in " + settings + " is the name of no option");
        }
        Files.writeString(settings, "port = 7000\n");
        assertThat(gossip.line("start-network").fails(2).err()).contains("'port' in " + settings, "peer.port");
    }

    @Test
    void aWordThatBeginsWithAnAtSignIsThatWord() throws IOException {
        Path file = Files.writeString(home.resolve("team"), "version\n--help\n");
        assertThat(gossip.line("@" + file).fails(2).err()).contains("There is no command '@" + file + "'");
        assertThat(gossip.line("version @" + file).fails(2).err()).contains("'@" + file + "' is one too many");
    }

    @Test
    void anUnknownCommandIsNamedWhateverComesWithIt() {
        for (String line : new String[] {
            "strat-network --help", "--help strat-network", "-h strat-network", "strat-network --version"
        }) {
            assertThat(named(line)).contains("There is no command 'strat-network'", "Did you mean start-network?");
        }
        assertThat(named("help strat-network")).contains("strat-network");
        assertThat(named("-- status --help"))
                .contains("After '--', 'status' is a plain word, not a command.", "Leave the -- out.");
        assertThat(named("status -- --help")).contains("After '--', '--help' is a plain word, not an option.");
    }

    @Test
    void anUnknownWordOrOptionIsNamedThoughHelpIsAskedFor() {
        for (String command : Commands.GROUPS.stream()
                .flatMap(group -> group.names().stream())
                .toList()) {
            assertThat(named(command + " --nonsense --help")).contains("Unknown option: '--nonsense'");
            assertThat(named(command + " -h a b c d e f")).containsPattern("'[a-f]");
            assertThat(gossip.line(command + " --help").ok().out()).contains("Usage: gossip " + command);
        }
        assertThat(named("--help --nonsense")).contains("Unknown option: '--nonsense'");
        assertThat(named("--version --nonsense")).contains("Unknown option: '--nonsense'");
        assertThat(named("help status extra")).contains("The word 'extra' is one too many");
        assertThat(named("fault nonsense --help")).contains("'nonsense' is not a fault");
        assertThat(named("fault --help list nonsense")).contains("'nonsense'");
        assertThat(named("start-network nonsense --help")).contains("'nonsense' is not a topology");
        for (String begun : List.of("fault loss", "fault heal", "start-network small-world")) {
            assertThat(gossip.line(begun + " --help").ok().out()).contains("Usage: gossip ");
        }
    }

    private String named(String line) {
        var result = gossip.line(line).fails(2);
        assertThat(result.out()).as(line).isEmpty();
        return result.err();
    }

    @Test
    void anEmptyMessageIsRefused() {
        for (String nothing : List.of("", "  ", "\t\n", "\u00a0\u3000")) {
            assertThat(gossip.run("send-message", "1", nothing).fails(2).err()).contains("The message is empty.");
            assertThat(gossip.withInput(nothing.getBytes(StandardCharsets.UTF_8))
                            .line("send-message 1 -")
                            .fails(2)
                            .err())
                    .contains("The message is empty.");
        }
    }

    @Test
    void spellingsOfOnePlaceAreOneNode() throws IOException {
        Files.writeString(seeds, "127.0.0.1:7000\nlocalhost:7000\n[::1]:7000\n[0:0:0:0:0:0:0:1]:7000\n");
        assertThat(gossip.line("peer 127.0.0.1 7005 " + seeds).fails(2).err())
                .contains(
                        "line 2: localhost:7000 is there already, as 127.0.0.1:7000",
                        "line 4: [0:0:0:0:0:0:0:1]:7000 is there already, as [::1]:7000");
        Files.writeString(seeds, "127.0.0.1:7000\n");
        assertThat(gossip.line("peer localhost 7000 " + seeds).fails(2).err()).contains("as a seed");
        assertThat(gossip.line("node localhost:7001 --members 127.0.0.1:7001,localhost:7001")
                        .fails(2)
                        .err())
                .contains("as 127.0.0.1:7001 and as localhost:7001");
    }

    @Test
    void wordsAreUtf8OrRefused() throws Exception {
        assertThat(printed("'\\303\\274\\342\\202\\254'")).contains("There is no command 'ü€'");
        assertThat(printed("'a\\377b'")).contains("Word 1 of the command line", "is not UTF-8");
    }

    /** What a process says that has this word, in octal, in a locale that knows ASCII only. */
    private String printed(String octal) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$CLASSES\" dev.hearsay.cli.Main \"$(printf " + octal
                        + ")\"");
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        builder.environment().put("LC_ALL", "C");
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(2);
        return said;
    }
}
