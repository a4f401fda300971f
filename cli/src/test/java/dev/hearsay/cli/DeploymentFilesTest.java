package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearsay.cli.base.Console;
import dev.hearsay.live.profile.SeedConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The files in {@code deploy/} say what they should, and agree with each other and with the program. */
class DeploymentFilesTest {

    private static final Pattern SERIES = Pattern.compile("\\bgossip_[a-z_]+");

    private static Path file(String name) {
        return Deployment.FILES.resolve(name);
    }

    private static JsonNode yaml(String name) throws IOException {
        return new ObjectMapper().valueToTree(new Yaml().load(Files.readString(file(name))));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Deployment.FILES.toFile())
                    .redirectErrorStream(true)
                    .start();
            List<String> said = new ArrayList<>(process.inputReader().lines().toList());
            assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
            return said;
        } catch (IOException e) {
            throw Deployment.missing(command[0], "prometheus", e);
        }
    }

    @Test
    void promtoolAcceptsConfigurationAndRulesAndTheAlertsFire() throws Exception {
        assertThat(run("promtool", "check", "config", "prometheus.yml")).anyMatch(line -> line.contains("SUCCESS"));
        assertThat(run("promtool", "check", "rules", "alerts.yml")).anyMatch(line -> line.contains("SUCCESS"));
        assertThat(run("promtool", "test", "rules", "alerts.test.yml")).anyMatch(line -> line.contains("SUCCESS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.consensus.yaml"})
    void everyServiceIsWatchedRestartedAndUnprivileged(String name) throws Exception {
        JsonNode compose = yaml(name);
        assertThat(compose.get("services").size()).isGreaterThanOrEqualTo(8);
        for (Map.Entry<String, JsonNode> entry : compose.get("services").properties()) {
            JsonNode service = entry.getValue().has("extends")
                    ? yaml(entry.getValue().at("/extends/file").asText())
                            .get("services")
                            .get(entry.getValue().at("/extends/service").asText())
                    : entry.getValue();
            String what = name + ": " + entry.getKey();
            assertThat(service.at("/healthcheck/test").size()).as(what).isGreaterThan(1);
            assertThat(service.get("restart").asText()).as(what).isEqualTo("unless-stopped");
            assertThat(texts(service.get("cap_drop"))).as(what).containsExactly("ALL");
            assertThat(service.has("user") || service.get("image").asText().startsWith("hearsay"))
                    .as(what + " says who it runs as")
                    .isTrue();
            assertThat(service.get("image").asText()).as(what).contains(":");
        }
        for (JsonNode service : compose.get("services")) {
            for (String volume : texts(service.path("volumes"))) {
                assertMountIsThere(name, compose, volume);
            }
        }
    }

    private static void assertMountIsThere(String name, JsonNode compose, String volume) {
        String source = volume.substring(0, volume.indexOf(':'));
        if (source.startsWith("./")) {
            assertThat(file(source)).as("%s mounts it", name).exists();
        } else {
            assertThat(compose.get("volumes").has(source))
                    .as("%s: the volume %s", name, source)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.consensus.yaml"})
    void theDashboardWatchesServicesThatAreThere(String name) throws Exception {
        JsonNode services = yaml(name).get("services");
        List<String> command = texts(services.at("/dashboard/command"));
        String[] nodes = command.get(command.indexOf("--nodes") + 1).split(",");
        assertThat(nodes).hasSizeGreaterThan(3);
        for (String node : nodes) {
            String service = node.substring(0, node.indexOf(':'));
            assertThat(texts(services.at("/" + service + "/command")))
                    .as(node)
                    .anyMatch(word -> word.equals(node) || word.equals(service));
        }
        parse(command.toArray(String[]::new), null);
        assertThat(Files.readString(file("nginx.conf"))).contains("default dashboard:8080;");
    }

    /** Only where Docker is there with its plug-in; the other tests of this class do without. */
    @Test
    void composeFindsItsFileInTheCheckout() throws Exception {
        JsonNode root = yaml("../compose.yaml");
        assertThat(root.at("/include/0").asText()).isEqualTo("deploy/compose.yaml");
        assertThat(root.get("name")).isEqualTo(yaml("compose.yaml").get("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../compose.yaml", "compose.yaml", "compose.consensus.yaml"})
    void composeTakesTheFile(String name) throws Exception {
        Assumptions.assumeTrue(hasCompose(), "docker compose is not installed");
        assertThat(run("docker", "compose", "-f", name, "config", "-q")).isEmpty();
    }

    private static boolean hasCompose() throws InterruptedException {
        try {
            return new ProcessBuilder("docker", "compose", "version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void portsAreThoseOfTheDocumentOnLoopbackUnlessToldOtherwise() throws Exception {
        JsonNode services = yaml("compose.yaml").get("services");
        String where = "${GOSSIP_PUBLISH:-127.0.0.1}:";
        assertThat(texts(services.at("/nginx/ports"))).containsExactly(where + "80:80");
        assertThat(texts(services.at("/prometheus/ports"))).containsExactly(where + "9090:9090");
        assertThat(texts(services.at("/grafana/ports"))).containsExactly(where + "3000:3000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.consensus.yaml"})
    void commandLinesOfContainersAreTakenByTheProgram(String name) throws Exception {
        int parsed = 0;
        for (Map.Entry<String, JsonNode> entry : yaml(name).get("services").properties()) {
            JsonNode service = entry.getValue();
            if (!service.path("image").asText().startsWith("hearsay")) {
                continue;
            }
            String[] words = texts(service.get("command")).toArray(String[]::new);
            parse(words, service.get("environment"));
            if (!words[0].equals("dashboard")) {
                assertThat(String.join(":", words))
                        .as("%s is its own name", entry.getKey())
                        .contains(entry.getKey() + ":");
            }
            parsed++;
        }
        assertThat(parsed).isGreaterThanOrEqualTo(5);
    }

    /** Parses a command line as the program would with these variables; fails if it would refuse it. */
    static void parse(String[] words, JsonNode environment) {
        Map<String, String> variables = new ObjectMapper()
                .convertValue(environment, new com.fasterxml.jackson.core.type.TypeReference<Map<String, String>>() {});
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(System.err, false, StandardCharsets.UTF_8),
                new PrintStream(System.err, false, StandardCharsets.UTF_8),
                variables == null ? Map.of() : variables,
                false,
                false,
                false);
        var parsed = Main.commandLine(console, words[0]).parseArgs(words);
        assertThat(parsed.hasSubcommand()).as(words[0]).isTrue();
    }

    @Test
    void targetsAreTheServices() throws Exception {
        for (String[] variant :
                new String[][] {{"compose.yaml", "targets.yml"}, {"compose.consensus.yaml", "targets.consensus.yml"}}) {
            TreeSet<String> targets = new TreeSet<>();
            yaml(variant[1]).forEach(group -> group.get("targets").forEach(target -> targets.add(target.asText())));
            TreeSet<String> services = new TreeSet<>();
            for (Map.Entry<String, JsonNode> entry :
                    yaml(variant[0]).get("services").properties()) {
                List<String> command = texts(entry.getValue().path("command"));
                // The dashboard counts nothing that Prometheus would want.
                if (entry.getValue().path("image").asText().startsWith("hearsay")
                        && !command.getFirst().equals("dashboard")) {
                    services.add(
                            command.get(0).equals("node") ? command.get(1) : command.get(1) + ":" + command.get(2));
                }
            }
            assertThat(targets).isEqualTo(services);
        }
        assertThat(SeedConfig.read(file("consensus/config.txt")).seeds().keySet())
                .map(Object::toString)
                .containsExactly("seed1:6000", "seed2:6000", "seed3:6000");
    }

    @Test
    void everyMetricThatIsAskedForIsDocumented() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "metrics.md"));
        for (String name : List.of("alerts.yml", "grafana/dashboards/hearsay.json")) {
            Matcher series = SERIES.matcher(Files.readString(file(name)));
            int found = 0;
            while (series.find()) {
                String metric = series.group().replaceFirst("_seconds_(bucket|sum|count|max)$", "_seconds");
                assertThat(document).as(name).contains("`" + metric);
                found++;
            }
            assertThat(found).isGreaterThan(5);
        }
    }

    @Test
    void grafanaFindsDashboardAndDataSource() throws Exception {
        JsonNode grafana = yaml("compose.yaml").at("/services/grafana");
        JsonNode source =
                yaml("grafana/provisioning/datasources/prometheus.yml").at("/datasources/0");
        assertThat(source.get("url").asText()).isEqualTo("http://prometheus:9090");
        String path = yaml("grafana/provisioning/dashboards/hearsay.yml")
                .at("/providers/0/options/path")
                .asText();
        assertThat(texts(grafana.get("volumes"))).contains("./grafana/dashboards:" + path + ":ro");
        JsonNode dashboard = new ObjectMapper()
                .readTree(file("grafana/dashboards/hearsay.json").toFile());
        TreeSet<Integer> ids = new TreeSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertThat(panel.at("/datasource/uid").asText())
                    .isEqualTo(source.get("uid").asText());
            assertThat(panel.get("title").asText()).isNotEmpty();
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                    .isBetween(1, 24);
        }
        assertThat(ids).hasSizeGreaterThan(15);
    }

    @Test
    void theImageIsBuiltFromWhatIsThere() throws Exception {
        String dockerfile = Files.readString(file("Dockerfile"));
        assertThat(dockerfile).contains("build/image.sh", "USER 10001", "ENTRYPOINT [\"gossip\"]", "deploy/healthy");
        assertThat(Path.of("..", "build", "image.sh")).isExecutable();
        assertThat(file("healthy")).isExecutable();
        assertThat(Path.of("..", ".dockerignore")).content().contains("**/target", "!deploy/healthy");
    }
}
