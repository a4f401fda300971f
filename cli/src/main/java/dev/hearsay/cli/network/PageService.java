package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.HostLog;
import dev.hearsay.live.transport.TransportException;
import dev.hearsay.web.ServedPage;

/** How commands serve a page: where they are told to, until Ctrl-C. */
final class PageService {

    private static final int PORT_MAX = 65535;

    private PageService() {}

    /** Begins to serve a page. */
    @FunctionalInterface
    interface Opening {
        ServedPage open() throws TransportException;
    }

    /** Where to listen, as the options say it. */
    static NodeId listener(String bind, int port) {
        if (port < 1 || port > PORT_MAX) {
            throw Failure.usage("--port must be 1 to " + PORT_MAX + ", not " + port + ".", "");
        }
        if (bind.isBlank()) {
            throw Failure.usage("--bind is empty.", "Leave it out for " + NetworkPlan.HOST + ".");
        }
        return new NodeId(bind.strip(), port);
    }

    /**
     * Serves a page until Ctrl-C, or until somebody closes it.
     *
     * @param what it is, as a sentence begins
     * @param hint what to do if that address cannot be
     */
    static int serve(Console console, String what, String hint, Opening opening) throws InterruptedException {
        HostLog.toErrorStream();
        try (ServedPage page = opening.open()) {
            Runtime.getRuntime().addShutdownHook(new Thread(page::close, "stop"));
            console.err().println(what + " is at http://" + page.listener() + ". Ctrl-C stops it.");
            console.err().flush();
            page.awaitClosed();
        } catch (TransportException e) {
            throw e.isPortTaken()
                    ? new Failure(
                            ExitCode.TAKEN, "port-taken", Sentences.of(e), "Choose another one with --port PORT.", e)
                    : Failure.failed(Sentences.of(e), hint, e);
        }
        return ExitCode.DONE;
    }
}
