package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What {@code deploy/compose.yaml} runs, as processes on loopback: five nodes, dashboard, nginx, Prometheus. Its files are used as they
 * are but for the names of hosts, ports and folders, and how often Prometheus looks.
 */
final class Deployment implements AutoCloseable {

    static final int NODES = 5;
    static final Path FILES = Path.of("..", "deploy");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder;
    private final Gossip gossip;
    private final int basePort = Gossip.freeBasePort(NODES + 3);
    private final List<Process> servers = new ArrayList<>();
    private final Map<Integer, Process> nodes = new LinkedHashMap<>();

    Deployment(Path folder) {
        this.folder = folder;
        this.gossip = new Gossip(folder);
    }

    int nginxPort() {
        return basePort + NODES + 1;
    }

    int prometheusPort() {
        return basePort + NODES + 2;
    }

    String dashboard() {
        return "127.0.0.1:" + (basePort + NODES + 3);
    }

    String node(int number) {
        return "127.0.0.1:" + (basePort + number);
    }

    // --- Its processes -----------------------------------------------------------------------------------------------

    void startNodes() throws IOException {
        for (int number = 1; number <= NODES; number++) {
            startNode(number);
        }
        for (int number = 1; number <= NODES; number++) {
            String page = "http://" + node(number) + "/readyz";
            Gossip.await(page, () -> status(page) == 200);
        }
    }

    void startNode(int number) throws IOException {
        String members = IntStream.rangeClosed(1, NODES).mapToObj(this::node).collect(Collectors.joining(","));
        nodes.put(
                number,
                gossip.spawn(
                        folder,
                        "node" + number,
                        "node " + node(number) + " --members " + members + " --topology random:3 --data "
                                + folder.resolve("data" + number)));
    }

    void startDashboard() throws IOException {
        String port = dashboard().substring(dashboard().indexOf(':') + 1);
        gossip.spawn(folder, "dashboard", "dashboard --nodes " + node(1) + " --port " + port);
        String page = "http://" + dashboard() + "/healthz";
        Gossip.await(page, () -> status(page) == 200);
    }

    void killNode(int number) {
        Gossip.kill(nodes.get(number).toHandle());
    }

    Process startNginx() throws IOException {
        Path configuration = render("nginx.conf");
        Process nginx = start(
                "nginx",
                "nginx-light",
                "-p",
                folder.toString(),
                "-c",
                configuration.toString(),
                "-e",
                "stderr",
                "-g",
                // Its workers are to read what this test has written, if this is root.
                "daemon off; user " + System.getProperty("user.name") + ";");
        Gossip.await("nginx", () -> status("http://127.0.0.1:" + nginxPort() + "/healthz") == 200);
        return nginx;
    }

    Process startPrometheus() throws IOException {
        render("alerts.yml");
        render("targets.yml");
        Path configuration = render("prometheus.yml");
        Process prometheus = start(
                "prometheus",
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + prometheusPort());
        Gossip.await("Prometheus", () -> status("http://127.0.0.1:" + prometheusPort() + "/-/ready") == 200);
        return prometheus;
    }

    /** A file of the deployment with the names that hold here. */
    private Path render(String name) throws IOException {
        String text = Files.readString(FILES.resolve(name));
        for (int number = 1; number <= NODES; number++) {
            text = text.replace("node" + number + ":7000", node(number));
        }
        text = text.replace("listen 80", "listen 127.0.0.1:" + nginxPort())
                .replace("dashboard:8080", dashboard())
                .replace("_interval: 5s", "_interval: 1s");
        return Files.writeString(folder.resolve(name), text);
    }

    private Process start(String program, String debianPackage, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(words));
        try {
            Process server = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve(program + ".log").toFile()))
                    .start();
            servers.add(server);
            return server;
        } catch (IOException e) {
            throw missing(program, debianPackage, e);
        }
    }

    static AssertionError missing(String program, String debianPackage, IOException e) {
        return new AssertionError(
                program + " is missing; install the Debian package " + debianPackage + " (./check does)", e);
    }

    /** Ends a server as systemd and container engines do. */
    static void stop(Process server) throws InterruptedException {
        List<ProcessHandle> workers = server.descendants().toList();
        server.destroy();
        if (!server.waitFor(20, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
        workers.forEach(ProcessHandle::destroyForcibly);
    }

    // --- Who talks to it ---------------------------------------------------------------------------------------------

    /** The status of a page; 0 if nobody answers. */
    static int status(String url) {
        try {
            return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (ConnectException e) {
            return 0;
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String get(String page) {
        return send("GET", page, "").body();
    }

    /** A request through nginx. */
    HttpResponse<String> send(String method, String page, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginxPort() + page))
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return sent(request.build());
    }

    private static HttpResponse<String> sent(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A request through nginx whose head is written by hand; the status line of the answer. */
    String sendRaw(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), nginxPort())) {
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    /** Gives a message to whatever node nginx picks. */
    void tell(String text) {
        HttpResponse<String> answer = send("PUT", "/gossip", text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    void awaitEverywhere(String text) {
        for (int number = 1; number <= NODES; number++) {
            String page = "http://" + node(number) + "/messages";
            Gossip.await("'" + text + "' at node " + number, () -> pageHas(page, "\"text\":\"" + text + "\""));
        }
    }

    /** A node that is starting has none yet. */
    private static boolean pageHas(String page, String words) {
        try {
            return sent(HttpRequest.newBuilder(URI.create(page)).build()).body().contains(words);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** What Prometheus answers to an expression. */
    String query(String expression) {
        String url = "http://127.0.0.1:" + prometheusPort() + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        return sent(HttpRequest.newBuilder(URI.create(url)).build()).body();
    }

    /** The value of an expression with one result; NaN if it has none yet. */
    double value(String expression) {
        String answer = query(expression);
        int at = answer.indexOf("\"value\":[");
        if (at < 0) {
            return Double.NaN;
        }
        String number = answer.substring(answer.indexOf(",\"", at) + 2);
        return Double.parseDouble(number.substring(0, number.indexOf('"')));
    }

    void awaitValue(String expression, double expected) {
        Gossip.await(expression + " = " + expected, () -> value(expression) == expected);
    }

    /** A stream of events through nginx. */
    Events events(int number, String lastId) throws IOException {
        return new Events(nginxPort(), "/nodes/" + number + "/events", lastId);
    }

    /** The dashboard's stream of updates through nginx. */
    Events updates() throws IOException {
        return new Events(nginxPort(), "/api/events", "");
    }

    /** A stream that somebody reads. */
    static final class Events implements AutoCloseable {
        private final Socket socket;
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private final Thread reader;

        Events(int port, String page, String lastId) throws IOException {
            socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
            String head = "GET " + page + " HTTP/1.1\r\nHost: localhost\r\n"
                    + (lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n") + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            reader = Thread.ofVirtual().start(this::readAll);
        }

        private void readAll() {
            try {
                InputStream in = socket.getInputStream();
                byte[] piece = new byte[8192];
                for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                    read.write(piece, 0, length);
                }
            } catch (IOException e) {
                // It has ended, which is what is asked for then.
            }
        }

        String text() {
            return read.toString(StandardCharsets.UTF_8);
        }

        boolean isOver() {
            return !reader.isAlive();
        }

        /** Where a browser would resume. */
        String lastId() {
            return text().lines()
                    .filter(line -> line.startsWith("id: "))
                    .reduce((first, second) -> second)
                    .orElseThrow()
                    .substring(4);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (Process server : servers) {
                stop(server);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            gossip.close();
        }
    }
}
