package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.live.network.HostFile;
import dev.hearsay.wire.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong, a person gets one clear sentence and the right exit code, and never a stack trace. */
class BadInputTest extends GossipRun {

    private int basePort;

    @BeforeEach
    void begin() {
        basePort = Gossip.freeBasePort(6);
        gossip.with("GOSSIP_BASE_PORT", Integer.toString(basePort));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "start-network random 3 -n 3 | random:3: K must be below the number of nodes, which is 3",
                "start-network random 0 | random: K must be at least 1, not 0",
                "start-network random x | K must be a whole number",
                "start-network small-world 3 0.1 | small-world: K must be even",
                "start-network hexagon | 'hexagon' is not a topology; use one of random:K, circular",
                "start-network circular 4 | 'circular:4' has 1 parameters",
                "start-network -n 0 | A network needs at least 1 node, not 0.",
                "start-network -n -3 | A network needs at least 1 node, not -3.",
                "start-network -n 100000 | 100000 nodes are too many for one machine",
                "start-network -n 300 --processes | the limit is 200 processes",
                "start-network -n many | 'many' is not a whole number",
                "start-network --base-port 65530 | 16 nodes do not fit above base port 65530",
                "start-network --spread gossip | 'gossip' is not a way of spreading; use flood or push:K",
                "start-network --plot=x.jpg | 'x.jpg' does not say what to draw",
                "start-network --network ../x | '../x' is not a network name",
                "start-network --foreground --processes | --foreground runs all nodes in this one process",
                "node a:7000 | Missing required option: '--members=LIST'",
                "node a:7000 --members b:7000,c:7000 | This node, a:7000, is not one of the members.",
                "node a:7000 --members a:7000,a:7000 | A member is listed twice in --members, as a:7000",
                "node a --members a:7000 | 'a' is not an address; expected host:port",
                "node a:7000 --members a:7000,b | 'b' is not an address; expected host:port",
                "node a:7000 --members a:7000,b:7000 | random:3: K must be below the number of nodes, which is 2",
                "dashboard --port 0 | --port must be 1 to 65535, not 0.",
                "dashboard --nodes one | 'one' is not an address; expected host:port",
                "dashboard --nodes , | --nodes names no node.",
                "send-message 1 text --relays 0 | --relays must be 1 to 100, not 0",
                "send-message 1 text --relays 101 | --relays must be 1 to 100, not 101",
                "send-message 1 text --timeout soon | 'soon' is not a duration",
                "send-message 1 two words | The word 'words' is one too many",
                "send-message 1 | Missing required parameter: 'TEXT'",
                "send-message one text | 'one' is not a node; nodes are numbered 1, 2, 3",
                "get-messages 1 some | 'some'",
                "put 1 key | Missing required parameter: 'VALUE'",
                "put 1  value | the key is empty",
                "put one key value | 'one' is not a node",
                "get 1 | Missing required parameter: 'KEY'",
                "delete 1 two words | The word 'words' is one too many",
                "keys | Missing required parameter: 'NODE'",
                "list-peers | Missing required parameter: 'NODE'",
                "list-peers 1 -o xml | 'xml' is not a format; use table, json, jsonl or csv",
                "list-peers 1 --netwrok x | Unknown option",
                "start-network random 3 --seeds 3 | With seeds the peers draw their neighbours themselves",
                "start-network --seeds 3 --spread push:2 | --spread is for networks without seeds",
                "start-network --peers 5 --plot=x.svg | --plot is for networks without seeds",
                "start-network --alpha 2 | --alpha is for networks with seeds",
                "start-network --seeds 0 | needs at least 1 seed, not 0",
                "start-network --seeds 3 --peers -1 | must not be negative, but is -1",
                "start-network --seeds 3 --seed-base-port 7000 --base-port 7000 | would belong to both seed s1 and peer 1",
                "start-network --seeds 3 --base-port 16000 | would belong to both the other seeds' way to s1 and peer 1",
                "start-network --seeds 3 --profile old | 'old' is not a profile; there are consensus and classic",
                "start-network --seeds 3 --alpha 11 | Neighbours are drawn with α from 0 to 10",
                "start-network --seeds 3 --suspect-after 5 --silent-after 3 | more intervals to give up than to suspect",
                "start-network --seeds 3 --secret-file none | The secret in none cannot be read",
                "start-network --seeds 3 --peers 300 | the limit is 200 processes",
                "start-peers 0 | at least 1 peer to start, not 0",
                "start-peers 2 --dir none | There are no seeds yet",
                "seed | It is not said on which port to listen",
                "seed 127.0.0.1 99999 | ports are 1 to 65535",
                "seed 127.0.0.1 6000 --port 6001 | --port is given twice, as 6001 and as 6000",
                "peer 127.0.0.1 7000 none.txt | There is no file none.txt",
                "keygen a b | The word 'b' is one too many",
                "list-peers 127.0.0.1:0 | ports are 1 to 65535",
                "fault | Missing required parameter: 'WHAT'",
                "fault dance --for 1s | 'dance' is not a fault; there are loss, delay",
                "fault loss 10% | It is not said for how long.",
                "fault loss 10% --for 0s | A fault must last for more than 0 s.",
                "fault loss 10% --for soon | 'soon' is not a duration",
                "fault loss 10% --for 25h | A fault must not last for more than 24 h.",
                "fault loss 0% --for 1s | A share must be above 0 %",
                "fault loss -5% --for 1s | '-5%' is negative, which makes no sense here.",
                "fault loss 101% --for 1s | '101%' is more than the whole",
                "fault loss --for 1s | After 'loss' comes a share",
                "fault loss 1% --node x --for 1s | 'x' is not a node",
                "fault loss 1% --from 3 --to 3 --for 1s | A node has no link to itself.",
                "fault loss 1% --between 1,2/2 --for 1s | A node cannot be on both sides.",
                "fault loss 1% --between 1,2 --for 1s | --between takes two sides",
                "fault loss 1% --node 1 --to 2 --for 1s | one at most can be given",
                "fault pause 3 --node 3 --for 1s | go with loss, duplicate and delay, not with 'pause'",
                "fault delay 2m --for 3m | A delay must be more than 0 s and at most 60 s.",
                "fault delay exponential:10ms --for 3m | on a live network a delay is fixed or uniform",
                "fault cut 3 3 --for 1s | A node has no link to itself.",
                "fault cut --for 1s | A cut is FROM whom",
                "fault partition --for 1s | '' is not a node",
                "fault partition 1,2 / 2,3 --for 1s | A node cannot be in two groups of a partition.",
                "fault kill 3 --for 0s | A fault must last for more than 0 s.",
                "fault list all | After 'list' comes nothing",
                "fault heal | After 'heal' comes the id of a fault, or all.",
                "fault heal 3 | '3' is not the id of a fault, such as f1",
                "fault list --at 127.0.0.1:1 | For --at a token is needed",
                "fault list --at 127.0.0.1:1 --token-file none | The token in none cannot be read",
                "simulate --loss 200% | '200%' is more than the whole",
                "simulate --nodes 4 --topology random:4 | random:4: K must be below the number of nodes",
                "simulate --crash 5% | '5%'",
                "strat-network | There is no command 'strat-network'"
            })
    void saysWhatIsWrongWithACommandLine(String line, String sentence) {
        var result = gossip.line(line).fails(2);
        assertThat(result.err()).startsWith("gossip: ").contains(sentence);
        assertThat(result.out()).isEmpty();
        assertThat(home.resolve("hearsay")).doesNotExist();
    }

    @Test
    void saysWhyAKeyOrAValueCannotBe() {
        String longKey = "k".repeat(10_000);
        for (String command : List.of("put", "get", "delete")) {
            List<String> end = command.equals("put") ? List.of("value") : List.of();
            assertThat(withKey(command, longKey, end)).isEqualTo("the key has 10000 bytes; the limit is 512");
            assertThat(withKey(command, "", end)).isEqualTo("the key is empty");
            assertThat(withKey(command, "a\nb", end)).isEqualTo("the key has a control character in it");
        }
        gossip.withInput(new byte[1 << 20]);
        assertThat(withKey("put", "key", List.of("-")))
                .isEqualTo("the value has more than 65536 bytes, which is the limit");
        assertThat(withKey("put", "key", List.of("v".repeat((64 << 10) + 1))))
                .isEqualTo("the value has 65537 bytes; the limit is 65536");
    }

    private String withKey(String command, String key, List<String> end) {
        List<String> words = new ArrayList<>(List.of(command, "1", key));
        words.addAll(end);
        String err = gossip.run(words.toArray(String[]::new)).fails(2).err();
        assertThat(err).startsWith("gossip: This cannot be: ");
        return err.substring("gossip: This cannot be: ".length(), err.indexOf(".\n"));
    }

    @Test
    void suggestsWhatWasMeant() {
        assertThat(gossip.line("strat-network").fails(2).err()).contains("Did you mean start-network?");
        assertThat(gossip.line("list-peers 1 --netwrok x").fails(2).err()).contains("Did you mean --network?");
        assertThat(gossip.line("dance").fails(2).err()).doesNotContain("Did you mean");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop-network",
                "resume-network",
                "status",
                "send-message 1 text",
                "get-messages 1",
                "put 1 key value",
                "get 1 key",
                "delete 1 key",
                "keys 1",
                "list-peers 1",
                "remove-node 1",
                "add-node",
                "restart-node 1",
                "members",
                "explain-removal 1",
                "fault loss 10% --for 1s",
                "fault list",
                "fault heal all",
                "watch"
            })
    void saysThatNoNetworkRuns(String line) throws Exception {
        var result = gossip.line(line).fails(3);
        assertThat(result.err()).contains("No network is running.", "Start one: gossip start-network");
        var json = gossip.line(line + " -o jsonl").fails(3);
        assertThat(json.out()).isEmpty();
        JsonObject error = JsonObject.parse(json.err()).object("error");
        assertThat(error.text("code")).isEqualTo("not-running");
        assertThat(error.text("message")).isEqualTo("No network is running.");
        assertThat(error.text("hint")).isEqualTo("Start one: gossip start-network");
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(basePort + 2, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var result = gossip.line("start-network full -n 3").fails(7);
            assertThat(result.err())
                    .contains("Port " + taken.getLocalPort() + " is taken by another program.", "--base-port ");
        }
        assertThat(gossip.line("status").fails(3).err()).contains("No network is running.");
    }

    @Test
    @Tag("slow")
    void refusesWhatARunningNetworkCannotDo() throws Exception {
        gossip.line("start-network full -n 3").ok();
        assertThat(gossip.line("list-peers 6").fails(6).err())
                .contains("There is no node 6; the network 'default' has nodes 1 to 3.");
        assertThat(gossip.line("send-message 0 text").fails(2).err()).contains("'0' is not a node");
        assertThat(gossip.line("send-message s1 text").fails(6).err()).contains("There is no seed s1");
        assertThat(gossip.line("start-network").fails(7).err()).contains("is running already", "stop-network");
        assertThat(gossip.line("resume-network").fails(7).err()).contains("is running already");

        byte[] large = "x".repeat(2 << 20).getBytes(StandardCharsets.UTF_8);
        assertThat(gossip.withInput(large).line("send-message 1 -").fails(2).err())
                .contains("The text is too large: a message has at most 1,048,576 bytes (1 MiB)");
        assertThat(gossip.withInput(new byte[] {'a', (byte) 0xff})
                        .line("send-message 1 -")
                        .fails(2)
                        .err())
                .contains("not valid UTF-8");
        byte[] largest = "y".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        gossip.withInput(largest).line("send-message 1 - --wait").ok();
        gossip.withInput("piped\n".getBytes(StandardCharsets.UTF_8))
                .line("send-message 1 - --wait")
                .ok();
        assertThat(gossip.hasMessage(3, "piped")).isTrue();

        var missing = gossip.line("get 1 colour").fails(8);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err()).contains("There is no key 'colour'.");
        assertThat(gossip.line("delete 1 colour").fails(8).err()).contains("There is no key 'colour'.");
        assertThat(gossip.line("keys 1").ok().out()).isEqualTo("Node 1 has no keys.\n");

        gossip.line("remove-node 1").ok();
        gossip.line("remove-node 2").ok();
        assertThat(gossip.line("remove-node 3").fails(2).err()).contains("Node 3 is the last one.");
        assertThat(gossip.line("watch -o json").fails(2).err()).contains("-o jsonl");
    }

    @Test
    void saysWhatIsWrongWithAConfiguration() throws IOException {
        Path config = home.resolve("seeds.txt");
        String peer = "peer 127.0.0.1 " + (basePort + 1) + " " + config + " --dir " + home;
        Files.writeString(config, "127.0.0.1:6000\nnonsense\n127.0.0.1:99999\n");
        assertThat(gossip.line(peer).fails(2).err())
                .contains("line 2: 'nonsense' is not an address", "line 3: '127.0.0.1:99999'");
        Files.writeString(config, "# nobody\n");
        assertThat(gossip.line(peer).fails(2).err()).contains(config + " names no seed");
        Files.writeString(config, "127.0.0.1:" + (basePort + 1) + "\n");
        assertThat(gossip.line(peer).fails(2).err()).contains("as a seed");
        String seed = "seed --port " + (basePort + 2) + " --config " + config + " --dir " + home;
        assertThat(gossip.line(seed).fails(2).err())
                .contains("This seed, 127.0.0.1:" + (basePort + 2) + ", is not in " + config);
        String pinned = "0123456789abcdef".repeat(4);
        Files.writeString(config, "127.0.0.1:" + (basePort + 2) + " " + pinned + "\n");
        assertThat(gossip.line(seed).fails(2).err()).contains("pins a key", "there is no key in");
        Path key = home.resolve("gossip-data/seed_127.0.0.1_" + (basePort + 2) + "/key");
        String made = gossip.line("keygen " + key).ok().out().strip();
        assertThat(made).matches("[0-9a-f]{64}");
        assertThat(gossip.line("keygen " + key).fails(7).err()).contains("a key that is overwritten is lost");
        assertThat(gossip.line(seed).fails(2).err()).contains("is not the one that the configuration pins", made);
    }

    @Test
    void saysThatThePortOfASeedIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(basePort + 2, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String address = "127.0.0.1 " + taken.getLocalPort();
            assertThat(gossip.line("seed " + address + " --dir " + home)
                            .fails(7)
                            .err())
                    .contains(Integer.toString(taken.getLocalPort()), "--port");
            int seedPort = taken.getLocalPort() - 10_000;
            assertThat(gossip.line("start-network --seeds 1 --peers 1 --dir " + home + " --seed-base-port " + seedPort)
                            .fails(7)
                            .err())
                    .contains("Port " + taken.getLocalPort() + " is taken", "--seed-base-port");
        }
    }

    @Test
    void saysWhatItCannotWrite() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        var result = gossip.with("XDG_STATE_HOME", file.toString())
                .line("start-network full -n 2")
                .fails(1);
        assertThat(result.err()).contains(file.toString(), "cannot be made", "XDG_STATE_HOME");
    }

    @Test
    @Tag("slow")
    void trustsNoProcessThatOnlyHasTheNumber() throws Exception {
        gossip.line("start-network full -n 2").ok();
        HostFile real = gossip.network().readHost("all").orElseThrow();
        Gossip.kill(gossip.host("all"));
        // This very process has got the number, as it were.
        long pid = ProcessHandle.current().pid();
        gossip.network()
                .write(new HostFile(
                        "all",
                        pid,
                        real.process(),
                        real.controlPort(),
                        real.token(),
                        real.nodes(),
                        real.readyAt(),
                        null));
        assertThat(gossip.line("status").fails(3).out()).contains("died");
        assertThat(gossip.line("list-peers 1").fails(3).err()).contains("has died");
        assertThat(gossip.line("stop-network").fails(3).err()).contains("has died");
        gossip.line("resume-network").ok();
        gossip.line("stop-network").ok();
    }

    @Test
    @Tag("slow")
    void goesOnWithoutAStoreThatIsDamagedAndSaysSo() throws Exception {
        gossip.line("start-network full -n 2").ok();
        gossip.line("stop-network").ok();
        Path store;
        try (Stream<Path> files = Files.walk(gossip.network().path())) {
            store = files.filter(file -> file.endsWith("store.db")).findFirst().orElseThrow();
        }
        Files.writeString(store, "no database, whatever its name says".repeat(100));
        gossip.line("resume-network").ok();
        assertThat(gossip.line("status").ok().out()).contains("Note: ", "store.db", "set aside as");
        assertThat(JsonObject.parse(gossip.line("status -o json").ok().out()).texts("notices"))
                .singleElement()
                .asString()
                .contains("set aside as");
        gossip.line("stop-network").ok();
    }

    @Test
    @Tag("slow")
    void saysWhichFileIsDamaged() throws Exception {
        gossip.network().create();
        Path file = gossip.network().path().resolve("network.json");
        Files.writeString(file, "{\"version\":1");
        for (String line : List.of("status", "list-peers 1", "stop-network", "start-network")) {
            assertThat(gossip.line(line).fails(1).err()).contains(file + " cannot be understood");
        }
        assertThat(gossip.line("networks").ok().out()).contains("damaged");
        gossip.line("start-network full -n 2 --fresh").ok();
        gossip.line("stop-network").ok();
    }

    @Test
    void saysWhereAValueCameFrom() throws IOException {
        assertThat(gossip.with("GOSSIP_NUM_NODES", "many")
                        .line("start-network")
                        .fails(2)
                        .err())
                .contains("'many' is not a whole number", "The value comes from the variable GOSSIP_NUM_NODES.");
        assertThat(gossip.line("start-network --num-nodes=few").fails(2).err())
                .contains("'few'")
                .doesNotContain("GOSSIP_NUM_NODES");
        Path config = home.resolve("config/hearsay/config.properties");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "num-nodes = 0\n");
        assertThat(gossip.with("GOSSIP_NUM_NODES", "")
                        .line("start-network")
                        .fails(2)
                        .err())
                .contains("at least 1 node, not 0");
        assertThat(gossip.with("GOSSIP_NUM_NODES", "-1")
                        .line("start-network")
                        .fails(2)
                        .err())
                .contains("at least 1 node, not -1");
        assertThat(gossip.line("start-network --num-nodes=-2").fails(2).err()).contains("at least 1 node, not -2");
    }

    @Test
    void showsWhereAnErrorComesFromOnRequestOnly() {
        assertThat(gossip.line("list-peers 1").err()).doesNotContain("\tat ");
        assertThat(gossip.line("list-peers 1 --debug").err()).contains("\tat dev.hearsay");
        assertThat(gossip.with("GOSSIP_DEBUG", "1").line("list-peers 1").err()).contains("\tat dev.hearsay");
    }
}
