package dev.hearsay.learn;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** What a page may call. The compiler to JavaScript begins here, and keeps what can be reached. */
public final class Engine {

    private Engine() {}

    /** The module does nothing by itself. */
    public static void main(String[] arguments) {}

    /**
     * {@link Lesson#of}; throws a JavaScript {@code Error} whose message is the sentence for people.
     *
     * @param text of the lesson
     */
    @JSExport
    public static Handle lesson(String text) {
        try {
            return new Held(Lesson.of(text));
        } catch (IllegalArgumentException e) {
            fail(e.getMessage());
            throw e;
        }
    }

    /** {@link Story#all} as JSON: an array of objects with the story's components as fields. */
    @JSExport
    public static String stories() {
        return Story.allAsJson();
    }

    @JSBody(
            params = {"message"},
            script = "throw new Error(message)")
    private static native void fail(@Nullable String message);

    /** A lesson in the hands of a page. */
    public interface Handle extends JSObject {

        /** {@link Lesson#next}. */
        @Nullable
        String next();

        /** {@link Lesson#intervene}; throws as {@link Engine#lesson}. */
        String intervene(String intervention);

        /** {@link Lesson#text}. */
        String text();

        /** {@link Lesson#ahead}. */
        String ahead();

        /** {@link Lesson#nodes}. */
        String nodes();

        /** {@link Lesson#digest}. */
        String digest();
    }

    private static final class Held implements Handle {

        private final Lesson lesson;

        Held(Lesson lesson) {
            this.lesson = lesson;
        }

        @Override
        public @Nullable String next() {
            return lesson.next();
        }

        @Override
        public String intervene(String intervention) {
            try {
                return lesson.intervene(intervention);
            } catch (IllegalArgumentException e) {
                fail(e.getMessage());
                throw e;
            }
        }

        @Override
        public String text() {
            return lesson.text();
        }

        @Override
        public String ahead() {
            return lesson.ahead();
        }

        @Override
        public String nodes() {
            return lesson.nodes();
        }

        @Override
        public String digest() {
            return lesson.digest();
        }
    }
}
