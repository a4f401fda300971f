package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.http.HttpCall;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.wire.RecordJson;
import dev.hearsay.wire.WireException;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A node that a command can talk to.
 *
 * @param name its number, or {@code s1} … for a seed; its address if it belongs to no network that was started here
 * @param runs whether its process is alive; another program may have taken the port of one that is gone
 */
record Contact(String name, NodeId address, boolean runs) {

    static Contact of(NetworkFile.Entry entry, boolean runs) {
        return new Contact(entry.node().toString(), entry.address(), runs);
    }

    /** A node that nothing is known of but its address. */
    static Contact at(NodeId address) {
        return new Contact(address.toString(), address, true);
    }

    /** For the beginnings of sentences. */
    String called() {
        return called(name);
    }

    static String called(String name) {
        return (name.contains(":") ? "The node at " : isSeed(name) ? "Seed " : "Node ") + name;
    }

    /** Whether a name is that of a seed; an address may begin with the same letter. */
    static boolean isSeed(String name) {
        return name.startsWith("s") && !name.contains(":");
    }

    /** A request to it. */
    HttpCall call(String path) {
        return new HttpCall(called(), address.toString(), path);
    }

    /** Does this for all of them at once; returns when it is done. */
    static <T> void eachAtOnce(Collection<T> all, Consumer<T> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(one -> threads.execute(() -> work.accept(one)));
        }
    }

    /** Makes something of what it answers. */
    interface Reading<T> {
        T read() throws WireException;
    }

    /**
     * What is made of its answer.
     *
     * @throws Failure if something answered, but not what a node answers
     */
    <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (WireException | IllegalArgumentException e) {
            throw Failure.failed(
                    called() + " answered something that makes no sense: " + e.getMessage() + ".",
                    "Something else may be listening at " + address + ".",
                    e);
        }
    }

    /** What a page of it shows, as a record. */
    <T> T get(String path, Class<T> type) {
        return read(() -> RecordJson.PLAIN.read(type, call(path).get()));
    }
}
