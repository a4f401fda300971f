package dev.hearsay.core.node;

import dev.hearsay.core.CommitProtocol.Attestation;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.View;
import dev.hearsay.core.commit.Attestations;
import dev.hearsay.core.detect.Nonces;
import dev.hearsay.core.detect.Suspicions;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.membership.Electorate;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.membership.Registration;
import dev.hearsay.core.overlay.PowerLawDraw;
import dev.hearsay.core.spread.Generator;
import dev.hearsay.core.spread.Spreading;
import org.jspecify.annotations.Nullable;

/** The parts that only a peer of a network with seeds has. */
final class PeerParts implements Attestations {

    private final NodeId self;
    private final Context context;
    private final Electorate electorate;
    final PeerList list = new PeerList();
    private final UnsavedFacts unsaved = new UnsavedFacts();
    final Registration registration;
    final PowerLawDraw draw;
    final Suspicions suspicions;
    final @Nullable Generator generator;

    PeerParts(
            NodeSpec.Membership.Seeded spec,
            NodeId self,
            Context context,
            Nonces nonces,
            View view,
            Spreading spreading) {
        this.self = self;
        this.context = context;
        electorate = new Electorate(spec.seeds());
        registration = new Registration(spec.registration(), self, context, electorate, list);
        draw = new PowerLawDraw(spec.neighbours(), self, context, view);
        suspicions = new Suspicions(
                spec.suspicions(), self, context, nonces, view, registration::registrationOf, electorate.seeds());
        generator = spec.generator() == null ? null : new Generator(spec.generator(), self, context, spreading);
    }

    boolean isSeed(NodeId node) {
        return electorate.isSeed(node);
    }

    // --- What members sign about their versions ----------------------------------------------------------------------

    @Override
    public long incarnation(NodeId node) {
        Statement statement = registration.registrationOf(node);
        return statement == null ? 0 : statement.incarnation();
    }

    @Override
    public @Nullable Attestation sign(Ranges versions) {
        Statement own = registration.registrationOf(self);
        return own == null || !own.key().equals(context.signatures().publicKey())
                ? null
                : new Attestation(own.incarnation(), context.signatures().sign(own.versions(versions)));
    }

    @Override
    public boolean isGenuine(NodeId member, Ranges versions, Attestation attestation) {
        Statement theirs = registration.registrationOf(member);
        return theirs != null
                && theirs.incarnation() == attestation.incarnation()
                && context.signatures().isValid(theirs.key(), theirs.versions(versions), attestation.signature());
    }

    // --- What cannot be saved ----------------------------------------------------------------------------------------

    /** Takes a fact that could not be saved; false if it is none about membership. */
    boolean takeBack(Fact fact, Effects effects) {
        boolean isMembership = fact instanceof RegistrationProtocol.AppliedAs
                || fact instanceof PeerListProtocol.Certified
                || fact instanceof PeerListProtocol.Pinned;
        if (isMembership) {
            unsaved.add(fact, effects);
        }
        return isMembership;
    }

    void saveAgain(Input input, Effects effects) {
        if (!(input instanceof Input.Unsaved)) {
            unsaved.saveAgain(effects);
        }
    }

    void remember(Fact fact) {
        switch (fact) {
            case RegistrationProtocol.AppliedAs applied -> {
                registration.remember(applied);
                suspicions.remember(applied);
            }
            case PeerListProtocol.Certified certified -> list.merge(certified.certificate());
            case PeerListProtocol.Pinned pinned -> electorate.pin(pinned.seed(), pinned.key());
            default -> throw new IllegalStateException("a peer has never saved " + fact);
        }
    }
}
