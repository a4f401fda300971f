package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.recording.BackgroundRecording;
import dev.hearsay.live.recording.Kept;
import dev.hearsay.live.recording.RecordingMerge;
import dev.hearsay.web.recordings.RecordingAccess;
import dev.hearsay.wire.WireException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/** What the processes of a network of this user keep of the lives of its nodes; looked up each time, as they come and go. */
final class KeptByNetwork implements RecordingAccess.Keeper {

    private static final int SILENCE_MILLIS = 60_000;

    private final Console console;
    private final String name;

    KeptByNetwork(Console console, String name) {
        this.console = console;
        this.name = name;
    }

    @Override
    public Kept kept() throws IOException {
        try {
            LiveNetwork network = LiveNetwork.running(console, name);
            Kept sum = Kept.NOTHING;
            for (HostFile host : network.liveHosts()) {
                sum = sum.plus(Kept.read(network.order(host, "/recording/kept").get()));
            }
            return sum;
        } catch (Failure e) {
            throw new IOException(e.sentence(), e);
        } catch (WireException e) {
            throw new IOException("a process of the network says nothing that makes sense: " + e.getMessage(), e);
        }
    }

    @Override
    public void write(OutputStream out, long sinceMicros) throws IOException {
        try {
            write(LiveNetwork.running(console, name), out, sinceMicros, progress -> {});
        } catch (Failure e) {
            throw new IOException(e.sentence(), e);
        }
    }

    /**
     * Writes what the processes of a network keep as one recording, and closes the stream once it is whole.
     *
     * @param onProgress hears which process is asked
     * @throws IOException if it cannot be written
     * @throws Failure if a process does not hand over what it keeps
     */
    static RecordingMerge write(LiveNetwork network, OutputStream out, long sinceMicros, Consumer<String> onProgress)
            throws IOException {
        List<HostFile> hosts = network.liveHosts();
        RecordingMerge merge = new RecordingMerge(out, network.name(), BackgroundRecording.nowMicros());
        int done = 0;
        for (HostFile host : hosts) {
            onProgress.accept(hosts.size() > 1 ? " " + done++ + " of " + hosts.size() + " processes" : "");
            network.order(host, "/recording?since=" + sinceMicros).withReadMillis(SILENCE_MILLIS).stream(body -> {
                try {
                    merge.add(new Source(network, host, body));
                } catch (WireException e) {
                    throw broken(network, host, e);
                }
            });
        }
        merge.close();
        return merge;
    }

    private static Failure broken(LiveNetwork network, HostFile host, Exception e) {
        return Failure.failed(
                Sentences.of(LiveNetwork.processOf(host) + " did not hand over all that it keeps: " + e.getMessage()),
                "See what runs: gossip status" + LiveNetwork.option(network.name()),
                e);
    }

    /** What a process hands over: if that cannot be read, this says so, for to the merge it would be as if it could not write. */
    private static final class Source extends FilterInputStream {
        private final LiveNetwork network;
        private final HostFile host;

        Source(LiveNetwork network, HostFile host, InputStream body) {
            super(body);
            this.network = network;
            this.host = host;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            try {
                return in.read(bytes, from, length);
            } catch (IOException e) {
                throw broken(network, host, e);
            }
        }
    }
}
