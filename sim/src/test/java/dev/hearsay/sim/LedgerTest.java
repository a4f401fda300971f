package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Carried;
import dev.hearsay.core.Message;
import dev.hearsay.core.Message.Holding;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.Signal;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.overlay.Overlays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The laws, broken one by one. */
class LedgerTest {

    private static final NodeId A = new NodeId("sim", 0);
    private static final NodeId B = new NodeId("sim", 1);
    private static final Origin ORIGIN = new Origin(A, 5);

    private Hosts hosts;
    private Ledger ledger;
    private Rumor rumor;

    @BeforeEach
    void bootThree() {
        SimulationSpec spec =
                SimulationSpec.builder().set("nodes", 3).set("topology", "full").build();
        hosts = new Hosts(spec, Overlays.build(spec.topology(), 3, new Random64(1)), null, new Random64(1), () -> 0);
        for (int i = 0; i < 3; i++) {
            hosts.boot(i, List.of());
        }
        ledger = new Ledger(spec, hosts, new Random64(1));
        rumor = rumor(1, "apple");
        ledger.saved(0, 0, rumor);
        ledger.accepted(rumor);
    }

    private static Rumor rumor(long sequence, String text) {
        return Rumor.of(new FastHash(), ORIGIN, sequence, 0, 1, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Signal.Delivered delivered(Rumor rumor) {
        return new Signal.Delivered(rumor.id(), A, A, 1, List.of(), Signal.Way.EAGER);
    }

    private static Message gossip(Rumor rumor) {
        return new Message.Gossip(new Carried(rumor, 1, List.of()));
    }

    private static void expectBroken(Runnable deed, String law) {
        assertThatThrownBy(deed::run).isInstanceOf(BrokenLaw.class).hasMessageContaining(law);
    }

    @Test
    void nothingIsDeliveredThatWasNeverPublished() {
        expectBroken(() -> ledger.told(0, 1, delivered(rumor(2, "made up"))), "sim:1 has delivered");
        expectBroken(() -> ledger.told(1, new Signal.Duplicate(rumor(2, "x").id(), A, 1)), "never published");
        expectBroken(() -> ledger.leaves(1, gossip(rumor(2, "x"))), "never published");
    }

    @Test
    void nothingIsDeliveredTwice() {
        ledger.told(0, 1, delivered(rumor));
        expectBroken(() -> ledger.told(0, 1, delivered(rumor)), "sim:1 has delivered Rumor");
        expectBroken(() -> ledger.told(0, 0, delivered(rumor)), "twice");
    }

    @Test
    void noNumberIsGivenToTwoRumors() {
        expectBroken(() -> ledger.saved(0, 0, rumor(1, "pear")), "has given number 1 to");
        expectBroken(() -> ledger.saved(0, 0, rumor), "twice");
        expectBroken(() -> ledger.saved(0, 1, rumor(2, "pear")), "in another's name");
    }

    @Test
    void nothingIsSentThatIsNotDurable() {
        Rumor hasty = rumor(2, "pear");
        ledger.saved(0, 0, hasty);
        expectBroken(() -> ledger.leaves(0, gossip(hasty)), "before it was durable");
        expectBroken(
                () -> ledger.leaves(0, new Message.Repair(List.of(new Carried(hasty, 1, List.of())), false)),
                "before it was durable");
        Message claim = new Message.Digest(List.of(new Holding(ORIGIN, 1, Ranges.of(1, 2))));
        expectBroken(() -> ledger.leaves(1, claim), "sim:1 claims to have seen 1-2 of sim:0");
        ledger.accepted(hasty);
        ledger.leaves(0, gossip(hasty));
        ledger.leaves(1, claim);
    }

    @Test
    void nothingIsPublishedThatIsNotSaved() {
        expectBroken(
                () -> ledger.told(0, 0, new Signal.Published(rumor(2, "x").id(), 2, 1)), "published without saving it");
        expectBroken(() -> ledger.told(0, 1, new Signal.Published(rumor.id(), 1, 1)), "what is not its own");
    }

    @Test
    void whatWasAcceptedIsNotLostInACrash() {
        expectBroken(() -> ledger.lost(rumor), "was accepted");
        hosts.crash(0);
        ledger.crashed(0, false);
        hosts.boot(0, List.of());
        expectBroken(() -> ledger.restarted(0), "has forgotten its own");
    }

    @Test
    void whoLostItsDiskMayForget() {
        hosts.crash(0);
        ledger.crashed(0, true);
        hosts.boot(0, List.of());
        ledger.restarted(0);
        assertThat(ledger.all().getFirst().reached).isZero();
    }

    @Test
    void whatWasNeverAcceptedMayBeLostAndItsNumberGivenOutAgain() {
        Rumor first = rumor(2, "pear");
        ledger.saved(0, 0, first);
        ledger.lost(first);
        ledger.saved(0, 0, rumor(2, "plum"));
        assertThat(ledger.all()).hasSize(2);
    }

    @Test
    void aRumorIsEverywhereWhenEveryLiveNodeHasIt() {
        assertThat(ledger.isEverywhere()).isFalse();
        assertThat(ledger.coverage()).isEqualTo(1 / 3.0);
        ledger.told(0, 1, delivered(rumor));
        assertThat(ledger.isEverywhere()).isFalse();
        hosts.crash(2);
        ledger.crashed(2, false);
        assertThat(ledger.isEverywhere()).isTrue();
        hosts.boot(2, List.of());
        ledger.restarted(2);
        assertThat(ledger.isEverywhere()).isFalse();
        ledger.told(0, 2, delivered(rumor));
        assertThat(ledger.isEverywhere()).isTrue();
        assertThat(B).isEqualTo(hosts.id(1));
    }
}
