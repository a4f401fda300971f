package dev.hearsay.core.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.CommitProtocol.Report;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Signature;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.View;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One node that learns who has what; the others are made up. */
class CommitTest {

    private static final NodeId A = new NodeId("a", 1);
    private static final NodeId B = new NodeId("b", 1);
    private static final NodeId C = new NodeId("c", 1);
    private static final NodeId STRANGER = new NodeId("z", 1);

    private final RecordingEffects effects = new RecordingEffects();
    private final Ranges own = new Ranges();
    private final List<Ranges> kept = new ArrayList<>();
    private int asked;
    private List<NodeId> members = List.of(A, B, C);
    private final Commit commit = commit(true);

    private Commit commit(boolean isInformed) {
        return commit(isInformed, null);
    }

    private Commit commit(boolean isInformed, Attestations attestations) {
        View view = new View() {
            @Override
            public List<NodeId> neighbours() {
                return List.of(B, C);
            }

            @Override
            public List<NodeId> members() {
                asked++;
                return members;
            }
        };
        Holdings holdings = new Holdings() {
            @Override
            public Ranges versions() {
                return own;
            }

            @Override
            public Ranges known() {
                return own;
            }

            @Override
            public void keep(Ranges versions, Effects effects) {
                kept.add(versions);
            }
        };
        return new Commit(Commit.Settings.DEFAULT, A, new TestContext(1), view, holdings, attestations, isInformed);
    }

    private void has(long version) {
        own.add(version);
        commit.hear(0, new RumorProtocol.Published(new RumorId(version, 0, 0, 0), version, 1), effects);
    }

    private void reportRound() {
        commit.step(0, new Input.Fired(effects.timer(CommitProtocol.ReportRound.class)), effects);
    }

    private void receive(boolean answer, Report... reports) {
        commit.step(0, new Input.Received(B, new CommitProtocol.Versions(List.of(reports), answer)), effects);
    }

    private static Report report(long upTo, NodeId... members) {
        return new Report(Ranges.of(1, upTo), List.of(members), null);
    }

    private List<CommitProtocol.Tally> news() {
        return effects.last(CommitProtocol.VersionNews.class).tallies();
    }

    private List<CommitProtocol.Committed> committed() {
        return effects.told(CommitProtocol.Committed.class);
    }

    @Test
    void aVersionIsReportedOnlyOnceItIsKept() {
        has(1);
        assertThat(effects.sent).isEmpty();
        reportRound();
        assertThat(kept).containsExactly(Ranges.of(1, 1));
        assertThat(effects.receivers(CommitProtocol.VersionNews.class)).containsExactlyInAnyOrder(B, C);
        assertThat(news()).containsExactly(new CommitProtocol.Tally(Ranges.of(1, 1), Ranges.of(1, 1)));
    }

    @Test
    void whatEveryMemberHasReportedIsCommitted() {
        has(1);
        reportRound();
        receive(false, report(1, B));
        assertThat(committed()).isEmpty();
        receive(false, report(2, C));
        assertThat(committed()).containsExactly(new CommitProtocol.Committed(Ranges.of(1, 1), 3));
        receive(false, report(2, B));
        assertThat(committed()).hasSize(1);
        has(2);
        reportRound();
        assertThat(committed().getLast()).isEqualTo(new CommitProtocol.Committed(Ranges.of(2, 2), 3));
        assertThat(commit.committed()).isEqualTo(Ranges.of(1, 2));
    }

    @Test
    void versionsAreCommittedEachByItselfWhateverLiesBetween() {
        has(7);
        reportRound();
        receive(false, new Report(Ranges.of(7, 7, 9, 9), List.of(B, C), null));
        assertThat(committed()).containsExactly(new CommitProtocol.Committed(Ranges.of(7, 7), 3));
    }

    @Test
    void newsIsPassedOnOnceAndInGroups() {
        receive(false, report(3, B, C));
        reportRound();
        assertThat(news()).containsExactly(new CommitProtocol.Tally(Ranges.of(1, 3), Ranges.of(2, 3)));
        effects.clear();
        receive(false, report(3, B), report(2, C));
        assertThat(effects.delayed).isEmpty();
    }

