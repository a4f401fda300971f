package dev.hearsay.sim;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Command;
import dev.hearsay.core.Message;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.sim.queue.HeapQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out {@link Intervention}s, or says in a sentence why one makes no sense now. */
final class Interventions {

    private final Simulation simulation;
    private final HeapQueue queue;
    private final Hosts hosts;
    private final NodeRuntime stage;

    Interventions(Simulation simulation, HeapQueue queue) {
        this.simulation = simulation;
        this.queue = queue;
        this.hosts = simulation.hosts();
        this.stage = simulation.stage();
    }

    void carryOut(Intervention intervention) {
        switch (intervention) {
            case Intervention.Kill(int node) -> {
                demandUp(node);
                simulation.note(node, intervention);
                stage.crash(node, DiskLoss.NONE);
            }
            case Intervention.Restart(int node) -> {
                demandKnown(node);
                demand(!hosts.isUp(node), name(node) + " runs already");
                simulation.note(node, intervention);
                stage.restart(node);
            }
            case Intervention.Pause(int node) -> {
                demandUp(node);
                demand(!hosts.isPaused(node), name(node) + " is paused already");
                simulation.note(node, intervention);
                hosts.pause(node, true);
            }
            case Intervention.Resume(int node) -> {
                demandKnown(node);
                demand(hosts.isPaused(node), name(node) + " is not paused");
                simulation.note(node, intervention);
                stage.resume(node);
            }
            case Intervention.Cut(int from, int to) -> {
                demandLink(from, to);
                demand(simulation.network().cut(from, to), link(from, to) + " is cut already");
                simulation.note(from, intervention);
            }
            case Intervention.Mend(int from, int to) -> {
                demandLink(from, to);
                demand(simulation.network().mend(from, to), link(from, to) + " is not cut");
                simulation.note(from, intervention);
            }
            case Intervention.Drop(long number) -> {
                HeapQueue.Event event = onItsWay(number);
                simulation.note(event.node(), intervention);
                queue.remove(event);
                int from =
                        event.what() instanceof RuntimeEvent.Forged forged ? hosts.number(forged.from()) : event.from();
                stage.drop(from, event.node(), message(event));
                excuse();
            }
            case Intervention.Hasten(long number) -> {
                HeapQueue.Event event = onItsWay(number);
                simulation.note(event.node(), intervention);
                queue.hasten(event);
            }
            case Intervention.Publish(int node, byte[] payload) -> publish(node, payload, intervention);
            case Intervention.Accuse(int liar, int accused) -> accuse(liar, accused, intervention);
            case Intervention.Condemn(int seed, int accused) -> condemn(seed, accused, intervention);
        }
        simulation.script().refresh();
    }

    private void publish(int node, byte[] payload, Intervention intervention) {
        demandUp(node);
        demand(node < hosts.count(), name(node) + " is a seed, and seeds do not gossip; publish at a peer");
        demand(!hosts.isPaused(node), name(node) + " is paused");
        int most = Math.max(1, simulation.spec().publishing().payloadBytes());
        demand(payload.length <= most, "a message of this run has at most " + most + " bytes, not " + payload.length);
        simulation.note(node, intervention);
        stage.publish(node, new Command.Publish(payload, 0));
    }

    /** The liar says it to all seeds at once; what they make of it is up to them. */
    private void accuse(int liar, int accused, Intervention intervention) {
        demandUp(liar);
        demandKnown(accused);
        demand(
                liar < hosts.count() && accused < hosts.count() && liar != accused && hosts.all() > hosts.count(),
                "a peer accuses another peer, in a network with seeds");
        Statement removal = removal(hosts.node(liar).peerList(), liar, accused);
        simulation.note(liar, intervention);
        Message report = new RemovalProtocol.DeadNodeReport(
                removal,
                "Dead Node:" + hosts.id(accused) + ":0:" + hosts.id(liar).host(),
                null,
                List.of(new RemovalProtocol.Confirmation(
                        hosts.id(liar), hosts.keys(liar).sign(removal.confirmation()))));
        for (int seed = hosts.count(); seed < hosts.all(); seed++) {
            simulation.forge(hosts.id(liar), hosts.id(seed), report);
        }
    }

    /** Its own key is all that it has: it can sign for no other seed, and for no neighbour of the accused. */
    private void condemn(int seed, int accused, Intervention intervention) {
        demandUp(seed);
        demandKnown(accused);
        demand(
                seed >= hosts.count() && accused < hosts.count(),
                "it is a seed that condemns, and a peer that is condemned");
        Statement removal = removal(hosts.seed(seed).peerList(), seed, accused);
        simulation.note(seed, intervention);
        Message proposal = new VotingProtocol.ProposeRemove(new RemovalProtocol.DeadNodeReport(
                removal,
                "Dead Node:" + hosts.id(accused) + ":0:" + hosts.id(seed).host(),
                null,
                List.of()));
        Message verdict = new RemovalProtocol.RemovalNotify(new Certificate(
                removal,
                List.of(new Certificate.Vote(hosts.id(seed), hosts.keys(seed).sign(removal.ballot())))));
        for (int other = 0; other < hosts.all(); other++) {
            if (other != seed) {
                simulation.forge(hosts.id(seed), hosts.id(other), other < hosts.count() ? verdict : proposal);
            }
        }
    }

    /** That a member is removed, as whoever has this list would say it. */
    private Statement removal(@Nullable PeerList list, int liar, int accused) {
        Certificate certificate = list == null ? null : list.find(hosts.id(accused));
        if (certificate == null || certificate.statement().change() != Change.REGISTER) {
            throw new IllegalArgumentException(name(liar) + " does not know " + name(accused) + " as a member");
        }
        return certificate.statement().removal();
    }

    private HeapQueue.Event onItsWay(long number) {
        HeapQueue.Event event = queue.find(number);
        if (event == null || !(event.what() instanceof Message || event.what() instanceof RuntimeEvent.Forged)) {
            throw new IllegalArgumentException("no message " + number + " is on its way");
        }
        return event;
    }

    private static Message message(HeapQueue.Event event) {
        return event.what() instanceof RuntimeEvent.Forged forged ? forged.message() : (Message) event.what();
    }

    private void excuse() {
        MembershipChecker membershipChecker = simulation.membershipChecker();
        if (membershipChecker != null) {
            membershipChecker.excuse();
        }
    }

    private void demandLink(int from, int to) {
        demandKnown(from);
        demandKnown(to);
        demand(from != to, "a link is between two nodes, and " + name(from) + " is one");
    }

    private void demandUp(int node) {
        demandKnown(node);
        demand(hosts.isUp(node), name(node) + " is down");
    }

    private void demandKnown(int node) {
        demand(
                node >= 0 && node < hosts.all(),
                "there is no such node; they are numbered 0 to " + (hosts.count() - 1) + ", and seeds s0, s1 …");
    }

    private String name(int node) {
        return node < hosts.count() ? "node " + node : "seed s" + (node - hosts.count());
    }

    private String link(int from, int to) {
        return "the link from " + name(from) + " to " + name(to);
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
