package dev.hearsay.core;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whom peers have named as their neighbours, and so as their witnesses: the latest genuine {@link Declaration} of each. */
public final class Declarations {

    private final Context context;
    private final Function<NodeId, @Nullable Statement> registrations;
    private final Map<NodeId, Declaration> latest = new LinkedHashMap<>();

    /**
     * None at first.
     *
     * @param registrations the registration of a member; null of anybody else
     */
    public Declarations(Context context, Function<NodeId, @Nullable Statement> registrations) {
        this.context = context;
        this.registrations = registrations;
    }

    /** Takes a peer's own word, whoever brings it. */
    public void note(Declaration declaration) {
        NodeId peer = declaration.registration().peer();
        Declaration known = latest.get(peer);
        if (declaration.registration().equals(registrations.apply(peer))
                && (known == null || declaration.isAfter(known))
                && declaration.isGenuine(context.signatures())) {
            latest.put(peer, declaration);
        }
    }

    /** What a peer has declared last; null if nothing. */
    public @Nullable Declaration find(NodeId peer) {
        return latest.get(peer);
    }

    /** A peer that was removed has no witnesses. */
    public void forget(NodeId removed) {
        latest.remove(removed);
    }

    /**
     * Those whom the peer itself has named as its neighbours, as far as they are members still. Each is one, however often it is named: nobody makes its witnesses too
     * large ever to agree.
     */
    public Set<NodeId> witnesses(Statement registration) {
        Declaration declaration = latest.get(registration.peer());
        Set<NodeId> witnesses = new LinkedHashSet<>();
        if (declaration != null && declaration.registration().equals(registration)) {
            for (NodeId neighbour : declaration.neighbours()) {
                if (!neighbour.equals(registration.peer()) && registrations.apply(neighbour) != null) {
                    witnesses.add(neighbour);
                }
            }
        }
        return witnesses;
    }
}
