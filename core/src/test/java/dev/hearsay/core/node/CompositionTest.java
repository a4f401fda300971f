package dev.hearsay.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Family;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Role;
import dev.hearsay.core.Role.Concern;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.Timer;
import dev.hearsay.core.spread.SpreadSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who takes what in each kind of machine, counted from what the parts say and not from the table made of it. */
class CompositionTest {

    static List<Composition> all() {
        return List.of(Compositions.STATIC_NODE, Compositions.PEER, Compositions.SEED);
    }

    @ParameterizedTest
    @MethodSource("all")
    void onePartTakesEachFamilyOrItIsNamedAsRefused(Composition composition) {
        for (Family family : Family.values()) {
            List<Role> takers = new ArrayList<>();
            for (Role role : composition.roles()) {
                if (role.has(Concern.TAKES, family)) {
                    takers.add(role);
                }
            }
            boolean isRefused = composition.refused().contains(family);
            assertThat(takers).as("%s in %s", family, composition).hasSize(family.isTaken() && !isRefused ? 1 : 0);
            assertThat(isRefused && !family.isTaken()).isFalse();
            int slot = composition.taker(family);
            assertThat(
                            slot == Composition.NOBODY
                                    ? List.of()
                                    : List.of(composition.roles().get(slot)))
                    .isEqualTo(takers);
        }
    }

    /** What a kind of machine can be sent is in some family that one of the kinds takes. */
    @Test
    void everyFamilyIsTakenSomewhere() {
        Set<Family> taken = EnumSet.noneOf(Family.class);
        for (Composition composition : all()) {
            for (Family family : Family.values()) {
                if (composition.taker(family) != Composition.NOBODY) {
                    taken.add(family);
                }
            }
        }
        for (Family family : Family.values()) {
            assertThat(taken.contains(family)).as("%s", family).isEqualTo(family.isTaken());
        }
    }

    @Test
    void aFamilyThatNobodyTakesAndNobodyRefusesIsAnError() {
        List<Family> refused = new ArrayList<>(Compositions.SEED.refused());
        refused.remove(Family.RUMORS);
        assertThatThrownBy(() -> new Composition("one", Compositions.SEED.roles(), refused))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("one: 0 parts take RUMORS");
    }

    @Test
    void aFamilyThatTwoTakeIsAnError() {
        List<Role> roles = new ArrayList<>(Compositions.SEED.roles());
        roles.add(Role.of("another").takes(Family.VOTES));
        assertThatThrownBy(() -> new Composition("one", roles, Compositions.SEED.refused()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("one: 2 parts take VOTES");
    }

    /** The order in which parts hear decides what a node sends first, so recordings depend on it. */
    @Test
    void partsHearInThisOrder() {
        assertThat(heard(Compositions.PEER, Family.VERSIONS)).containsExactly("spreading", "commit");
        assertThat(heard(Compositions.PEER, Family.LINKS))
                .containsExactly("links", "heartbeats", "suspicions", "draw of neighbours");
        assertThat(heard(Compositions.PEER, Family.MEMBERS))
                .containsExactly("links", "heartbeats", "commit", "suspicions", "draw of neighbours");
        assertThat(heard(Compositions.PEER, Family.REGISTRATION))
                .containsExactly("generator", "suspicions", "draw of neighbours", "commit");
        assertThat(heard(Compositions.PEER, Family.PEER_LISTS)).containsExactly("draw of neighbours", "commit");
        assertThat(heard(Compositions.STATIC_NODE, Family.MEMBERS)).containsExactly("links", "heartbeats", "commit");
        assertThat(heard(Compositions.STATIC_NODE, Family.RUMORS)).isEmpty();
    }

    private static List<String> heard(Composition composition, Family family) {
        List<String> names = new ArrayList<>();
        for (byte slot : composition.listeners(family)) {
            names.add(composition.roles().get(slot).toString());
        }
        return names;
    }

    /** A node keeps the parts that both kinds have in fields, and a field must be that of its slot. */
    @ParameterizedTest
    @MethodSource("specs")
    void eachPartIsInTheSlotOfItsRole(NodeSpec spec) {
        NodeId self = new NodeId("a", 1);
        Node node = new Node(spec, self, List.of(self), List.of(), new TestContext(1), List.of());
        List<Role> roles = Compositions.of(spec).roles();
        for (int slot = 0; slot < roles.size(); slot++) {
            Part part = node.part(slot);
            assertThat(part).as("%s", roles.get(slot)).isNotNull();
            assertThat(part.role()).isEqualTo(roles.get(slot));
            assertThat(node.at(slot)).isSameAs(part);
        }
    }

    static List<NodeSpec> specs() {
        Map<NodeId, PublicKey> seeds = new LinkedHashMap<>();
        seeds.put(new NodeId("seed", 1), null);
        return List.of(NodeSpec.of(new SpreadSpec.Flood()), NodeSpec.seeded(seeds));
    }

    /** Two steps from the top are the records: each protocol seals its own. */
    @ParameterizedTest
    @MethodSource("sealedTypes")
    void recordsAreSealedPerProtocol(Class<?> kind) {
        for (Class<?> family : kind.getPermittedSubclasses()) {
            assertThat(family.isSealed()).as("%s", family).isTrue();
            for (Class<?> record : family.getPermittedSubclasses()) {
                assertThat(record.isRecord()).as("%s", record).isTrue();
                assertThat(record.getEnclosingClass()).isEqualTo(family.getEnclosingClass());
            }
        }
    }

    static List<Class<?>> sealedTypes() {
        return List.of(Message.class, Timer.class, Event.class, Fact.class);
    }
}
