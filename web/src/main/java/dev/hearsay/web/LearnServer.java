package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.http.Guard;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.Routes;
import dev.hearsay.live.loop.Loops;
import dev.hearsay.live.transport.FreePorts;
import dev.hearsay.live.transport.TransportException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CountDownLatch;

/** The page Learn alone, served to browsers: the {@link SingleFile}, and nothing else, for there is no network. */
public final class LearnServer implements ServedPage {

    private static final Routes<LearnServer> ROUTES = new Routes<LearnServer>()
            .on(HttpMethod.GET, "/", (server, request) -> Page.sendSingleFile(request, server.lesson));

    private final String lesson;
    private final Loops loops = Loops.start(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final NodeId wanted;
    private int port;

    private LearnServer(NodeId wanted, String lesson) {
        this.wanted = wanted;
        this.lesson = lesson;
    }

    /**
     * Starts one.
     *
     * @param listener where browsers come; port 0 for any that is free
     * @param lesson what it opens with, as for {@link SingleFile#of}
     * @throws TransportException if it cannot listen there
     * @throws IllegalArgumentException with a sentence for people, if there is no such lesson
     */
    public static LearnServer start(NodeId listener, String lesson) throws TransportException {
        SingleFile.of(lesson);
        FreePorts.demand(listener);
        LearnServer server = new LearnServer(listener, lesson);
        try {
            server.port = Listening.on(server.loops.of(0), listener, server::handle);
            return server;
        } catch (TransportException e) {
            server.close();
            throw e;
        }
    }

    private void handle(HttpServerRequest request) {
        Problem objection = Guard.objection(request, wanted.host());
        if (objection == null) {
            ROUTES.handle(this, request);
        } else {
            objection.answer(request.response());
        }
    }

    @Override
    public NodeId listener() {
        return new NodeId(wanted.host(), port);
    }

    @Override
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    @Override
    public synchronized void close() {
        if (closed.getCount() > 0) {
            loops.close();
            closed.countDown();
        }
    }
}