    @Test
    void positionsMeanSomethingOnlyAmongTheSameMembers() {
        has(1);
        reportRound();
        CommitProtocol.VersionNews told = effects.last(CommitProtocol.VersionNews.class);
        List<CommitProtocol.Tally> all = List.of(new CommitProtocol.Tally(Ranges.of(1, 1), Ranges.of(1, 99)));
        commit.step(
                0, new Input.Received(B, new CommitProtocol.VersionNews(told.membership() + 1, all, false)), effects);
        assertThat(committed()).isEmpty();
        commit.step(0, new Input.Received(B, new CommitProtocol.VersionNews(told.membership(), all, false)), effects);
        assertThat(committed()).containsExactly(new CommitProtocol.Committed(Ranges.of(1, 1), 3));
    }

    @Test
    void onlyTheNodeItselfSaysWhatItHasAndStrangersCountForNothing() {
        receive(false, report(5, A, STRANGER));
        assertThat(effects.delayed).isEmpty();
        assertThat(commit.hash()).isZero();
    }

    @Test
    void aMemberThatIsNoMoreHoldsNothingBack() {
        has(1);
        reportRound();
        receive(false, report(1, B));
        members = List.of(A, B);
        commit.hear(0, new MembershipProtocol.MemberDismissed(C), effects);
        assertThat(committed()).containsExactly(new CommitProtocol.Committed(Ranges.of(1, 1), 2));
    }

    @Test
    void withoutAPeerListNobodyKnowsWhoEverybodyIs() {
        Commit uninformed = commit(false);
        members = List.of(A);
        own.add(1);
        uninformed.step(0, new Input.Started(), effects);
        assertThat(committed()).isEmpty();
        members = List.of(A, B);
        uninformed.hear(0, new PeerListProtocol.PeerListReceived(STRANGER, 2, 2), effects);
        assertThat(committed()).isEmpty();
        uninformed.step(0, new Input.Received(B, new CommitProtocol.Versions(List.of(report(1, B)), false)), effects);
        assertThat(committed()).containsExactly(new CommitProtocol.Committed(Ranges.of(1, 1), 2));
    }

    @Test
    void aPartnerIsToldWhatItDoesNotKnowAndNothingElse() {
        receive(false, report(2, B), report(1, C));
        effects.clear();
        receive(true, report(2, B));
        assertThat(effects.last(CommitProtocol.Versions.class).reports()).containsExactly(report(1, C));
        effects.clear();
        receive(true, report(2, B), report(1, C));
        assertThat(effects.sent).isEmpty();
    }

    @Test
    void aComparisonIsByPositionAmongTheSameMembersAndElseByName() {
        receive(false, report(2, B), report(1, C));
        commit.compare(B, effects);
        CommitProtocol.VersionNews asked = effects.last(CommitProtocol.VersionNews.class);
        assertThat(asked.answer()).isTrue();
        effects.clear();
        commit.step(0, new Input.Received(B, asked), effects);
        assertThat(effects.sent).isEmpty();
        List<CommitProtocol.Tally> less = List.of(new CommitProtocol.Tally(Ranges.of(1, 2), Ranges.of(2, 2)));
        commit.step(0, new Input.Received(B, new CommitProtocol.VersionNews(asked.membership(), less, true)), effects);
        assertThat(news()).isEqualTo(asked.tallies());
        commit.step(0, new Input.Received(B, new CommitProtocol.VersionNews(7, less, true)), effects);
        assertThat(effects.last(CommitProtocol.Versions.class).reports()).containsExactly(report(2, B), report(1, C));
        assertThat(effects.last(CommitProtocol.Versions.class).answer()).isTrue();
    }

    @Test
    void nodesThatKnowTheSameHaveTheSameHash() {
        receive(false, report(2, B), report(1, C));
        long hash = commit.hash();
        Commit other = commit(true);
        other.step(0, new Input.Received(C, new CommitProtocol.Versions(List.of(report(1, C, B)), false)), effects);
        assertThat(other.hash()).isNotEqualTo(hash);
        other.step(0, new Input.Received(C, new CommitProtocol.Versions(List.of(report(2, B)), false)), effects);
        assertThat(other.hash()).isEqualTo(hash);
    }

