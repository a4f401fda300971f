package dev.hearsay.web.recordings;

import dev.hearsay.live.recording.BackgroundRecording;
import dev.hearsay.live.recording.Kept;
import dev.hearsay.live.recording.Recorder;
import dev.hearsay.live.recording.RecordingFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Through what a dashboard comes to recordings. */
public sealed interface RecordingAccess {

    /** Nodes of others. */
    RecordingAccess OF_OTHERS = new Barred(
            "What these nodes live through is kept by processes that take no orders from this dashboard.",
            "Record where the network was started: gossip record");

    /**
     * It does not.
     *
     * @param why one sentence
     * @param hint what to do about it
     */
    record Barred(String why, String hint) implements RecordingAccess {}

    /**
     * A network of this user, whose processes keep the last of what its nodes live through.
     *
     * @param network what it is called; empty if it has no name
     * @param option how a command must name it, with a space before it; empty if it need not
     */
    record OfNetwork(Keeper keeper, String network, String option) implements RecordingAccess {}

    /**
     * The recording that is shown.
     *
     * @param file as people have named it
     * @param notes what people should be told about it, one sentence each
     */
    record Shown(Path file, RecordedLives lives, List<String> notes) implements RecordingAccess {}

    /** Those who keep it; called on a thread that may wait. The messages of exceptions are sentences for people. */
    interface Keeper {
        /** How much there is. */
        Kept kept() throws IOException;

        /**
         * Writes a recording, and closes the stream once it is whole.
         *
         * @param sinceMicros what was before that is left out; 0 to leave out nothing
         */
        void write(OutputStream out, long sinceMicros) throws IOException;
    }

    /** What this process keeps. */
    static RecordingAccess of(Recorder recorder, String network, String option) {
        return new OfNetwork(
                new Keeper() {
                    @Override
                    public Kept kept() {
                        return recorder.kept();
                    }

                    @Override
                    public void write(OutputStream out, long sinceMicros) throws IOException {
                        var file =
                                new RecordingFile(recorder, out, network, BackgroundRecording.nowMicros(), sinceMicros);
                        file.writeNews();
                        file.finish();
                        file.close();
                    }
                },
                network,
                option);
    }
}
