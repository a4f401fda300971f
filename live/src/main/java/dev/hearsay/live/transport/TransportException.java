package dev.hearsay.live.transport;

import dev.hearsay.core.NodeId;
import java.net.BindException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** A node cannot listen at its address. The message is one sentence for people. */
public final class TransportException extends Exception {

    private final boolean isPortTaken;

    private TransportException(String message, boolean isPortTaken, @Nullable Throwable cause) {
        super(message, cause);
        this.isPortTaken = isPortTaken;
    }

    static TransportException portTaken(int port, @Nullable Throwable cause) {
        return new TransportException("port " + port + " is already in use", true, cause);
    }

    /** Why nobody can listen there, in words. */
    public static TransportException cannotListen(NodeId address, Throwable failure) {
        if (failure instanceof BindException) {
            String reason = String.valueOf(failure.getMessage());
            if (reason.contains("in use")) {
                return portTaken(address.port(), failure);
            }
            if (reason.contains("assign")) {
                return new TransportException(address.host() + " is not an address of this machine", false, failure);
            }
        }
        if (failure instanceof UnknownHostException) {
            return new TransportException("the host " + address.host() + " is not known", false, failure);
        }
        return new TransportException("cannot listen on " + address + ": " + failure.getMessage(), false, failure);
    }

    /** Whether the reason is that somebody else listens there. */
    public boolean isPortTaken() {
        return isPortTaken;
    }
}
