package dev.hearsay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.math.Ranges;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {

    private enum Mood {
        QUITE_GOOD,
        BAD {
            @Override
            public String toString() {
                return "so so";
            }
        }
    }

    private record Point(int x, int y) {
        Point {
            if (x < 0) {
                throw new IllegalArgumentException("x must not be negative");
            }
        }
    }

    private record Name(String word) {
        static Name parse(String text) {
            if (!text.startsWith("#")) {
                throw new IllegalArgumentException("'" + text + "' is not a name");
            }
            return new Name(text.substring(1));
        }

        @Override
        public String toString() {
            return "#" + word;
        }
    }

    private sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record RoundedSquare(double side, long radius) implements Shape {}

        record Nothing() implements Shape {}
    }

    private record Everything(
            String text,
            boolean flag,
            int integer,
            long whole,
            double number,
            Mood mood,
            Name name,
            NodeId node,
            RumorId id,
            PublicKey key,
            Instant at,
            Path path,
            Ranges ranges,
            Point point,
            Shape shape,
            List<String> texts,
            List<Integer> integers,
            List<List<Long>> lists,
            Set<NodeId> nodes,
            List<Point> points,
            List<Shape> shapes,
            Map<String, Long> map,
            Map<Name, Point> places) {}

    private record Sparse(int count, @Nullable String note, boolean more, long skew, List<String> words, Point at) {}

    private static final RecordJson JSON = new RecordJson()
            .text(Name.class, Name::parse)
            .oneOf(Shape.class, "kind", "a kind of shape")
            .word(Shape.class, Shape.Circle.class, "ring")
            .named(Sparse.class, "count", "number")
            .older(Sparse.class, "count", "amount")
            .nullable(Sparse.class, "note")
            .absent(Sparse.class, "more", false)
            .absent(Sparse.class, "words", List.of())
            .usual(Sparse.class, "skew", 7L)
            .inline(Sparse.class, "at");

    private static Everything everything() {
        Map<String, Long> map = new LinkedHashMap<>();
        map.put("one", 1L);
        map.put("two", 2L);
        return new Everything(
                "a\"b",
                true,
                -7,
                1L << 60,
                0.5,
                Mood.QUITE_GOOD,
                new Name("n"),
                new NodeId("127.0.0.1", 7001),
                RumorId.parse("ab".repeat(32)),
                PublicKey.parse("cd".repeat(32)),
                Instant.EPOCH,
                Path.of("/a/b"),
                Ranges.of(1, 3, 7, 7),
                new Point(1, 2),
                new Shape.RoundedSquare(2, 3),
                List.of("x", "y"),
                List.of(1, 2),
                List.of(List.of(1L), List.of()),
                Set.of(new NodeId("a", 1)),
                List.of(new Point(3, 4)),
                List.of(new Shape.Circle(1), new Shape.Nothing()),
                map,
                Map.of(new Name("p"), new Point(5, 6)));
    }

    @Test
    void writesEveryKindByTheNameOfItsComponent() {
        assertThat(JSON.line(everything()))
                .isEqualTo(
                        "{\"text\":\"a\\\"b\",\"flag\":true,\"integer\":-7,\"whole\":1152921504606846976,\"number\":0.5,"
                                + "\"mood\":\"quiteGood\",\"name\":\"#n\",\"node\":\"127.0.0.1:7001\",\"id\":\""
                                + "ab".repeat(32)
                                + "\",\"key\":\"" + "cd".repeat(32)
                                + "\",\"at\":\"1970-01-01T00:00:00Z\",\"path\":\"/a/b\","
                                + "\"ranges\":[1,3,7,7],\"point\":{\"x\":1,\"y\":2},"
                                + "\"shape\":{\"kind\":\"roundedSquare\",\"side\":2.0,\"radius\":3},\"texts\":[\"x\",\"y\"],"
                                + "\"integers\":[1,2],\"lists\":[[1],[]],\"nodes\":[\"a:1\"],\"points\":[{\"x\":3,\"y\":4}],"
                                + "\"shapes\":[{\"kind\":\"ring\",\"radius\":1.0},{\"kind\":\"nothing\"}],"
                                + "\"map\":{\"one\":1,\"two\":2},\"places\":{\"#p\":{\"x\":5,\"y\":6}}}");
    }

    @Test
    void readsBackWhatItWrote() throws WireException {
        String line = JSON.line(everything());
        assertThat(JSON.line(JSON.read(Everything.class, line))).isEqualTo(line);
        assertThat(JSON.read(Everything.class, line.replace("quiteGood", "so so"))
                        .mood())
                .isEqualTo(Mood.BAD);
        assertThat(JSON.read(Shape.class, "{\"kind\":\"ring\",\"radius\":1}")).isEqualTo(new Shape.Circle(1));
    }

    @Test
    void leavesOutWhatIsAbsentAndAssumesItOnReading() throws WireException {
        Sparse sparse = new Sparse(1, null, false, 7, List.of(), new Point(2, 3));
        assertThat(JSON.line(sparse)).isEqualTo("{\"number\":1,\"skew\":7,\"x\":2,\"y\":3}");
        assertThat(JSON.read(Sparse.class, "{\"number\":1,\"x\":2,\"y\":3}")).isEqualTo(sparse);
        assertThat(JSON.read(Sparse.class, "{\"amount\":1,\"x\":2,\"y\":3,\"note\":null,\"unknown\":{}}"))
                .isEqualTo(sparse);
        Sparse full = new Sparse(1, "n", true, 8, List.of("w"), new Point(2, 3));
        assertThat(JSON.read(Sparse.class, JSON.line(full))).isEqualTo(full);
    }

    @Test
    void withoutRulesNullIsWrittenAndTextsAreWhatTheySay() {
        assertThat(RecordJson.PLAIN.line(new Sparse(1, null, false, 7, Arrays.asList("a", null), new Point(2, 3))))
                .isEqualTo("{\"count\":1,\"note\":null,\"more\":false,\"skew\":7,\"words\":[\"a\",null],"
                        + "\"at\":{\"x\":2,\"y\":3}}");
        assertThat(RecordJson.PLAIN.line(Map.of("b", new StringBuilder("text"))))
                .isEqualTo("{\"b\":\"text\"}");
    }

    @Test
    void fieldsCanBeWrittenAndReadByHand() throws WireException {
        RecordJson json = new RecordJson()
                .fields(
                        Point.class,
                        (point, out) -> out.writeStringField("xy", point.x + "/" + point.y),
                        in -> new Point(
                                Integer.parseInt(in.text("xy").split("/", -1)[0]),
                                Integer.parseInt(in.text("xy").split("/", -1)[1])));
        record Line(Point from, List<Point> to) {}
        Line line = new Line(new Point(1, 2), List.of(new Point(3, 4)));
        assertThat(json.line(line)).isEqualTo("{\"from\":{\"xy\":\"1/2\"},\"to\":[{\"xy\":\"3/4\"}]}");
        assertThat(json.read(Line.class, json.line(line))).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"flag\":true|\"flag\":1|'flag' must be true or false",
                "\"flag\":true|\"other\":1|'flag' is missing",
                "\"flag\":true|\"flag\":null|'flag' is missing",
                "\"integer\":-7|\"integer\":0.5|'integer' must be a whole number",
                "\"integer\":-7|\"integer\":4294967296|'integer' is too large: 4294967296",
                "\"number\":0.5|\"number\":\"x\"|'number' must be a number",
                "quiteGood|superb|'mood' cannot be 'superb'",
                "#n|n|'n' is not a name",
                "127.0.0.1:7001|nowhere|'nowhere' is not an address; expected host:port",
                "[1,3,7,7]|[1,3,7]|'ranges': ranges are pairs of first and last, but there are 3",
                "[1,3,7,7]|[1,\"a\"]|'ranges' must be a list of whole numbers",
                "{\"x\":1,\"y\":2}|7|'point' must be an object",
                "{\"x\":1,\"y\":2}|{\"x\":1}|'point.y' is missing",
                "{\"x\":1,\"y\":2}|{\"x\":-1,\"y\":2}|'point': x must not be negative",
                "roundedSquare|blob|'blob' is not a kind of shape",
                "[\"x\",\"y\"]|{}|'texts' must be a list of strings",
                "[\"x\",\"y\"]|[\"x\",1]|'texts' must be a list of strings",
                "\"integers\":[1,2]|\"integers\":[1,\"a\"]|'integers' must be a list of whole numbers",
                "\"integers\":[1,2]|\"integers\":[1,4294967296]|a number in 'integers' is too large: 4294967296",
                "[[1],[]]|[[1],[\"a\"]]|'lists' must be a list of whole numbers",
                "[[1],[]]|[[1],2]|'lists' must be a list of lists of whole numbers",
                "[{\"x\":3,\"y\":4}]|[{\"x\":3,\"y\":4},{\"x\":\"a\"}]|'points[1].x' must be a whole number",
                "[{\"x\":3,\"y\":4}]|[null]|'points' must be a list of objects",
                "\"two\":2|\"two\":\"b\"|'map.two' must be a whole number",
                "#p|p|'p' is not a name",
                "{\"x\":5,\"y\":6}|{\"x\":5}|'places.#p.y' is missing"
            })
    void saysWhatIsWrong(String right, String wrong, String sentence) {
        String line = JSON.line(everything());
        assertThat(line).contains(right);
        assertThatThrownBy(() -> JSON.read(Everything.class, line.replace(right, wrong)))
                .isInstanceOf(WireException.class)
                .hasMessage(sentence);
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> JSON.read(Point.class, "[]")).hasMessage("not a JSON object");
        assertThatThrownBy(() -> JSON.read(Object.class, "{}"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("no record");
    }
}
