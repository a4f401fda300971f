package dev.hearsay.bench.peers;

import dev.hearsay.bench.process.PortPicker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.pbcast.GMS;

/**
 * JGroups with the stack it ships as {@code tcp.xml}: TCP with bundling on virtual threads, TCPPING, failure detection, NAKACK2
 * (reliable, in order per sender), STABLE, GMS, flow control. Changed are only the addresses: loopback, and discovery of the first
 * node at its known port. The channels connect one after the other; connected all at once they would make several groups, which
 * takes tens of seconds to merge.
 *
 * <p>The first node of a group waits for others to answer, for {@code GMS.join_timeout}, 2 s in {@code tcp.xml}, before it makes
 * the group; that is part of its bootstrap.
 */
final class JGroups implements Contender {

    private static final String STACK = "tcp.xml";
    private static final String GROUP = "bench";

    private final List<JChannel> channels = new ArrayList<>();

    @Override
    public void start(int nodes, Deliveries deliveries) throws Exception {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        int basePort = PortPicker.freeRange(nodes);
        List<InetSocketAddress> first = List.of(new InetSocketAddress(loopback, basePort));
        for (int i = 0; i < nodes; i++) {
            int node = i;
            JChannel channel = new JChannel(STACK).name("n" + i);
            channels.add(channel);
            TP transport = channel.getProtocolStack().getTransport();
            transport.setBindAddress(loopback).setBindPort(basePort + i).setPortRange(0);
            // Listens on a port of its own, for a tool that nobody runs here.
            transport.getDiagnosticsHandler().setEnabled(false);
            TCPPING discovery = channel.getProtocolStack().findProtocol(TCPPING.class);
            discovery.setInitialHosts(first).setPortRange(0);
            GMS membership = channel.getProtocolStack().findProtocol(GMS.class);
            membership.printLocalAddress(false);
            channel.setDiscardOwnMessages(true);
            channel.setReceiver(new Receiver() {
                @Override
                public void receive(Message message) {
                    deliveries.delivered(node, Payload.number(message.getArray(), message.getOffset()));
                }
            });
            channel.connect(GROUP);
        }
        Waiting.until(
                "every node's view has all " + nodes + " members",
                () -> channels.stream().allMatch(channel -> channel.getView().size() == nodes));
    }

    @Override
    public void broadcast(int node, byte[] payload) throws Exception {
        channels.get(node).send(new BytesMessage(null, payload));
    }
}
