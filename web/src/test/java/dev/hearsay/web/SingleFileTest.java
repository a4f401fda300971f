package dev.hearsay.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page Learn as one file, as a text; what it does is tried in a browser. */
class SingleFileTest extends DashboardFixture {

    private static List<String> all(String expression) {
        return Pattern.compile(expression)
                .matcher(SingleFile.of(""))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void hasThePageLearnAndNoOther() {
        assertThat(all("id=\"page-\\w+\"")).containsExactly("id=\"page-learn\"");
        assertThat(all("<script type=\"module\"")).hasSize(1);
    }

    @Test
    void namesNothingThatIsNotInIt() {
        assertThat(all("<link rel=\"stylesheet\"|(?:src|href)=\"(?!#|data:)[^\"]*\""))
                .isEmpty();
        assertThat(all("(?:from |import |import\\(|URL\\()['\"]\\.+/")).isEmpty();
        List<String> modules = all("(?<=data-module=\")[^\"]+");
        assertThat(modules).doesNotHaveDuplicates().contains("engine.js", "parts/layout.js", "pages/learn.js");
        assertThat(modules.getLast()).isEqualTo("alone.js");
        // Each comes after those that it names.
        String file = SingleFile.of("");
        for (String reference : all("(?<='(?:module|worker):)[^']+(?=')")) {
            if (!reference.startsWith("(")) {
                assertThat(file.indexOf("data-module=\"" + reference + "\""))
                        .as(reference)
                        .isPositive()
                        .isLessThan(file.indexOf(":" + reference + "'"));
            }
        }
    }

    @Test
    void opensWithTheLessonItIsGiven() {
        assertThat(SingleFile.of("seeds=3&peers=5"))
                .contains("<meta name=\"opens\" content=\"#/learn?lesson=seeds%3D3%26peers%3D5\">");
        assertThatThrownBy(() -> SingleFile.of("peers=1\"><script>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peers of a lesson are 2 to 100");
    }

    @Test
    void theDashboardServesItWithItsOwnPolicy() throws Exception {
        watch(new NodeId("127.0.0.1", 1));
        assertThat(get("/learn.html").body()).isEqualTo(SingleFile.of(""));
        assertThat(get("/learn.html").headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'none'; script-src 'sha256-")
                        .doesNotContain("unsafe"));
    }
}
