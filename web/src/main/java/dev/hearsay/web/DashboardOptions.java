package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.web.faults.FaultAccess;
import dev.hearsay.web.http.Permission;
import dev.hearsay.web.recordings.RecordingAccess;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dashboard shows, where, and to whom.
 *
 * @param network what the network is called; empty if it has no name
 * @param nodes where to begin, seeds too; further members are found through them
 * @param listener where browsers come; port 0 for any that is free
 * @param isReadOnly whether nobody may send messages
 * @param token what a request that changes something must carry if others than this machine can come; null if there is none
 * @param faults through what things may be let go wrong
 * @param recordings through what it comes to recordings of what it shows
 */
public record DashboardOptions(
        String network,
        List<NodeId> nodes,
        NodeId listener,
        boolean isReadOnly,
        @Nullable String token,
        FaultAccess faults,
        RecordingAccess recordings) {

    /** Of nodes that take no orders from it. */
    public DashboardOptions(
            String network, List<NodeId> nodes, NodeId listener, boolean isReadOnly, @Nullable String token) {
        this(network, nodes, listener, isReadOnly, token, FaultAccess.WITHOUT_TOKEN, RecordingAccess.OF_OTHERS);
    }

    /** The same, with another way to faults. */
    public DashboardOptions with(FaultAccess access) {
        return new DashboardOptions(network, nodes, listener, isReadOnly, token, access, recordings);
    }

    /** The same, with another way to recordings. */
    public DashboardOptions with(RecordingAccess access) {
        return new DashboardOptions(network, nodes, listener, isReadOnly, token, faults, access);
    }

    Permission permission() {
        return new Permission(isReadOnly, isLoopback(listener.host()), token);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
