package dev.hearsay.cli.http;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a node answers, when it is not what was wanted, into sentences.
 *
 * @param whom who was asked, for people
 * @param address where
 */
record Answers(String whom, String address) {

    private static final int PROBLEM_BYTES_MAX = 1 << 16;

    /** What the node says about why it will not, as RFC 9457 has it. */
    Failure refusal(int status, @Nullable InputStream body) throws IOException {
        String sentence = whom + " refused, with status " + status + ".";
        String hint = "";
        boolean isAboutKey = false;
        if (body != null) {
            try {
                JsonObject problem = JsonObject.parse(body.readNBytes(PROBLEM_BYTES_MAX));
                sentence = problem.has("detail") ? problem.text("detail") : problem.text("title");
                hint = problem.has("hint") ? problem.text("hint") : "";
                isAboutKey = problem.has("title") && problem.text("title").equals("No such key");
            } catch (WireException e) {
                hint = "Something else may be listening at " + address + ".";
            }
        }
        return switch (status) {
            case 400, 413, 415, 422 -> Failure.usage(sentence, hint);
            case 404 ->
                isAboutKey
                        ? new Failure(ExitCode.NO_SUCH_KEY, "no-such-key", sentence, "See: gossip keys NODE")
                        : new Failure(ExitCode.NO_SUCH_NODE, "no-such-node", sentence, hint);
            case 409 -> new Failure(ExitCode.TAKEN, "taken", sentence, hint);
            default -> Failure.failed(sentence, hint, null);
        };
    }

    /** Why there is no answer. */
    Failure silence(IOException e) {
        return switch (e) {
            case ConnectException refused ->
                new Failure(
                        ExitCode.NOT_RUNNING,
                        "not-running",
                        whom + " does not answer at " + address + ".",
                        "See: gossip status",
                        refused);
            case SocketTimeoutException late ->
                new Failure(
                        ExitCode.PARTIAL,
                        "timeout",
                        whom + " at " + address + " did not answer in time.",
                        "It may be paused or overloaded; see: gossip status",
                        late);
            default ->
                Failure.failed(
                        "The connection to " + whom + " at " + address + " broke: " + e.getMessage() + ".",
                        "See: gossip status",
                        e);
        };
    }
}
