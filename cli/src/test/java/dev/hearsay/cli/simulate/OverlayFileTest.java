package dev.hearsay.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.overlay.Overlays;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayFileTest {

    private static final String HEAD = "<graphml xmlns='http://graphml.graphdrawing.org/xmlns'><graph>";

    @TempDir
    Path folder;

    private Graph read(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, content.replace("~", "\n"));
        return OverlayFile.read(file.toString());
    }

    private static List<String> links(Graph graph) {
        List<String> links = new ArrayList<>();
        for (int node = 0; node < graph.nodes(); node++) {
            for (int i = 0; i < graph.degree(node); i++) {
                links.add(node + "-" + graph.neighbour(node, i));
            }
        }
        return links;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.graphml", "a.edges", "a.csv", "a.CSV", "a.tsv"})
    void isReadAsItWasWritten(String name) {
        for (String spec : List.of("random:3", "scale-free:2", "full")) {
            Graph graph =
                    Overlays.build(OverlaySpec.parse(spec), 30, new Random64(5)).graph();
            String file = folder.resolve(name).toString();
            OverlayFile.write(file, graph);
            assertThat(links(OverlayFile.read(file))).isEqualTo(links(graph));
        }
    }

    @Test
    void aListOfLinksIsReadAsProgramsWriteIt() throws IOException {
        // NetworkX with weights, Gephi with a header, SNAP with comments; names, directions and repetitions.
        assertThat(links(read("a.txt", "# 3 nodes\n7 9 {'weight': 2}\n9\t100\n9 7\n")))
                .containsExactly("0-1", "1-0", "1-2", "2-1");
        assertThat(links(read("a.csv", "\uFEFFSource,Target\r\nbob,alice\r\nalice,carol\r\n")))
                .containsExactly("0-1", "1-0", "1-2", "2-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.csv | \"Source\",\"Target\"~\"0\",\"1\"~\"1\",\"2\"~",
                "a.csv | source;target;weight~10;20;0,5~20;30;1,5~",
                "a.csv | Source, Target~New York, Boston~Boston, San José",
                "a.csv | \"York, New\",\"the \"\"Hub\"\"\"~\"the \"\"Hub\"\"\",Salem",
                "a.tsv | Source\tTarget~New York\tBoston~Boston\tSalem",
            })
    void tablesAreSplitAtTheirSeparatorsOnly(String name, String content) throws IOException {
        assertThat(links(read(name, content))).containsExactly("0-1", "1-0", "1-2", "2-1");
    }

    @Test
    void nodesOfGraphmlMayComeAfterTheirLinks() throws IOException {
        assertThat(links(read(
                        "a.graphml",
                        HEAD
                                + "<edge source='1' target='10'/><node id='10'/><node id='2'/><node id='1'><data key='d'>x</data>"
                                + "</node></graph></graphml>")))
                .containsExactly("0-2", "2-0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.graphml | <graphml><graph><node id='1'/>~<node id='2'> | a.graphml, line 2 is damaged XML.",
                "a.graphml | <html/> | a.graphml, line 1 begins with <html>, so it is no GraphML.",
                "a.graphml | <graphml><graph><node id='1'/>~<edge source='1' target='x'/></graph></graphml> | a.graphml, line 2 links node 'x', which the file does not have.",
                "a.graphml | <graphml><graph><node id='1'/>~<edge source='1' target='1'/></graph></graphml> | a.graphml, line 2 links node '1' to itself.",
                "a.graphml | <graphml><graph><node id='1'/>~<node id='1'/></graph></graphml> | a.graphml, line 2 has node '1' a second time.",
                "a.graphml | <graphml><graph><node/></graph></graphml> | a.graphml, line 1 has <node> without id.",
                "a.graphml | <graphml><graph></graph></graphml> | a.graphml names no node.",
                "a.graphml | nothing | a.graphml, line 1 is damaged XML.",
                "a.edges | 0 1~2 2 | a.edges, line 2 links node '2' to itself.",
                "a.edges | 0 1~7 | a.edges, line 2 names one node, and a link has two.",
                "a.edges | 0,1~7, | a.edges, line 2 names one node, and a link has two.",
                "a.csv | from,to~0,1~1,2 | a.csv, line 1 is a heading; let it begin with Source and Target, or remove it.",
                "a.csv | Id,Source,Target~0,1,2 | a.csv, line 1 is a heading; let it begin with Source and Target, or remove it.",
                "a.txt | # links~from to~bob alice | a.txt, line 2 is a heading; let it begin with Source and Target, or remove it.",
                "a.edges | # links~begin end~0 1~1 2 | a.edges, line 2 names 'begin' and 'end' and all others have numbers; if it is a heading, remove it.",
                "a.txt | 0 1~New York,Boston | a.txt, line 2 has a blank in a name; let the file be a .csv.",
                "a.csv | 0 1 | a.csv, line 1 names one node, and a link has two.",
                "a.csv | 0,1~\"0,1 | a.csv, line 2 has a quotation mark that nothing closes.",
                "a.edges | # | a.edges, line 1 names no node.",
            })
    void whatIsWrongIsSaidInOneSentence(String name, String content, String sentence) {
        assertThatThrownBy(() -> read(name, content))
                .isInstanceOf(Failure.class)
                .hasMessage(folder + "/" + sentence.replace(", line 1 names no node", " names no node"));
    }

    /** As Windows writes it. */
    @Test
    void utf16IsReadByItsMark() throws IOException {
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Path links = Files.write(folder.resolve("a.csv"), "\uFEFFbob,alice\r\nalice,carol\r\n".getBytes(charset));
            assertThat(links(OverlayFile.read(links.toString()))).containsExactly("0-1", "1-0", "1-2", "2-1");
            String text = "\uFEFF<?xml version='1.0' encoding='UTF-16'?>" + HEAD
                    + "<node id='0'/><node id='1'/><edge source='0' target='1'/></graph></graphml>";
            Path graphml = Files.write(folder.resolve("a.graphml"), text.getBytes(charset));
            assertThat(links(OverlayFile.read(graphml.toString()))).containsExactly("0-1", "1-0");
        }
        Path unmarked = Files.write(folder.resolve("b.csv"), "0,1\n".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> OverlayFile.read(unmarked.toString())).hasMessageContaining("line 1 holds NUL");
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        Path file = folder.resolve("a.edges");
        Files.write(file, new byte[] {'0', ' ', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> OverlayFile.read(file.toString()))
                .hasMessageContaining("is no text in UTF-8, nor in UTF-16");
        assertThatThrownBy(() -> OverlayFile.read(folder.resolve("none.edges").toString()))
                .hasMessageContaining("cannot be read: There is no ");
        assertThatThrownBy(() -> OverlayFile.read("overlay.png")).hasMessage("'overlay.png' does not say what it is.");
    }

    /** Neither another file nor a word that stands for a billion of words is looked at. */
    @Test
    void entitiesAreNotFollowed() throws IOException {
        Path secret = folder.resolve("secret");
        Files.writeString(secret, "secret", StandardCharsets.UTF_8);
        for (String entity : List.of("SYSTEM '" + secret.toUri() + "'", "'aaaaaaaaaa'")) {
            String content = "<!DOCTYPE g [<!ENTITY e " + entity + "><!ENTITY f '&e;&e;&e;&e;'>]>" + HEAD
                    + "<node id='1'>&e;&f;</node><node id='&f;'/></graph></graphml>";
            assertThatThrownBy(() -> read("a.graphml", content))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("is damaged XML")
                    .hasMessageNotContaining("secret.");
        }
    }
}
