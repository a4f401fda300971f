package dev.hearsay.live.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PagedResponseTest {

    private final List<Integer> made = new ArrayList<>();

    private @Nullable String item(int number) {
        made.add(number);
        return number % 3 == 0 ? null : "\"" + "x".repeat(998) + "\"";
    }

    @Test
    void noMoreIsMadeThanThePieceThatIsWanted() {
        List<Integer> items = Stream.iterate(0, i -> i + 1).limit(10_000).toList();
        Supplier<Future<@Nullable String>> pieces =
                PagedResponse.pieces(Stream.concat(Stream.of("["), PagedResponse.items(items, this::item)));
        assertThat(made).isEmpty();
        String first = pieces.get().result();
        assertThat(first).startsWith("[\"x").hasSizeBetween(64 << 10, 66 << 10);
        assertThat(made).hasSizeLessThan(110);
        assertThat(pieces.get().result()).startsWith(",\"x");
        assertThat(made).hasSizeLessThan(220);
    }

    @Test
    void allIsMadeAndNothingOfWhatIsGone() {
        Supplier<Future<@Nullable String>> pieces =
                PagedResponse.pieces(PagedResponse.items(Collections.nCopies(1000, 1), this::item));
        StringBuilder all = new StringBuilder();
        for (String piece = pieces.get().result();
                piece != null;
                piece = pieces.get().result()) {
            all.append(piece);
        }
        assertThat(all.toString().split(",")).hasSize(1000);
        assertThat(PagedResponse.items(List.of(3, 1, 6, 1), this::item).toList())
                .hasSize(2)
                .satisfies(both -> assertThat(both.getFirst()).startsWith("\""))
                .satisfies(both -> assertThat(both.getLast()).startsWith(","));
    }
}
