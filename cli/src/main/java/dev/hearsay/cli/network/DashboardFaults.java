package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultControl;
import dev.hearsay.live.fault.FaultDesk;
import dev.hearsay.live.fault.FaultException;
import dev.hearsay.live.fault.FaultException.Code;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NodeName;
import java.util.List;
import java.util.Set;

/** Faults that a dashboard orders, on the ways of {@code gossip fault}. */
abstract sealed class DashboardFaults implements FaultControl {

    /** What is asked of the hosts. */
    interface Asking<T> {
        T ask() throws FaultException;
    }

    /** Those that are there now. */
    abstract FaultHosts hosts();

    /** A network of this user, by its host files; looked up each time, as its nodes come and go. */
    static FaultControl of(Console console, String network) {
        return new OfNetwork(console, network);
    }

    /** Nodes that take orders over their own ports from whoever has this token. */
    static FaultControl at(List<NodeId> addresses, String token) {
        return new OfNodes(addresses, token);
    }

    private static <T> T asked(Asking<T> asking) throws FaultException {
        try {
            return asking.ask();
        } catch (Failure e) {
            Code code = switch (e.exitCode()) {
                case ExitCode.NO_SUCH_NODE -> Code.NO_SUCH_NODE;
                case ExitCode.TAKEN, ExitCode.USAGE, ExitCode.NOT_RUNNING -> Code.CONFLICT;
                default -> Code.FAILED;
            };
            throw new FaultException(code, e.sentence().replaceFirst("\\.$", ""), e);
        } catch (IllegalArgumentException e) {
            throw new FaultException(Code.CONFLICT, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void demandPossible(FaultOrder order) throws FaultException {
        asked(() -> {
            hosts().demandPossible(order.fault());
            return true;
        });
    }

    @Override
    public void begin(FaultOrder order) throws FaultException {
        asked(() -> {
            FaultHosts hosts = hosts();
            if (order.number() <= hosts.last()) {
                throw new FaultException(Code.TAKEN, "there was a fault " + order.id() + " already");
            }
            hosts.demandPossible(order.fault());
            hosts.begin(order);
            return true;
        });
    }

    @Override
    public void heal(String id) throws FaultException {
        asked(() -> {
            FaultHosts hosts = hosts();
            List<FaultDesk.InForce> inForce = hosts.inForce();
            FaultOrder order = inForce.stream()
                    .map(FaultDesk.InForce::order)
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new FaultException(Code.NO_SUCH_FAULT, FaultReports.noneOf(id, inForce)));
            hosts.heal(order);
            return true;
        });
    }

    @Override
    public List<FaultDesk.InForce> inForce() throws FaultException {
        return asked(() -> hosts().inForce());
    }

    @Override
    public int last() throws FaultException {
        return asked(() -> hosts().last());
    }

    private static final class OfNetwork extends DashboardFaults {
        private final Console console;
        private final String name;

        OfNetwork(Console console, String name) {
            this.console = console;
            this.name = name;
        }

        private LiveNetwork network() {
            return LiveNetwork.running(console, name);
        }

        @Override
        FaultHosts hosts() {
            return FaultHosts.of(network());
        }

        @Override
        public void begin(FaultOrder order) throws FaultException {
            asked(() -> {
                try (NetworkLock _ = NetworkLock.take(network().directory())) {
                    super.begin(order);
                }
                return true;
            });
        }

        @Override
        public void revive(NodeId node) throws FaultException {
            asked(() -> {
                LiveNetwork network = network();
                NodeName named = NetworkCommand.nameOf(network, new NodeArgument.At(node));
                boolean isKilled = hosts().inForce().stream()
                        .anyMatch(one -> one.order().fault() instanceof LiveFault.Kill(Set<NodeId> nodes)
                                && nodes.contains(node));
                if (!isKilled) {
                    throw new FaultException(Code.CONFLICT, "no fault has killed the node at " + node);
                }
                HostFile host = network.liveHostOf(named)
                        .orElseThrow(
                                () -> new FaultException(Code.CONFLICT, "the process of node " + named + " is gone"));
                network.order(host, "/nodes/" + named + "/start").post("{}");
                return true;
            });
        }
    }

    private static final class OfNodes extends DashboardFaults {
        private final List<NodeId> addresses;
        private final String token;

        OfNodes(List<NodeId> addresses, String token) {
            this.addresses = addresses;
            this.token = token;
        }

        @Override
        FaultHosts hosts() {
            return FaultHosts.among(addresses, token);
        }

        @Override
        public void revive(NodeId node) throws FaultException {
            throw new FaultException(
                    Code.CONFLICT,
                    "a node that was killed over its own port comes back when the time of its fault is over");
        }
    }
}
