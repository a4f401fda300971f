package dev.hearsay.cli.check;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.membership.Electorate;
import java.io.IOException;
import java.util.List;

/** How a stranger becomes a member, and how anybody sees who is one. */
final class Applications {

    private Applications() {}

    /** Asks these seeds to be registered, and waits for the certificate. */
    static Certificate register(TestNetwork network, HandmadePeer stranger, long incarnation, List<NodeId> seeds)
            throws Exception {
        RegistrationProtocol.RegisterRequest request = stranger.request(incarnation);
        for (NodeId seed : seeds) {
            stranger.send(seed, request);
        }
        return network.await(() -> {
            for (RegistrationProtocol.RegisterAck ack : stranger.heard(RegistrationProtocol.RegisterAck.class)) {
                if (ack.certificate().statement().equals(request.statement())) {
                    return ack.certificate();
                }
            }
            throw new CheckFailure("no REGISTER_ACK at " + stranger.address() + "; "
                    + stranger.heard(RegistrationProtocol.RegisterNack.class).stream()
                            .map(RegistrationProtocol.RegisterNack::reason)
                            .distinct()
                            .toList());
        });
    }

    /** Waits for a seed to refuse a statement; says with which words. */
    static String refusal(TestNetwork network, HandmadePeer stranger, Statement statement) throws Exception {
        return network.await(() -> stranger.heard(RegistrationProtocol.RegisterNack.class).stream()
                .filter(nack -> nack.statement().equals(statement))
                .map(RegistrationProtocol.RegisterNack::reason)
                .findFirst()
                .orElseThrow(() -> new CheckFailure("no REGISTER_NACK at " + stranger.address())));
    }

    /** A seed's Peer List as the certificates of which it consists. */
    static List<Certificate> list(TestNetwork network, HandmadePeer stranger, NodeId seed) throws Exception {
        stranger.forget();
        stranger.send(seed, new PeerListProtocol.PeerListRequest(PeerListProtocol.Edition.NONE));
        return network.await(() -> stranger.heard(PeerListProtocol.PeerList.class).stream()
                .map(PeerListProtocol.PeerList::certificates)
                .findFirst()
                .orElseThrow(() -> new CheckFailure("no PEER_LIST at " + stranger.address())));
    }

    /** The certificate of one peer, as a seed has it. */
    static Certificate certificate(TestNetwork network, HandmadePeer stranger, NodeId seed, NodeId peer)
            throws Exception {
        return list(network, stranger, seed).stream()
                .filter(certificate -> certificate.statement().peer().equals(peer))
                .findFirst()
                .orElseThrow(() -> new CheckFailure(peer + " is not on the Peer List of " + seed));
    }

    /** Demands that a quorum of the configured seeds has signed it, and that the signatures hold. */
    static void demandSigned(TestNetwork network, HandmadePeer checker, Certificate certificate) throws CheckFailure {
        String problem = new Electorate(network.config().seeds()).problemWith(certificate, checker.keys());
        CheckFailure.unless(problem == null, certificate.statement() + ": " + problem);
    }

    /** Demands that a seed does not know of a peer. */
    static void demandUnknown(TestNetwork network, NodeId peer) throws Exception {
        for (NodeId seed : network.seeds()) {
            String found = network.record(seed, peer);
            CheckFailure.unless(found.equals("unknown"), peer + " is '" + found + "' at " + network.name(seed));
        }
    }

    /** Sends the same to several. */
    static void tell(HandmadePeer stranger, List<NodeId> nodes, Message message) throws IOException {
        for (NodeId node : nodes) {
            stranger.send(node, message);
        }
    }
}
