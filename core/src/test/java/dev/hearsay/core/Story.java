package dev.hearsay.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A test as data, to be read like a story: a line says what happens, and behind {@code =>} what comes of it. A file has several, each led by {@code story} and its name;
 * what stands before the first explains, as do other lines at the margin (after the data-driven tests of etcd's raft).
 */
public record Story(String name, List<Line> lines) {

    /** What happens, and what is to come of it. */
    private record Line(String happens, String expected) {}

    /** The stories of a file beside the test class. */
    public static Stream<Story> in(Class<?> test, String file) throws IOException {
        Map<String, List<Line>> stories = new LinkedHashMap<>();
        List<Line> current = List.of();
        try (InputStream stream = Objects.requireNonNull(test.getResourceAsStream(file), file)) {
            for (String line : new String(stream.readAllBytes(), UTF_8).lines().toList()) {
                if (line.startsWith("story ")) {
                    current = stories.computeIfAbsent(line.substring(6), name -> new ArrayList<>());
                } else if (line.startsWith("  ") && !stories.isEmpty()) {
                    String[] sides = line.split("=>", 2);
                    current.add(new Line(sides[0].strip(), sides.length < 2 ? "" : sides[1].strip()));
                }
            }
        }
        return stories.entrySet().stream().map(story -> new Story(story.getKey(), story.getValue()));
    }

    /**
     * Lets it happen.
     *
     * @param happens makes of the words of a line what comes of them
     */
    public void tell(Function<List<String>, List<String>> happens) {
        for (Line line : lines) {
            String outcome = String.join(", ", happens.apply(List.of(line.happens.split(" +", -1))));
            assertThat(outcome).as(line.happens).isEqualTo(line.expected);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
