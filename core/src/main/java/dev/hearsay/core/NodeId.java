package dev.hearsay.core;

/**
 * A node, named by the address at which the others reach it.
 *
 * @param host host name, IPv4 address, or IPv6 address without brackets
 * @param port TCP port; the simulator numbers its nodes here, beyond 65535 where it has more nodes than that
 */
public record NodeId(String host, int port) implements Comparable<NodeId> {

    private static final int PORT_MAX = 65535;

    /** The longest name that DNS has. */
    private static final int HOST_LENGTH_MAX = 253;

    public NodeId {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a node's host must not be empty");
        }
        if (port < 0) {
            throw new IllegalArgumentException("a node's port must not be negative, but is " + port);
        }
    }

    /**
     * Reads {@code host:port} or {@code [IPv6]:port}.
     *
     * @throws IllegalArgumentException with a sentence for people, if the text is not an address
     */
    public static NodeId parse(String whole) {
        // Nothing that is longer is an address, and sentences quote it.
        String text = whole.length() <= HOST_LENGTH_MAX + 8 ? whole : whole.substring(0, HOST_LENGTH_MAX) + "…";
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' is not an address; expected host:port");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'" + text + "' is not an address; write IPv6 as [address]:port");
        }
        int port;
        try {
            port = Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' has no port number after the last colon", e);
        }
        if (host.isEmpty() || port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("'" + text + "' is not an address; ports are 1 to " + PORT_MAX);
        }
        if (!isHost(host)) {
            throw new IllegalArgumentException("an address has a host of up to " + HOST_LENGTH_MAX
                    + " letters, digits, '.', '-' and '_', or IPv6");
        }
        return new NodeId(host, port);
    }

    /**
     * Reads an address that was stored before hosts were checked: what cannot be in one becomes an underscore, and what is too long is cut.
     *
     * @throws IllegalArgumentException if it is no address at all
     */
    public static NodeId parseStored(String text) {
        int colon = Math.max(0, text.lastIndexOf(':'));
        StringBuilder address = new StringBuilder();
        for (int i = 0; i < Math.min(colon, HOST_LENGTH_MAX); i++) {
            char c = text.charAt(i);
            address.append(isHost(String.valueOf(c)) || ":%[]".indexOf(c) >= 0 ? c : '_');
        }
        return parse(address.append(text, colon, text.length()).toString());
    }

    /** Whether it could be the name or address of a host: what others say is shown to people, in terminals and logs. */
    private static boolean isHost(String host) {
        if (host.length() > HOST_LENGTH_MAX) {
            return false;
        }
        boolean isIpv6 = host.indexOf(':') >= 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!isLetter && c != '.' && c != '-' && c != '_' && !(isIpv6 && (c == ':' || c == '%'))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(NodeId other) {
        int byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : Integer.compare(port, other.port);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof NodeId(String h, int p) && p == port && h.equals(host));
    }

    @Override
    public int hashCode() {
        return host.hashCode() * 31 + port * 0x9E3779B9;
    }

    /** The address as people write it: {@code host:port}, IPv6 in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
