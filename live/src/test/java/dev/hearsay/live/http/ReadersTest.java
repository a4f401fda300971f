package dev.hearsay.live.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadersTest {

    private final Readers readers = new Readers(4);
    private final List<String> dismissed = new ArrayList<>();

    private final class Named implements Readers.Reader {
        private final String name;
        private final boolean isStalled;

        Named(String name, boolean isStalled) {
            this.name = name;
            this.isStalled = isStalled;
        }

        @Override
        public boolean isStalled() {
            return isStalled;
        }

        @Override
        public void dismiss(String reason) {
            dismissed.add(name);
        }
    }

    private void add(String host, String name) {
        readers.add(host, new Named(name, false));
    }

    @Test
    void strangersOfOneHostOnlyEverDisplaceThemselves() {
        add("127.0.0.1", "dashboard");
        add("127.0.0.1", "watch");
        for (int i = 0; i < 10; i++) {
            add("10.0.0.1", "stranger " + i);
        }
        assertThat(dismissed).hasSize(8).allMatch(name -> name.startsWith("stranger"));
        assertThat(readers.count()).isEqualTo(4);
    }

    @Test
    void whoDoesNotReadGoesBeforeWhoCameFirst() {
        add("127.0.0.1", "first");
        readers.add("127.0.0.1", new Named("silent", true));
        add("127.0.0.1", "third");
        add("127.0.0.1", "fourth");
        add("127.0.0.1", "fifth");
        add("127.0.0.1", "sixth");
        assertThat(dismissed).containsExactly("silent", "first");
    }

    @Test
    void whoLeavesMakesRoom() {
        Named leaving = new Named("leaving", false);
        readers.add("127.0.0.1", leaving);
        readers.remove(leaving);
        for (int i = 0; i < 4; i++) {
            add("127.0.0.1", "reader " + i);
        }
        assertThat(dismissed).isEmpty();
    }
}
