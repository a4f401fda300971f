package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.AntiEntropyProtocol.Holding;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.overlay.Overlays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The invariants, broken one by one. */
class DeliveryCheckerTest {

    private static final NodeId A = new NodeId("sim", 0);
    private static final NodeId B = new NodeId("sim", 1);
    private static final Origin ORIGIN = new Origin(A, 5);

    private Hosts hosts;
    private DeliveryChecker deliveryChecker;
    private Rumor rumor;

    @BeforeEach
    void bootThree() {
        SimulationSpec spec =
                SimulationSpec.builder().set("nodes", 3).set("topology", "full").build();
        hosts = new Hosts(spec, Overlays.build(spec.topology(), 3, new Random64(1)), null, new Random64(1), () -> 0);
        for (int i = 0; i < 3; i++) {
            hosts.boot(i, List.of());
        }
        deliveryChecker = new DeliveryChecker(spec, hosts, new Random64(1));
        rumor = rumor(1, "apple");
        deliveryChecker.saved(0, 0, rumor);
        deliveryChecker.accepted(rumor);
    }

    private static Rumor rumor(long sequence, String text) {
        return Rumor.of(new FastHash(), ORIGIN, sequence, 0, 1, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static RumorProtocol.Delivered delivered(Rumor rumor) {
        return new RumorProtocol.Delivered(rumor.id(), A, A, 1, List.of(), RumorProtocol.Way.EAGER);
    }

    private static Message gossip(Rumor rumor) {
        return new RumorProtocol.Gossip(new RelayedRumor(rumor, 1, List.of()));
    }

    private static void expectBroken(Runnable deed, String invariant) {
        assertThatThrownBy(deed::run).isInstanceOf(BrokenInvariant.class).hasMessageContaining(invariant);
    }

    @Test
    void nothingIsDeliveredThatWasNeverPublished() {
        expectBroken(() -> deliveryChecker.told(0, 1, delivered(rumor(2, "made up"))), "sim:1 has delivered");
        expectBroken(
                () -> deliveryChecker.told(
                        1, new RumorProtocol.Duplicate(rumor(2, "x").id(), A, 1)),
                "never published");
        expectBroken(() -> deliveryChecker.leaves(1, gossip(rumor(2, "x"))), "never published");
    }

    @Test
    void nothingIsDeliveredTwice() {
        deliveryChecker.told(0, 1, delivered(rumor));
        expectBroken(() -> deliveryChecker.told(0, 1, delivered(rumor)), "sim:1 has delivered Rumor");
        expectBroken(() -> deliveryChecker.told(0, 0, delivered(rumor)), "twice");
    }

    @Test
    void noNumberIsGivenToTwoRumors() {
        expectBroken(() -> deliveryChecker.saved(0, 0, rumor(1, "pear")), "has given number 1 to");
        expectBroken(() -> deliveryChecker.saved(0, 0, rumor), "twice");
        expectBroken(() -> deliveryChecker.saved(0, 1, rumor(2, "pear")), "in another's name");
    }

    @Test
    void nothingIsSentThatIsNotDurable() {
        Rumor hasty = rumor(2, "pear");
        deliveryChecker.saved(0, 0, hasty);
        expectBroken(() -> deliveryChecker.leaves(0, gossip(hasty)), "before it was durable");
        expectBroken(
                () -> deliveryChecker.leaves(
                        0, new AntiEntropyProtocol.Repair(List.of(new RelayedRumor(hasty, 1, List.of())), false)),
                "before it was durable");
        Message claim = new AntiEntropyProtocol.Digest(List.of(new Holding(ORIGIN, 1, Ranges.of(1, 2))));
        expectBroken(() -> deliveryChecker.leaves(1, claim), "sim:1 claims to have seen 1-2 of sim:0");
        deliveryChecker.accepted(hasty);
        deliveryChecker.leaves(0, gossip(hasty));
        deliveryChecker.leaves(1, claim);
    }

    @Test
    void nothingIsPublishedThatIsNotSaved() {
        expectBroken(
                () -> deliveryChecker.told(
                        0, 0, new RumorProtocol.Published(rumor(2, "x").id(), 2, 1)),
                "published without saving it");
        expectBroken(
                () -> deliveryChecker.told(0, 1, new RumorProtocol.Published(rumor.id(), 1, 1)), "what is not its own");
    }

    @Test
    void whatWasAcceptedIsNotLostInACrash() {
        expectBroken(() -> deliveryChecker.lost(rumor), "was accepted");
        hosts.crash(0);
        deliveryChecker.crashed(0, false);
        hosts.boot(0, List.of());
        expectBroken(() -> deliveryChecker.restarted(0), "has forgotten its own");
    }

    @Test
    void whoLostItsDiskMayForget() {
        hosts.crash(0);
        deliveryChecker.crashed(0, true);
        hosts.boot(0, List.of());
        deliveryChecker.restarted(0);
        assertThat(deliveryChecker.all().getFirst().reached).isZero();
    }

    @Test
    void whatWasNeverAcceptedMayBeLostAndItsNumberGivenOutAgain() {
        Rumor first = rumor(2, "pear");
        deliveryChecker.saved(0, 0, first);
        deliveryChecker.lost(first);
        deliveryChecker.saved(0, 0, rumor(2, "plum"));
        assertThat(deliveryChecker.all()).hasSize(2);
    }

    @Test
    void aRumorIsEverywhereWhenEveryLiveNodeHasIt() {
        assertThat(deliveryChecker.isEverywhere()).isFalse();
        assertThat(deliveryChecker.coverage()).isEqualTo(1 / 3.0);
        deliveryChecker.told(0, 1, delivered(rumor));
        assertThat(deliveryChecker.isEverywhere()).isFalse();
        hosts.crash(2);
        deliveryChecker.crashed(2, false);
        assertThat(deliveryChecker.isEverywhere()).isTrue();
        hosts.boot(2, List.of());
        deliveryChecker.restarted(2);
        assertThat(deliveryChecker.isEverywhere()).isFalse();
        deliveryChecker.told(0, 2, delivered(rumor));
        assertThat(deliveryChecker.isEverywhere()).isTrue();
        assertThat(B).isEqualTo(hosts.id(1));
    }
}
