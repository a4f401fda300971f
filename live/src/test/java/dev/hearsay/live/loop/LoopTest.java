package dev.hearsay.live.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LoopTest {

    /** A store that still writes when a host stops answers nobody; it must get to the end of its work. */
    @Test
    void whatComesAfterTheEndIsNotRunAndHarmsNobody() throws Exception {
        Loops loops = Loops.start(1);
        Loop loop = loops.of(0);
        CountDownLatch ran = new CountDownLatch(1);
        loop.execute(ran::countDown);
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        loops.close();
        AtomicBoolean late = new AtomicBoolean();
        assertThatCode(() -> loop.execute(() -> late.set(true))).doesNotThrowAnyException();
        assertThat(late).isFalse();
    }
}
