package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.learn.Story;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code gossip learn}: the page Learn as a file, and served alone. */
class LearnCommandTest extends GossipRun {

    private static final String LESSON = "seeds=3&peers=5&random-seed=7&crash=2@4s";
    private static final String OPENS =
            "<meta name=\"opens\" content=\"#/learn?lesson=seeds%3D3%26peers%3D5%26random-seed%3D7%26crash%3D2%404s\">";

    @Test
    void writesOneFileThatOpensWithTheLesson() throws IOException {
        Path file = home.resolve("lesson.html");
        assertThat(gossip.line("learn --file " + file).ok().out())
                .isEqualTo("Written: " + file + ". Open it in a browser; it needs no network.\n");
        assertThat(file).content().startsWith("<!doctype html>").contains("<meta name=\"opens\" content=\"\">");
        assertThat(gossip.line("learn --file " + file).fails(2).err()).contains(file + " is there already.", "--force");
        gossip.line("learn --force -o " + file + " --lesson " + LESSON).ok();
        assertThat(file).content().contains(OPENS, "data-module=\"engine.js\"");
        assertThat(home)
                .isDirectoryNotContaining(
                        other -> other.getFileName().toString().startsWith("."));
    }

    @Test
    void saysWhyItCannotWriteTheFile() {
        assertThat(gossip.line("learn --file " + home).fails(2).err())
                .contains(home + " is a folder.", "--file " + home.resolve("lesson.html"));
        assertThat(gossip.line("learn --file " + home.resolve("none/lesson.html"))
                        .fails(1)
                        .err())
                .contains("lesson.html cannot be written:");
        Path file = home.resolve("lesson.html");
        assertThat(gossip.line("learn --file " + file + " --port 9000").fails(2).err())
                .contains("A file is not served, so it has no --port and no --bind.");
        assertThat(Files.exists(file)).isFalse();
        assertThat(gossip.line("learn --force").fails(2).err()).contains("--force is for --file.");
    }

    @Test
    void saysWhatIsNoLesson() {
        Path file = home.resolve("lesson.html");
        assertThat(gossip.line("learn --lesson seeds=30 --file " + file)
                        .fails(2)
                        .err())
                .contains("--lesson: seeds of a lesson are 0 to 9, not 30; 3 or 5 are usual.");
        assertThat(Files.exists(file)).isFalse();
        assertThat(gossip.line("learn --lesson nonsense").fails(2).err())
                .contains("--lesson: 'nonsense' is no option of a lesson");
        assertThat(gossip.line("learn --lesson do=1:explode").fails(2).err()).contains("--lesson: ");
    }

    @Test
    void opensWithAStoryByItsName() {
        Path file = home.resolve("story.html");
        gossip.line("learn --file " + file + " --story split-brain").ok();
        Story story = Story.all().stream()
                .filter(each -> each.name().equals("split-brain"))
                .findFirst()
                .orElseThrow();
        assertThat(file)
                .content()
                .contains("content=\"#/learn?lesson=" + URLEncoder.encode(story.text(), StandardCharsets.UTF_8) + "\"");
        assertThat(gossip.line("learn --story red-riding-hood").fails(2).err())
                .contains("There is no story 'red-riding-hood'.", "There are: life, ", "split-brain");
        assertThat(gossip.line("learn --story life --lesson peers=5").fails(2).err())
                .contains("--story", "--lesson");
    }

    @Test
    void saysWhyItCannotBeServed() throws IOException {
        assertThat(gossip.line("learn --port 0").fails(2).err()).contains("--port must be 1 to 65535, not 0.");
        assertThat(gossip.run("learn", "--bind", " ").fails(2).err()).contains("--bind is empty.");
        assertThat(gossip.line("learn --bind 192.0.2.1").fails(1).err())
                .contains("192.0.2.1 is not an address of this machine.", "--bind IP");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(gossip.line("learn --port " + taken.getLocalPort())
                            .fails(7)
                            .err())
                    .contains("Port " + taken.getLocalPort() + " is already in use.", "--port PORT");
        }
    }

    @Test
    void isServedAloneUntilItIsInterrupted() throws Exception {
        int port = Gossip.freeBasePort(1) + 1;
        Process process = gossip.spawn(home, "learn", "learn --lesson " + LESSON + " --port " + port);
        String page = "http://127.0.0.1:" + port + "/";
        Gossip.await("the page", () -> Deployment.status(page) == 200);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(URI.create(page)).build(), BodyHandlers.ofString());
            assertThat(answer.body()).contains(OPENS);
            assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                    .startsWith("default-src 'none'; ")
                    .endsWith("; frame-ancestors 'none'");
        }
        assertThat(Deployment.status(page + "api/network")).isEqualTo(404);
        Gossip.event("INT", process.pid());
        Gossip.await("its end", () -> !process.isAlive());
        assertThat(home.resolve("learn.err"))
                .content()
                .contains("The page Learn is at http://127.0.0.1:" + port + ". Ctrl-C stops it.");
    }
}
