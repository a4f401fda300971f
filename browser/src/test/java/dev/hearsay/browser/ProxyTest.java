package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard under a path of a proxy that takes the path away, as nginx does with {@code location /watched/ { proxy_pass http://…/; }}. */
class ProxyTest extends BrowserFixture {

    @TempDir
    Path folder;

    private Process nginx;

    @AfterEach
    void stop() throws InterruptedException {
        if (nginx != null) {
            List<ProcessHandle> workers = nginx.descendants().toList();
            nginx.destroy();
            nginx.waitFor();
            workers.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Returns its port. */
    private int proxy(String headers) throws IOException {
        int port = Networks.freePorts(1).getFirst().port();
        Path configuration =
                Files.writeString(folder.resolve("nginx.conf"), """
                pid nginx.pid;
                error_log stderr warn;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    server {
                        listen 127.0.0.1:%d;
                        location /watched/ {
                            proxy_http_version 1.1;
                            %s
                            proxy_pass http://%s/;
                        }
                    }
                }
                """.formatted(port, headers, dashboard.listener()));
        String user = "daemon off; user " + System.getProperty("user.name") + ";";
        nginx = new ProcessBuilder(
                        "nginx", "-p", folder.toString(), "-c", configuration.toString(), "-e", "stderr", "-g", user)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!listens(port)) {
            if (!nginx.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("nginx does not run: " + Files.readString(folder.resolve("nginx.log")));
            }
            LockSupport.parkNanos(20_000_000);
        }
        return port;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy_set_header Host localhost;", ""})
    void everythingIsUnderThePath(String headers) throws Exception {
        host = Networks.ofNodes(5);
        watchWithFaults();
        openAt(Look.DESK, "http://localhost:" + proxy(headers) + "/watched/" + LivePage.PLACE);
        LivePage live = new LivePage(page);
        live.awaitNodesThat("connected", 5);
        live.send("apple");
        live.awaitReached(5);
        Shell shell = new Shell(page);
        for (String name : List.of("Messages", "Members", "Events", "Learn", "Recordings")) {
            shell.click(name);
        }
        shell.click("Events");
        Download trace =
                page.waitForDownload(() -> page.locator("#events-trace").click());
        org.assertj.core.api.Assertions.assertThat(Files.readString(trace.path()))
                .contains("\"published\"");
        shell.click("Learn");
        assertThat(page.locator("#page-learn")).containsText("seeds");
    }

    @Test
    void aProxyMaySayWhereThePageCameFrom() throws Exception {
        host = Networks.ofNodes(5);
        watch();
        // This is not a name that browsers trust without https.
        int port = proxy("proxy_set_header Host localhost; proxy_set_header X-Forwarded-Host $http_host;"
                + " proxy_set_header Sec-Fetch-Site \"\";");
        openAt(Look.DESK, "http://127.0.0.1:" + port + "/watched/" + LivePage.PLACE);
        LivePage live = new LivePage(page);
        live.awaitNodesThat("connected", 5);
        live.send("apple");
        live.awaitReached(5);
    }
}
