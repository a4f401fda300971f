package dev.hearsay.live.recording;

import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.RecordJson;
import dev.hearsay.wire.WireException;

/**
 * How much of what nodes have lived through is kept.
 *
 * @param processes in whose memory it is
 * @param nodes of which it is
 * @param lives of those nodes
 * @param wholeLives those that are there from their beginning
 * @param inputs that can be stepped or watched again
 * @param sinceMicros when the oldest of them was, since 1970; 0 if there is none
 * @param gaplessMicros since when nothing is missing of any life, since 1970; 0 if nothing ever was
 * @param droppedLives those that were over, and of which nothing is left
 * @param droppedMicros until when the last of these was, since 1970; 0 if there are none
 */
public record Kept(
        int processes,
        int nodes,
        int lives,
        int wholeLives,
        long inputs,
        long sinceMicros,
        long gaplessMicros,
        long droppedLives,
        long droppedMicros) {

    private static final RecordJson JSON = new RecordJson()
            .named(Kept.class, "sinceMicros", "since")
            .named(Kept.class, "gaplessMicros", "gapless")
            .named(Kept.class, "droppedMicros", "dropped");

    /** Of no process. */
    public static final Kept NOTHING = new Kept(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together, of different processes or lives. */
    public Kept plus(Kept other) {
        long since = sinceMicros == 0 || other.sinceMicros == 0
                ? Math.max(sinceMicros, other.sinceMicros)
                : Math.min(sinceMicros, other.sinceMicros);
        return new Kept(
                processes + other.processes,
                nodes + other.nodes,
                lives + other.lives,
                wholeLives + other.wholeLives,
                inputs + other.inputs,
                since,
                Math.max(gaplessMicros, other.gaplessMicros),
                droppedLives + other.droppedLives,
                Math.max(droppedMicros, other.droppedMicros));
    }

    /** As an object of JSON. */
    public String toJson() {
        return JSON.line(this);
    }

    /**
     * From an object of JSON.
     *
     * @throws WireException if it is none of these
     */
    public static Kept read(JsonObject json) throws WireException {
        return JSON.read(Kept.class, json);
    }
}
