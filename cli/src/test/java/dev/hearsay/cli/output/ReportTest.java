package dev.hearsay.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTest {

    record Basket(String name, List<Fruit> fruits) {}

    record Fruit(
            int number,
            String text,
            List<Integer> path,
            boolean read,
            @Nullable Double millis) {}

    private static final List<Fruit> FRUITS = List.of(
            new Fruit(1, "a \"b\", c", List.of(4, 2), true, 8.5), new Fruit(2, "two\nlines", List.of(), false, null));

    private static String printed(Format format, List<Fruit> fruits) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        var report = new Report<>(new Basket("all", fruits), Fruit.class, fruits, () -> "for people\n");
        report.print(format, new PrintStream(bytes, false, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsTextForPeople() {
        assertThat(printed(Format.TABLE, FRUITS)).isEqualTo("for people\n");
    }

    @Test
    void printsOneDocument() {
        assertThat(printed(Format.JSON, FRUITS))
                .isEqualTo("{\"name\":\"all\",\"fruits\":["
                        + "{\"number\":1,\"text\":\"a \\\"b\\\", c\",\"path\":[4,2],\"read\":true,\"millis\":8.5},"
                        + "{\"number\":2,\"text\":\"two\\nlines\",\"path\":[],\"read\":false,\"millis\":null}]}\n");
    }

    @Test
    void printsOneLineForEachRow() {
        assertThat(printed(Format.JSONL, FRUITS).lines()).hasSize(2).allMatch(line -> line.startsWith("{\"number\":"));
        assertThat(printed(Format.JSONL, List.of())).isEmpty();
    }

    @Test
    void printsCsvAsTheStandardHasIt() {
        String[] lines = {
            "number,text,path,read,millis", "1,\"a \"\"b\"\", c\",4 2,true,8.5", "2,\"two\nlines\",,false,", ""
        };
        assertThat(printed(Format.CSV, FRUITS)).isEqualTo(String.join("\r\n", lines));
        assertThat(printed(Format.CSV, List.of())).isEqualTo("number,text,path,read,millis\r\n");
    }

    @Test
    void alignsColumns() {
        TextTable table = new TextTable().number("NODE").text("NAME").text("");
        table.line(1, "りんご", "x").line(12, "apple", "");
        assertThat(table.toString()).isEqualTo("NODE  NAME\n   1  りんご  x\n  12  apple\n");
    }

    @Test
    void drawsBars() {
        assertThat(Progress.bar(0, 4)).isEqualTo("░░░░");
        assertThat(Progress.bar(0.5, 4)).isEqualTo("██░░");
        assertThat(Progress.bar(0.3, 4)).isEqualTo("█▎░░");
        assertThat(Progress.bar(7, 4)).isEqualTo("████");
    }

    @Test
    void redrawsOnTerminalsOnly() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (Progress progress = new Progress(err, false)) {
            progress.animate("bar");
            progress.show("Starting");
            progress.show("Starting still");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).strip()).isEqualTo("Starting");
        bytes.reset();
        try (Progress progress = new Progress(err, true)) {
            progress.show("Starting");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("Starting").endsWith("\r\u001B[K");
    }
}
