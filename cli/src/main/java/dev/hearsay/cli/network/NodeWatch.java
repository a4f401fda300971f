package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.http.EventStreamReader;
import dev.hearsay.live.http.EventParser;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;

/** Watches one node for as long as it takes: when it goes it says so, and when it is back it goes on where it was. */
final class NodeWatch implements Runnable {

    private static final long RETRY_MILLIS = 500;

    /** What is seen. */
    sealed interface Observation permits Seen, Note {}

    /** An event, as a line of the trace. */
    record Seen(String trace) implements Observation {}

    /** Something about the watching itself. */
    record Note(String node, String text) implements Observation {}

    private final Contact node;
    private final BooleanSupplier isAlive;
    private final BlockingQueue<Observation> observations;
    private String lastId = "";

    /**
     * A watch that has not begun.
     *
     * @param isAlive whether the node's process is; another program may have taken the port of one that is gone
     */
    NodeWatch(Contact node, BooleanSupplier isAlive, BlockingQueue<Observation> observations) {
        this.node = node;
        this.isAlive = isAlive;
        this.observations = observations;
    }

    @Override
    public void run() {
        boolean isGone = false;
        try {
            while (true) {
                try (EventStreamReader stream = open()) {
                    if (isGone) {
                        note("is back");
                        isGone = false;
                    }
                    follow(stream);
                } catch (IOException | Failure e) {
                    if (!isGone) {
                        note("is gone; waiting for it to come back");
                    }
                    isGone = true;
                }
                Thread.sleep(RETRY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EventStreamReader open() {
        if (!isAlive.getAsBoolean()) {
            throw Failure.failed("gone", "", null);
        }
        return EventStreamReader.open(node.called(), node.address().toString(), lastId);
    }

    private void follow(EventStreamReader stream) throws IOException, InterruptedException {
        Optional<EventParser.Event> next = stream.next();
        while (next.isPresent()) {
            EventParser.Event event = next.get();
            if (event.name().equals("missed")) {
                note("some signals were missed: " + event.data());
            } else {
                observations.put(new Seen(event.data()));
            }
            lastId = event.id().isEmpty() ? lastId : event.id();
            next = stream.next();
        }
        throw new IOException("the node has closed the stream");
    }

    private void note(String text) throws InterruptedException {
        observations.put(new Note(node.name(), text));
    }
}
