package dev.hearsay.cli.network;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.NodeName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A node as people give it on the command line: {@code 3}, {@code s1} for a seed, or {@code host:port} for any that answers there. */
sealed interface NodeArgument {

    /** What it is in the help of every command. */
    String HELP = "The number of the node (s1, s2 … for a seed), or its host:port.";

    /** A node of a network that was started here. */
    record Named(NodeName name) implements NodeArgument {
        @Override
        public String toString() {
            return name.toString();
        }
    }

    /** Whoever listens there. */
    record At(NodeId address) implements NodeArgument {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** Reads one. */
    final class Converter implements ITypeConverter<NodeArgument> {
        @Override
        public NodeArgument convert(String text) {
            try {
                return text.contains(":") ? new At(NodeId.parse(text)) : new Named(NodeName.parse(text));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
