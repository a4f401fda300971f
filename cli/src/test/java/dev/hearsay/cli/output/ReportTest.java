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

    @Test
    void whatASpreadsheetWouldCalculateIsText() {
        record Row(String text, double number) {}
        assertThat(Csv.line(new Row("=HYPERLINK(1)", -1.5))).isEqualTo("'=HYPERLINK(1),-1.5\r\n");
        assertThat(Csv.line(new Row("+1+2", 1))).startsWith("'+1+2,");
        assertThat(Csv.line(new Row("-2+3", 1))).startsWith("'-2+3,");
        assertThat(Csv.line(new Row("@SUM(1)", 1))).startsWith("'@SUM(1),");
        assertThat(Csv.line(new Row("\t=1", 1))).startsWith("'\t=1,");
        assertThat(Csv.line(new Row("-7", 1))).startsWith("-7,");
    }

    @Test
    void aTableObeysNoStranger() {
        assertThat(new TextTable().text("PATH").line("\u001b[2Jhost:1").toString())
                .isEqualTo("PATH\n\\u{1b}[2Jhost:1\n");
    }

    @Test
    void norDoJsonAndCsv() {
        record Row(String text) {}
        String bad = "\u0000\u001b[2J\u009b1m\u202e\r\nok é 🙂";
        String json = printed(Format.JSON, bad);
        assertThat(json).isEqualTo("{\"text\":\"\\u0000\\u001B[2J\\u009b1m\\u202e\\r\\nok é 🙂\"}\n");
        assertThat(Csv.line(new Row(bad))).isEqualTo("\"\\u{0}\\u{1b}[2J\\u{9b}1m\\u{202e}\\r\nok é 🙂\"\r\n");
    }

    private static String printed(Format format, String text) {
        record Row(String text) {}
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Report.of(Row.class, new Row(text), () -> "").print(format, out);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
