package dev.hearsay.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A peer that asks three seeds to be registered, and what it says about it. */
class RegistrationTest extends SeededFixture {

    private final Registration registration =
            new Registration(Registration.Settings.DEFAULT, SELF, context, electorate, list);
    private long now = SECOND;

    private void start() {
        registration.step(now, new Input.Started(), effects);
    }

    private void receive(NodeId from, Message message) {
        registration.step(now, new Input.Received(from, message), effects);
    }

    /** The wait is over. */
    private void waited() {
        now += SECOND;
        registration.step(now, new Input.Fired(effects.timer(RegistrationProtocol.Apply.class)), effects);
    }

    private Statement wanted() {
        return Objects.requireNonNull(registration.wanted());
    }

    private void acknowledge(int seed) {
        receive(seed(seed), new RegistrationProtocol.RegisterAck(keys(seed).publicKey(), certificate(wanted(), 0, 1)));
    }

    private void refuse(int seed, long incarnation) {
        receive(seed(seed), new RegistrationProtocol.RegisterNack(keys(seed).publicKey(), wanted(), "no", incarnation));
    }

    private List<List<NodeId>> answered() {
        return effects.told(RegistrationProtocol.SeedsAnswered.class).stream()
                .map(RegistrationProtocol.SeedsAnswered::seeds)
                .toList();
    }

    private List<String> reasons() {
        return effects.told(RegistrationProtocol.NotRegistered.class).stream()
                .map(RegistrationProtocol.NotRegistered::reason)
                .toList();
    }

    @Test
    void saysWhichSeedsCanBeReachedOnceAllHaveAnswered() {
        start();
        receive(seed(0), new HeartbeatProtocol.Ping(1));
        receive(seed(2), new HeartbeatProtocol.Ping(2));
        assertThat(answered()).isEmpty();
        receive(seed(1), new HeartbeatProtocol.Ping(3));
        assertThat(answered()).containsExactly(List.of(seed(0), seed(2), seed(1)));
        acknowledge(1);
        assertThat(answered()).hasSize(1);
    }

    @Test
    void countsNoDeadSeedAndSaysSoBeforeItIsRegistered() {
        start();
        receive(seed(0), new HeartbeatProtocol.Ping(1));
        acknowledge(1);
        assertThat(answered()).containsExactly(List.of(seed(0), seed(1)));
        List<Event> told = effects.told;
        int answer = told.indexOf(new RegistrationProtocol.SeedsAnswered(List.of(seed(0), seed(1)), 3));
        assertThat(told.indexOf(new RegistrationProtocol.Registered(wanted(), seed(1))))
                .isGreaterThan(answer);
    }

    @Test
    void whoWasRegisteredBeforeSaysNoSeedsNameForIt() {
        Statement before = new Statement(Change.REGISTER, SELF, 1, own.publicKey());
        registration.remember(new RegistrationProtocol.AppliedAs(before, 1));
        list.merge(certificate(before, 0, 1));
        start();
        assertThat(effects.told(RegistrationProtocol.Registered.class))
                .containsExactly(new RegistrationProtocol.Registered(before, SELF));
        for (int seed = 0; seed < 3; seed++) {
            acknowledge(seed);
        }
        assertThat(answered()).containsExactly(List.of(seed(0), seed(1), seed(2)));
    }

    @Test
    void aFirstWaitInVainIsNoNews() {
        start();
        waited();
        assertThat(reasons()).isEmpty();
        waited();
        waited();
        assertThat(reasons()).isNotEmpty().containsOnly("no seed has answered");
    }

    @Test
    void afterAnAnswerItDoesNotSayThatThereWasNone() {
        start();
        receive(seed(1), new HeartbeatProtocol.Ping(1));
        waited();
        waited();
        waited();
        assertThat(reasons()).isNotEmpty().containsOnly("1 of 3 seeds have answered, and have not decided yet");
    }

    @Test
    void aNoIsSaidAtOnceAndBriefly() {
        start();
        receive(
                seed(1),
                new RegistrationProtocol.RegisterNack(keys(1).publicKey(), wanted(), "x".repeat(1_000_000), 0));
        waited();
        assertThat(reasons()).hasSize(1);
        assertThat(reasons().getFirst()).startsWith(seed(1) + " says no: xxx").hasSizeLessThan(300);
    }

    /** NACKs are not signed: who forges them in the names of two seeds drives a peer on, but only once for each wait. */
    @Test
    void nacksDriveItOnNoFasterThanItAsks() {
        start();
        for (int i = 0; i < 1_000; i++) {
            refuse(0, Long.MAX_VALUE);
            refuse(1, Long.MAX_VALUE);
        }
        assertThat(effects.receivers(RegistrationProtocol.RegisterRequest.class))
                .hasSize(2 * 3);
        assertThat(wanted().incarnation()).isLessThan(1 << 17);
        waited();
        assertThat(wanted().incarnation()).isLessThan(1 << 18);
    }

    /** However far it was driven, it comes back to where the seeds are. */
    @Test
    void comesDownFromAnIncarnationThatNoSeedWillFollow() {
        registration.remember(new RegistrationProtocol.AppliedAs(
                new Statement(Change.REGISTER, SELF, Long.MAX_VALUE, own.publicKey()), 1));
        start();
        assertThat(wanted().incarnation()).isEqualTo(Long.MAX_VALUE);
        refuse(0, 4);
        assertThat(wanted().incarnation()).as("one alone may lie").isEqualTo(Long.MAX_VALUE);
        refuse(1, 3);
        assertThat(wanted().incarnation()).isEqualTo(5);
        acknowledge(0);
        assertThat(registration.registration()).isEqualTo(wanted());
    }
}
