package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Fact;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RumorProtocol;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskTest {

    private final Disk disk = new Disk();

    private static Fact binding(int number) {
        return new RumorProtocol.Began(new Origin(new NodeId("sim", number), 1));
    }

    private static Fact other(int number) {
        return new MembershipProtocol.Admitted(new NodeId("sim", number));
    }

    @Test
    void aCrashLosesWhatIsNotDurableAndSaysWhichPromisesAreGone() {
        disk.save(binding(1));
        disk.save(other(2));
        int place = disk.save(binding(3));
        disk.sync(place, fact -> {});
        disk.save(other(4));
        disk.writeBehind();
        disk.save(other(5));
        disk.save(binding(6));
        List<Fact> lost = new ArrayList<>();
        disk.crash(lost::add);
        assertThat(lost).containsExactly(binding(6));
        assertThat(disk.facts()).containsExactly(binding(1), other(2), binding(3), other(4));
    }

    @Test
    void onlyBindingFactsAreMadeDurableByASync() {
        disk.save(other(1));
        List<Fact> durable = new ArrayList<>();
        disk.sync(disk.save(binding(2)), durable::add);
        assertThat(durable).containsExactly(binding(2));
        disk.crash(fact -> {});
        assertThat(disk.facts()).containsExactly(binding(2));
    }

    @Test
    void aFailureLosesTheBindingFactsThatWereToBeSynced() {
        disk.sync(disk.save(binding(1)), fact -> {});
        int place = disk.save(binding(2));
        disk.save(binding(3));
        assertThat(disk.fail(place)).containsExactly(binding(2));
        assertThat(disk.isSynced()).isFalse();
        assertThat(disk.facts()).containsExactly(binding(1), binding(3));
    }

    @Test
    void aWipedDiskIsEmpty() {
        disk.sync(disk.save(binding(1)), fact -> {});
        disk.wipe();
        assertThat(disk.facts()).isEmpty();
        assertThat(disk.isSynced()).isTrue();
    }

    @Test
    void aDiskThatLosesItsTailLosesTheLastBindingFacts() {
        disk.save(binding(1));
        disk.sync(disk.save(binding(2)), fact -> {});
        disk.save(other(3));
        disk.sync(disk.save(binding(4)), fact -> {});
        disk.writeBehind();
        disk.loseTail(2);
        assertThat(disk.facts()).containsExactly(binding(1), other(3));
        assertThat(disk.isSynced()).isTrue();
    }
}
