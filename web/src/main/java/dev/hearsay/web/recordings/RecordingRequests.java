package dev.hearsay.web.recordings;

import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.RequestBody;
import dev.hearsay.live.http.ResponseStream;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.recording.BackgroundRecording;
import dev.hearsay.live.recording.Kept;
import dev.hearsay.sim.Durations;
import dev.hearsay.web.http.HttpAnswers;
import dev.hearsay.web.http.Permission;
import dev.hearsay.wire.Json;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/recording}: how much is kept and the file of it, or what is in the recording that is shown. Requests come in on the loop; whoever keeps what was
 * lived through is waited for on threads of their own.
 */
public final class RecordingRequests {

    private static final int BODY_BYTES_MAX = 1 << 10;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long NANOS_PER_MICRO = 1000;

    private final Loop loop;
    private final RecordingAccess access;
    private final Permission permission;
    private final @Nullable RecordingCheck check;

    /** Of those who are permitted to; a recording holds what messages say. */
    public RecordingRequests(Loop loop, RecordingAccess access, Permission permission) {
        this.loop = loop;
        this.access = access;
        this.permission = permission;
        this.check = access instanceof RecordingAccess.Shown shown ? new RecordingCheck(shown.file()) : null;
    }

    /** What there is. */
    public void describe(HttpServerRequest request) {
        switch (access) {
            case RecordingAccess.Barred barred -> answer(request, barred(barred.why(), barred.hint()));
            case RecordingAccess.Shown shown -> answer(request, shown(shown));
            case RecordingAccess.OfNetwork network -> {
                Problem bar = permission.bar();
                if (bar == null) {
                    Thread.ofVirtual().start(() -> describe(request, network));
                } else {
                    answer(request, barred(bar.detail(), bar.hint()));
                }
            }
        }
    }

    private void describe(HttpServerRequest request, RecordingAccess.OfNetwork network) {
        String body;
        try {
            body = kept(network, network.keeper().kept());
        } catch (IOException | RuntimeException e) {
            body = barred(sentence(e), "");
        }
        String described = body;
        loop.execute(() -> answer(request, described));
    }

    private static String sentence(Exception e) {
        String message =
                e instanceof IOException ? String.valueOf(e.getMessage()) : "There is a fault in this program: " + e;
        return message.endsWith(".") ? message : message + ".";
    }

    private static void answer(HttpServerRequest request, String body) {
        if (!request.response().closed()) {
            HttpAnswers.json(request.response(), 200, body);
        }
    }

    private static String barred(String why, String hint) {
        return Json.object(json -> {
            json.writeBooleanField("can", false);
            json.writeStringField("why", why);
            json.writeStringField("hint", hint);
        });
    }

    private static String kept(RecordingAccess.OfNetwork network, Kept kept) {
        return Json.object(json -> {
            json.writeBooleanField("can", true);
            json.writeStringField("option", network.option());
            json.writeNumberField("at", BackgroundRecording.nowMicros());
            json.writeFieldName("kept");
            json.writeRawValue(kept.toJson());
        });
    }

    private String shown(RecordingAccess.Shown shown) {
        return Json.object(json -> {
            json.writeBooleanField("can", false);
            json.writeObjectFieldStart("shown");
            json.writeStringField("file", shown.file().toString());
            shown.lives().write(json);
            Json.texts("notes", shown.notes(), json);
            json.writeEndObject();
            if (check != null) {
                check.write(json);
            }
        });
    }

    /** Steps the recording that is shown again. Everybody who may look may ask for it: it changes nothing. */
    public void verify(HttpServerRequest request) {
        if (check == null) {
            new Problem(409, "No recording", "This is no recording.", "Show one: gossip replay FILE")
                    .answer(request.response());
            return;
        }
        check.begin();
        describe(request);
    }

    // --- The file ----------------------------------------------------------------------------------------------------

    /** Answers with a recording, compressed: {@code {"last":"30s"}}, or of everything that is kept. */
    public void write(HttpServerRequest request) {
        // What nobody can get needs no permission, and the reason is another.
        switch (access) {
            case RecordingAccess.Barred barred ->
                Problem.forbidden(barred.why(), barred.hint()).answer(request.response());
            case RecordingAccess.Shown shown ->
                Problem.forbidden("This is a recording already.", "It is in " + shown.file() + ".")
                        .answer(request.response());
            case RecordingAccess.OfNetwork network -> {
                Problem refusal = permission.refusal(request);
                if (refusal == null) {
                    write(request, network);
                } else {
                    refusal.answer(request.response());
                }
            }
        }
    }

    private void write(HttpServerRequest request, RecordingAccess.OfNetwork network) {
        RequestBody.read(request, BODY_BYTES_MAX, body -> {
            long lastNanos;
            try {
                JsonObject wish = JsonObject.parse(body);
                lastNanos = wish.has("last") ? Durations.parse(wish.text("last")) : 0;
            } catch (WireException | IllegalArgumentException e) {
                Problem.badRequest(
                                "The request cannot be read: " + e.getMessage() + ".", "For example {\"last\":\"30s\"}")
                        .answer(request.response());
                return;
            }
            Thread.ofVirtual().start(() -> write(request, network, lastNanos));
        });
    }

    private void write(HttpServerRequest request, RecordingAccess.OfNetwork network, long lastNanos) {
        long sinceMicros =
                lastNanos == 0 ? 0 : Math.max(0, BackgroundRecording.nowMicros() - lastNanos / NANOS_PER_MICRO);
        HttpServerResponse response = request.response();
        loop.execute(() -> response.setChunked(true)
                .putHeader("content-type", "application/gzip")
                .putHeader("cache-control", "no-store")
                .exceptionHandler(gone -> {}));
        ResponseStream out = new ResponseStream(loop, response);
        try {
            network.keeper().write(new GZIPOutputStream(out, BUFFER_BYTES), sinceMicros);
        } catch (IOException | RuntimeException e) {
            out.breakOff(new Problem(502, "No answer", sentence(e), "See what runs: gossip status" + network.option()));
        }
    }
}