    @Test
    void whatCouldNotBeKeptIsReportedAgainLater() {
        has(1);
        reportRound();
        effects.clear();
        var carried = new RelayedRumor(Rumor.version(new TestContext(1).sha256(), 1, 0, 1), 1, List.of());
        commit.step(0, new Input.Unsaved(new RumorProtocol.Kept(carried, B, 0)), effects);
        reportRound();
        assertThat(kept).containsExactly(Ranges.of(1, 1), Ranges.of(1, 1));
        assertThat(news()).containsExactly(new CommitProtocol.Tally(Ranges.of(1, 1), Ranges.of(1, 1)));
    }

    // --- What others may say -----------------------------------------------------------------------------------------

    @Test
    void whereThereAreNoVersionsJoinsCostNothing() {
        commit.hear(0, new PeerListProtocol.PeerListReceived(STRANGER, 1, 3), effects);
        for (int i = 0; i < 100; i++) {
            members = List.of(A, B, C, new NodeId("d", 1 + i));
            asked = 0;
            commit.hear(0, new MembershipProtocol.MemberAdded(members.getLast()), effects);
            assertThat(asked).isZero();
            assertThat(commit.hash()).isZero();
            assertThat(asked).isZero();
        }
        commit.compare(B, effects);
        assertThat(asked).isOne();
    }

