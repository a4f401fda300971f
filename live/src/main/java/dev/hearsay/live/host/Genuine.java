package dev.hearsay.live.host;

import dev.hearsay.core.Carried;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Sha256;
import dev.hearsay.live.node.LiveContext;
import java.util.List;

/** Tells what a disk has kept well from what it has not: a rumor's id is the hash of its content. */
final class Genuine {

    private Genuine() {}

    /** The facts without those whose rumor is no longer what it was. */
    static List<Fact> of(List<Fact> facts) {
        Sha256 sha256 = LiveContext.newSha256();
        return facts.stream().filter(fact -> isGenuine(fact, sha256)).toList();
    }

    private static boolean isGenuine(Fact fact, Sha256 sha256) {
        return switch (fact) {
            case Fact.Accepted(Carried carried) -> carried.rumor().isGenuine(sha256);
            case Fact.Heard heard -> heard.carried().rumor().isGenuine(sha256);
            case Fact.Kept kept -> kept.carried().rumor().isGenuine(sha256);
            default -> true;
        };
    }
}
