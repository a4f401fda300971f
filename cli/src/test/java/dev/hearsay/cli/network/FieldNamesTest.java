package dev.hearsay.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Documents are written by the names of their components, which programs read: a component is not renamed as other things are. */
class FieldNamesTest {

    private static String[] names(Class<? extends Record> document) {
        return Arrays.stream(document.getRecordComponents())
                .map(RecordComponent::getName)
                .toArray(String[]::new);
    }

    @Test
    void theNamesThatProgramsReadStay() {
        assertThat(names(Watch.Row.class)).containsExactly("at", "node", "signal", "text");
        assertThat(names(ExplainRemoval.Step.class)).containsExactly("at", "by", "signal", "text");
        assertThat(names(VersionCount.Line.class))
                .containsExactly("event", "version", "node", "count", "millis", "atMicros");
        assertThat(names(VerifyReplay.Life.class))
                .containsExactly("node", "address", "life", "inputs", "signals", "digest", "outcome", "detail");
    }
}