    @Test
    void ofVersionsThatNobodyHasSeenOnlyAFewAreKept() {
        own.add(1, 50);
        has(51);
        reportRound();
        long[] bounds = new long[2 * 5_000];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = 1L + 2L * (i / 2);
        }
        receive(false, new Report(Ranges.of(bounds), List.of(B, C), null));
        commit.compare(B, effects);
        Ranges kept = news().getLast().versions();
        assertThat(kept.size()).isEqualTo(26 + Tallies.UNSEEN_RANGES_MAX);
        assertThat(committed())
                .singleElement()
                .satisfies(told -> assertThat(told.versions().max()).isEqualTo(51));
        own.add(52, 20_000);
        has(20_001);
        reportRound();
        receive(false, new Report(Ranges.of(1, 20_001), List.of(B, C), null));
        assertThat(commit.committed())
                .as("what was said before keeps nothing back")
                .isEqualTo(Ranges.of(1, 20_001));
    }

    @Test
    void aSetOfTooManyRangesIsNotBelieved() {
        long[] bounds = new long[2 * (Tallies.RANGES_MAX + 1)];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = 1L + 2L * (i / 2);
        }
        own.add(1, 100_000);
        has(100_001);
        reportRound();
        receive(false, new Report(Ranges.of(bounds), List.of(B, C), null));
        assertThat(committed()).isEmpty();
    }

    /** Millions of sets of many ranges, each about everybody: it stops somewhere, and what is so is learnt later. */
    @Test
    void falseListsCostBoundedWork() {
        List<NodeId> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(new NodeId("a", 1 + i));
        }
        members = many;
        own.add(1, 40_000);
        has(40_001);
        reportRound();
        CommitProtocol.VersionNews told = effects.last(CommitProtocol.VersionNews.class);
        List<CommitProtocol.Tally> tallies = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            long[] bounds = new long[2 * 500];
            for (int j = 0; j < bounds.length; j++) {
                bounds[j] = 1L + 3L * (i + j / 2);
            }
            tallies.add(new CommitProtocol.Tally(Ranges.of(bounds), Ranges.of(1 + i % 999, 1_000)));
        }
        var news = new CommitProtocol.VersionNews(told.membership(), tallies, false);
        commit.step(0, new Input.Received(B, news), effects);
        List<CommitProtocol.Tally> right = List.of(new CommitProtocol.Tally(Ranges.of(1, 40_001), Ranges.of(1, 1_000)));
        commit.step(0, new Input.Received(B, new CommitProtocol.VersionNews(told.membership(), right, false)), effects);
        assertThat(commit.committed()).isEqualTo(Ranges.of(1, 40_001));
    }

    // --- Where members have keys -------------------------------------------------------------------------------------

    /** Signs with the member's name and what it says; all are registered in their second life. */
    private final class Signing implements Attestations {
        private int checks;

        @Override
        public long incarnation(NodeId node) {
            return members.contains(node) ? 2 : 0;
        }

        @Override
        public CommitProtocol.Attestation sign(Ranges versions) {
            return signed(A, versions);
        }

        @Override
        public boolean isGenuine(NodeId member, Ranges versions, CommitProtocol.Attestation attestation) {
            checks++;
            return attestation.equals(signed(member, versions));
        }

        private CommitProtocol.Attestation signed(NodeId member, Ranges versions) {
            byte[] bytes = new byte[Signature.BYTES];
            bytes[0] = (byte) member.hashCode();
            bytes[1] = (byte) versions.hashCode();
            return new CommitProtocol.Attestation(2, Signature.of(bytes));
        }

        Report report(long upTo, NodeId member) {
            return new Report(Ranges.of(1, upTo), List.of(member), signed(member, Ranges.of(1, upTo)));
        }
    }

    @Test
    void aReportCountsOnlyWithTheSignatureOfWhomItIsAbout() {
        Signing signing = new Signing();
        Commit signed = commit(true, signing);
        own.add(1);
        signed.hear(0, new RumorProtocol.Published(new RumorId(1, 0, 0, 0), 1, 1), effects);
        signed.step(0, new Input.Fired(effects.timer(CommitProtocol.ReportRound.class)), effects);
        assertThat(effects.last(CommitProtocol.Versions.class).reports()).containsExactly(signing.report(1, A));
        hears(signed, report(1, B, C));
        var tallies = List.of(new CommitProtocol.Tally(Ranges.of(1, 1), Ranges.of(1, 3)));
        long membership = new Tallies(members, A).membership();
        signed.step(0, new Input.Received(B, new CommitProtocol.VersionNews(membership, tallies, false)), effects);
        CommitProtocol.Attestation ofB = signing.signed(B, Ranges.of(1, 1));
        hears(signed, new Report(Ranges.of(1, 1), List.of(C), ofB), signing.report(1, B));
        assertThat(effects.told(Lifecycle.Refused.class))
                .containsExactly(new Lifecycle.Refused(
                        "a report from " + B + " on the versions of " + C + " has a false signature"));
        hears(signed, new Report(Ranges.of(1, 1), List.of(B), new CommitProtocol.Attestation(1, ofB.signature())));
        assertThat(committed()).isEmpty();
        hears(signed, signing.report(1, B), signing.report(1, C));
        assertThat(committed()).containsExactly(new CommitProtocol.Committed(Ranges.of(1, 1), 3));
        int checks = signing.checks;
        hears(signed, signing.report(1, B), signing.report(1, C));
        assertThat(signing.checks).as("what is known is not checked again").isEqualTo(checks);
    }

    private void hears(Commit hearer, Report... reports) {
        hearer.step(0, new Input.Received(B, new CommitProtocol.Versions(List.of(reports), false)), effects);
    }

    @Test
    void signedReportsArePassedOnOnceAndToWhoLacksThem() {
        Signing signing = new Signing();
        Commit signed = commit(true, signing);
        hears(signed, signing.report(2, B), signing.report(1, C));
        signed.step(0, new Input.Fired(effects.timer(CommitProtocol.ReportRound.class)), effects);
        assertThat(effects.last(CommitProtocol.Versions.class).reports())
                .containsExactly(signing.report(2, B), signing.report(1, C));
        effects.clear();
        long membership = new Tallies(members, A).membership();
        var tallies = List.of(new CommitProtocol.Tally(Ranges.of(1, 2), Ranges.of(2, 2)));
        signed.step(0, new Input.Received(B, new CommitProtocol.VersionNews(membership, tallies, true)), effects);
        assertThat(effects.last(CommitProtocol.Versions.class).reports()).containsExactly(signing.report(1, C));
        effects.clear();
        signed.step(0, new Input.Received(B, new CommitProtocol.VersionNews(7, tallies, true)), effects);
        assertThat(effects.last(CommitProtocol.Versions.class))
                .isEqualTo(new CommitProtocol.Versions(List.of(signing.report(2, B), signing.report(1, C)), true));
    }
}
