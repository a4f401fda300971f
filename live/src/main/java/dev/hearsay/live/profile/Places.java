package dev.hearsay.live.profile;

import dev.hearsay.core.NodeId;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Spellings of one place: {@code localhost} and {@code 127.0.0.1}, {@code ::1} and {@code 0:0:0:0:0:0:0:1}. Asks no name service. */
public final class Places {

    private Places() {}

    /** Whether two addresses are spellings of one. */
    public static boolean isSame(NodeId one, NodeId other) {
        return one.port() == other.port() && usual(one.host()).equals(usual(other.host()));
    }

    /** The address among others that is another spelling of this one, or this one itself; empty if there is none. */
    public static Optional<NodeId> find(NodeId address, Collection<NodeId> others) {
        return others.stream().filter(other -> isSame(address, other)).findFirst();
    }

    private static String usual(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("[.]$", "");
        if (name.equals("localhost")) {
            return "127.0.0.1";
        }
        try {
            return InetAddress.ofLiteral(name).getHostAddress();
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
