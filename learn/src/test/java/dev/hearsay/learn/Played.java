package dev.hearsay.learn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A lesson that is played, and its steps so far. */
final class Played {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    final Lesson lesson;
    final List<JsonNode> steps = new ArrayList<>();

    Played(String text) {
        lesson = Lesson.of(text);
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until the lesson says that it is done. */
    Played toTheEnd() {
        until(step -> step.get("done").asBoolean());
        return this;
    }

    /** Up to the first step from here of which this holds. */
    JsonNode until(Predicate<JsonNode> wanted) {
        while (true) {
            String next = lesson.next();
            if (next == null) {
                throw new AssertionError("it never came to that; the last step was " + steps.getLast());
            }
            JsonNode step = json(next);
            steps.add(step);
            if (wanted.test(step)) {
                return step;
            }
        }
    }

    JsonNode untilEvent(String name) {
        return until(step -> hasEvent(step, name));
    }

    JsonNode untilMicros(long micros) {
        return until(step -> step.get("micros").asLong() >= micros);
    }

    JsonNode intervene(String intervention) {
        JsonNode step = json(lesson.intervene(intervention));
        steps.add(step);
        return step;
    }

    /** All messages on their way. */
    List<JsonNode> onTheirWay() {
        List<JsonNode> messages = new ArrayList<>();
        for (JsonNode one : json(lesson.ahead()).get("ahead")) {
            if (one.has("content")) {
                messages.add(one);
            }
        }
        return messages;
    }

    /** What is to be seen of a node now. */
    JsonNode node(String name) {
        for (JsonNode node : json(lesson.nodes())) {
            if (node.get("node").asText().equals(name)) {
                return node;
            }
        }
        throw new AssertionError("there is no " + name);
    }

    static boolean hasEvent(JsonNode step, String name) {
        for (JsonNode event : step.path("signals")) {
            if (event.get("trace").get("signal").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    List<JsonNode> events(String name) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode step : steps) {
            for (JsonNode event : step.path("signals")) {
                if (event.get("trace").get("signal").asText().equals(name)) {
                    found.add(event.get("trace"));
                }
            }
        }
        return found;
    }
}
